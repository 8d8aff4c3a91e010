package io.ipam.bitmap;

import io.ipam.number.Position;
import io.ipam.number.Uint128;

/**
 * Pays for what is set only, over any number of positions up to 2^128.
 *
 * <p>Layout: a 64-ary tree that keeps no more of itself than says something. Level 0 has the words
 * of 64 positions; bit b of word k on level j+1 stands for word {@code 64 k + b} on level j and is
 * 1 when all under that word is set. Each level is a {@link WordTable} from k to the word, but the
 * words of level 0 that have one bit, nearly all where positions are random, are positions in a
 * {@link SingleBitTable}. So a single position takes one or two longs on level 0 and nothing above
 * it, and a full run takes at most two words a level, however long it is.
 *
 * <p>Invariants, each checked by {@link #verify}: <i>single bits apart</i>: words of one bit on
 * level 0 are in the SingleBitTable, if it takes them, and no word is in both tables; <i>full words
 * go up</i>: no word is -1, but on the top level; instead its bit is set on the level above;
 * <i>nothing under a full bit</i>: no level has a word for what a bit above it stands for; <i>ghost
 * bits</i>: no bit stands for anything beyond the last position; <i>cardinality</i>: it is what the
 * words hold; and those of {@link SingleBitTable} and {@link WordTable}.
 *
 * <p>Cost, with n words in all: get, set and clear look into both tables of level 0, of which one
 * is small where positions are random and the other where they follow one another, and, for a word
 * in neither, into the tables of other levels that hold anything (it may be part of a full run);
 * nextClear does the same at each of the few places it comes by. A run of any length costs at most
 * two words a level. What needs the words in order, which the tables do not keep, sorts them:
 * {@link #runs} and {@link #selectClear} are O(n log n); {@link #isClear} of long runs is O(n).
 * Memory: 13 to 16 bytes for each of many random positions, twice that where positions have more
 * than 64 bits, and at most half a slot of a {@link WordTable} where they share words; making a
 * bitmap costs the same for every size.
 *
 * <p>Source: the hierarchy of {@link DenseBitmap} with the levels in hash tables, as in x-fast
 * tries (Willard 1983).
 *
 * <p>Thread safety: none; a bitmap that nobody changes any more may be read by many threads.
 */
public final class SparseBitmap implements Bitmap {
    /** Random positions that are tried before the clear ones are numbered. */
    private static final int DRAWS = 4096;

    private final long lastHigh;
    private final long lastLow;
    private final SparseLevels levels;
    /**
     * The number of set positions, modulo 2^128; two longs, for an object more is what making a
     * small one is measured by.
     */
    private long setHigh;

    private long setLow;

    /**
     * Makes a bitmap with every position clear.
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
     * Finds the clear position that has a given number of clear positions before it; false if there
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
     * The number of clear positions less one, when there are any: its lower half is {@code lastLow
     * - setLow}.
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
