package io.ipam.bitmap;

import io.ipam.number.Position;

/**
 * One bit for every position, for up to 2^24 positions.
 *
 * <p>Layout: a single {@code long[]}, so that a copy is one array clone. These regions follow one
 * another:
 *
 * <ul>
 * <li>level 0, from 0: bit {@code p & 63} of word {@code p >>> 6} is 1 if position p is
 *     <b>clear</b>;
 * <li>level 1, from {@code one}: bit {@code i & 63} of word {@code i >>> 6} is 1 if word i of level
 * 0 is not 0;
 * <li>level 2, from {@code two}, above 2^18 positions: the same for the words of level 1;
 * <li>blocks, from {@code blocks}: for each 4096 positions (one word of level 1) the number of
 *     clear positions;
 * <li>groups, above 2^18 positions, from {@code groups}: for each 64 blocks (one word of level 2)
 *     the number of clear positions.
 * </ul>
 *
 * <p>The level above these is one word, {@code top}. The levels are unrolled: a /24 has one word of
 * level 1 and one bit of top.
 *
 * <p>Invariants, each checked by {@link #verify}:
 *
 * <ul>
 * <li><i>ghost bits</i>: bits of level 0 beyond the last position are 0;
 * <li><i>summaries</i>: level 1, level 2, and top are as specified, and 0 if nothing is below;
 * <li><i>sums</i>: blocks and groups equal the counts of level 0, and {@code clear} is the total;
 * <li><i>lowest</i>: among the words of level 0 before word {@code next}, only word {@code lowest}
 *     may have a clear position.
 * </ul>
 *
 * <p>Cost: set, clear and {@link #nextClear} access at most 4 words of the levels. {@link #runs}
 * reads words and skips blocks without a set position. {@link #randomClear} reads at most 64
 * groups, 64 blocks, and 64 words. Memory: 0.13 bytes for each position, plus 260 bytes.
 *
 * <p>Source: the 64-ary bitmap hierarchy of van Emde Boas trees cut to word size, as in free-page
 * maps of operating systems. It is flat and unrolled because a loop over {@code long[][]} took 2.4
 * times as long on leaves with few set positions.
 *
 * <p>Thread safety: none.
 */
public final class DenseBitmap implements Bitmap {
    private static final int MOST_BITS = 24;

    private final int size;
    private final DenseLevels levels;

    /**
     * Creates a bitmap with every position clear.
     *
     * @param size the number of positions, 0 to 2^24
     */
    DenseBitmap(int size) {
        if (size < 0 || size > DENSE_POSITIONS) {
            throw new IllegalArgumentException("size must be 0 to " + DENSE_POSITIONS + ", was " + size);
        }
        this.size = size;
        levels = new DenseLevels(size);
    }

    private DenseBitmap(DenseBitmap source) {
        size = source.size;
        levels = new DenseLevels(source.levels);
    }

    private int index(long high, long low) {
        if (!isWithin(high, low)) {
            throw Positions.outOfBounds(high, low);
        }
        return (int) low;
    }

    /** Whether a search can start at a position. */
    private boolean isWithin(long high, long low) {
        return high == 0 && Long.compareUnsigned(low, size) < 0;
    }

    @Override
    public boolean get(long high, long low) {
        return levels.get(index(high, low));
    }

    @Override
    public boolean set(long high, long low) {
        return levels.set(index(high, low));
    }

    @Override
    public boolean clear(long high, long low) {
        return levels.clear(index(high, low));
    }

    @Override
    public boolean setRun(long firstHigh, long firstLow, long lastHigh, long lastLow) {
        if (!isClear(firstHigh, firstLow, lastHigh, lastLow)) {
            return false;
        }
        levels.setRun((int) firstLow, (int) lastLow);
        return true;
    }

    @Override
    public boolean clearRun(long firstHigh, long firstLow, long lastHigh, long lastLow) {
        int last = index(lastHigh, lastLow);
        int found = DenseSearch.firstClear(levels, index(firstHigh, firstLow));
        if (found >= 0 && found <= last) {
            return false;
        }
        levels.clearRun((int) firstLow, last);
        return true;
    }

    @Override
    public boolean isClear(long firstHigh, long firstLow, long lastHigh, long lastLow) {
        int last = index(lastHigh, lastLow);
        int found = DenseSearch.firstSet(levels, index(firstHigh, firstLow));
        return found < 0 || found > last;
    }

    @Override
    public boolean nextClear(long fromHigh, long fromLow, Position out) {
        int found = isWithin(fromHigh, fromLow) ? DenseSearch.firstClear(levels, (int) fromLow) : -1;
        if (found < 0) {
            return false;
        }
        out.set(0, found);
        return true;
    }

    @Override
    public boolean setLowestClear(Position out) {
        int found = levels.setLowest();
        if (found < 0) {
            return false;
        }
        out.set(0, found);
        return true;
    }

    @Override
    public boolean nextClearBlock(long fromHigh, long fromLow, int bits, long toHigh, long toLow, Position out) {
        int to = index(toHigh, toLow);
        if (!isWithin(fromHigh, fromLow) || bits > MOST_BITS) {
            return false;
        }
        int from = (int) fromLow;
        int less = (1 << bits) - 1;
        for (int block = from; block <= to - less; ) {
            int found = DenseSearch.firstSet(levels, block);
            if (found < 0 || found > block + less) {
                out.set(0, block);
                return true;
            }
            found = DenseSearch.firstClear(levels, found);
            if (found < 0) {
                return false;
            }
            block = from + ((found - from + less) & ~less);
        }
        return false;
    }

    @Override
    public SetRuns runs(long fromHigh, long fromLow) {
        return new DenseRuns(levels, isWithin(fromHigh, fromLow) ? (int) fromLow : size);
    }

    @Override
    public void cardinality(Position out) {
        out.set(0, size - levels.clear());
    }

    @Override
    public boolean isEmpty() {
        return levels.clear() == size;
    }

    @Override
    public boolean isFull() {
        return levels.clear() == 0;
    }

    @Override
    public boolean randomClear(long random, Position out) {
        int clear = levels.clear();
        if (clear == 0) {
            return false;
        }
        out.set(0, selectClear(Positions.below(clear, random)));
        return true;
    }

    /**
     * The clear position with {@code rank} clear positions before it. More than {@code rank}
     * positions must be clear.
     */
    int selectClear(int rank) {
        return DenseSearch.select(levels, rank);
    }

    @Override
    public DenseBitmap copy() {
        return new DenseBitmap(this);
    }

    @Override
    public void verify() {
        levels.verify();
    }

    @Override
    public String toString() {
        return "DenseBitmap[" + (size - levels.clear()) + " of " + size + " set]";
    }
}
