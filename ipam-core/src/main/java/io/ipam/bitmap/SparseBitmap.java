package io.ipam.bitmap;

import io.ipam.number.Position;
import io.ipam.number.Uint128;

/**
 * A bitmap of any number of positions up to 2^128, whose cost depends only on the set ones.
 *
 * <p>Layout: a 64-ary tree that stores only words with information. Level 0 has the words of 64
 * positions. Bit b of word k on level j+1 represents word {@code 64 k + b} on level j; it is 1 if
 * all positions under that word are set. Each level is a {@link WordTable} from k to the word.
 * Words of level 0 with one bit are positions in a {@link SingleBitTable} instead; if positions are
 * random, nearly all words are. So a single position needs one or two longs on level 0 and nothing
 * above it. A full run of any length needs at most two words per level.
 *
 * <p>Invariants, each checked by {@link #verify}, in addition to those of {@link SingleBitTable}
 * and {@link WordTable}:
 *
 * <ul>
 * <li><i>single bits apart</i>: words of one bit on level 0 are in the SingleBitTable, if it
 *     accepts them, and no word is in both tables;
 * <li><i>full words go up</i>: no word is -1 except on the top level; instead its bit is set on the
 *     level above;
 * <li><i>nothing under a full bit</i>: no level has a word for positions that a bit above
 *     represents;
 * <li><i>ghost bits</i>: no bit represents a position beyond the last one;
 * <li><i>cardinality</i>: it equals the number of set positions in the words.
 * </ul>
 *
 * <p>Cost, with n words in total: get, set, and clear search both tables of level 0. One of them is
 * small if positions are random, the other if they are consecutive. A word in neither may be part
 * of a full run, so the nonempty tables of other levels are searched, too. nextClear does the same
 * at each of the few places that it visits. A run of any length costs at most two words per level.
 * The tables are unordered; operations that need the words in order sort them. So {@link #runs} and
 * {@link #selectClear} are O(n log n), and {@link #isClear} of long runs is O(n).
 *
 * <p>Memory: 13 to 16 bytes for each of many random positions, or twice that if positions have more
 * than 64 bits. Positions that share words need at most half a slot of a {@link WordTable}. The
 * cost of creation does not depend on the number of positions.
 *
 * <p>Source: the hierarchy of {@link DenseBitmap} with the levels in hash tables, as in x-fast
 * tries (Willard 1983).
 *
 * <p>Thread safety: none; a bitmap that no thread changes may be read by many threads.
 */
public final class SparseBitmap implements Bitmap {
    /** The number of random positions to try before the clear ones are numbered. */
    private static final int DRAWS = 4096;

    private final long lastHigh;
    private final long lastLow;
    private final SparseLevels levels;
    /**
     * The number of set positions, modulo 2^128. It is two longs because another object would
     * dominate the cost of a small bitmap.
     */
    private long setHigh;

    private long setLow;

    /**
     * Creates a bitmap with every position clear.
     *
     * @param lastHigh upper 64 bits of the last position
     * @param lastLow lower 64 bits of the last position
     */
    SparseBitmap(long lastHigh, long lastLow) {
        this.lastHigh = lastHigh;
        this.lastLow = lastLow;
        levels = new SparseLevels(lastHigh, lastLow);
    }

    private SparseBitmap(SparseBitmap source) {
        lastHigh = source.lastHigh;
        lastLow = source.lastLow;
        levels = new SparseLevels(source.levels);
        setHigh = source.setHigh;
        setLow = source.setLow;
    }

    private boolean isBeyond(long high, long low) {
        return Uint128.isLess(lastHigh, lastLow, high, low);
    }

    private void check(long high, long low) {
        if (isBeyond(high, low)) {
            throw Positions.outOfBounds(high, low);
        }
    }

    @Override
    public boolean get(long high, long low) {
        check(high, low);
        return levels.get(high, low);
    }

    @Override
    public boolean set(long high, long low) {
        check(high, low);
        if (!levels.set(high, low)) {
            return false;
        }
        setHigh += ++setLow == 0 ? 1 : 0;
        return true;
    }

    @Override
    public boolean clear(long high, long low) {
        check(high, low);
        if (!levels.clear(high, low)) {
            return false;
        }
        setHigh -= setLow-- == 0 ? 1 : 0;
        return true;
    }

    @Override
    public boolean setRun(long firstHigh, long firstLow, long lastHigh, long lastLow) {
        if (!isClear(firstHigh, firstLow, lastHigh, lastLow)) {
            return false;
        }
        levels.turnRun(true, firstHigh, firstLow, lastHigh, lastLow);
        long lessOneHigh = Uint128.subtractHigh(lastHigh, lastLow, firstHigh, firstLow);
        long lessOneLow = lastLow - firstLow;
        setHigh = Uint128.addHigh(setHigh, setLow, lessOneHigh, lessOneLow);
        setLow += lessOneLow;
        setHigh += ++setLow == 0 ? 1 : 0;
        return true;
    }

    @Override
    public boolean clearRun(long firstHigh, long firstLow, long lastHigh, long lastLow) {
        check(firstHigh, firstLow);
        check(lastHigh, lastLow);
        Position found = new Position();
        if (nextClear(firstHigh, firstLow, found) && !Uint128.isLess(lastHigh, lastLow, found.high(), found.low())) {
            return false;
        }
        levels.turnRun(false, firstHigh, firstLow, lastHigh, lastLow);
        long lessOneHigh = Uint128.subtractHigh(lastHigh, lastLow, firstHigh, firstLow);
        long lessOneLow = lastLow - firstLow;
        setHigh = Uint128.subtractHigh(setHigh, setLow, lessOneHigh, lessOneLow);
        setLow -= lessOneLow;
        setHigh -= setLow-- == 0 ? 1 : 0;
        return true;
    }

    @Override
    public boolean isClear(long firstHigh, long firstLow, long lastHigh, long lastLow) {
        check(firstHigh, firstLow);
        check(lastHigh, lastLow);
        return SparseSearch.isClear(levels, firstHigh, firstLow, lastHigh, lastLow);
    }

    @Override
    public boolean nextClear(long fromHigh, long fromLow, Position out) {
        return SparseSearch.nextClear(levels, fromHigh, fromLow, lastHigh, lastLow, out);
    }

    @Override
    public boolean setLowestClear(Position out) {
        return nextClear(0, 0, out) && set(out.high(), out.low());
    }

    @Override
    public boolean nextClearBlock(long fromHigh, long fromLow, int bits, long toHigh, long toLow, Position out) {
        check(toHigh, toLow);
        return BlockSearch.find(runs(fromHigh, fromLow), fromHigh, fromLow, bits, toHigh, toLow, out);
    }

    @Override
    public SetRuns runs(long fromHigh, long fromLow) {
        return new SparseRuns(levels, fromHigh, fromLow);
    }

    @Override
    public void cardinality(Position out) {
        out.set(setHigh, setLow);
    }

    @Override
    public boolean isEmpty() {
        return levels.words() == 0;
    }

    @Override
    public boolean isFull() {
        return !isEmpty() && setLow == lastLow + 1 && setHigh == Uint128.incrementHigh(lastHigh, lastLow);
    }

    /**
     * Finds the clear position with a number of clear positions before it; returns false if there
     * are fewer.
     */
    boolean selectClear(long rankHigh, long rankLow, Position out) {
        if (isFull() || Uint128.isLess(lastRankHigh(), lastLow - setLow, rankHigh, rankLow)) {
            return false;
        }
        SparseSearch.select(runs(0, 0), rankHigh, rankLow, out);
        return true;
    }

    /**
     * The number of clear positions minus one, if there are any. Its lower half is {@code lastLow -
     * setLow}.
     */
    private long lastRankHigh() {
        return Uint128.subtractHigh(lastHigh, lastLow, setHigh, setLow);
    }

    @Override
    public boolean randomClear(long random, Position out) {
        if (isFull()) {
            return false;
        }
        long state = random;
        for (int i = 0; i < DRAWS; i++) {
            state = out.draw(state, lastHigh, lastLow);
            if (!get(out.high(), out.low())) {
                return true;
            }
        }
        out.draw(state, lastRankHigh(), lastLow - setLow);
        return selectClear(out.high(), out.low(), out);
    }

    @Override
    public SparseBitmap copy() {
        return new SparseBitmap(this);
    }

    @Override
    public void verify() {
        SparseCheck.verify(levels, lastHigh, lastLow, setHigh, setLow);
    }

    @Override
    public String toString() {
        return "SparseBitmap[0x%x%016x set, last 0x%x%016x]".formatted(setHigh, setLow, lastHigh, lastLow);
    }
}
