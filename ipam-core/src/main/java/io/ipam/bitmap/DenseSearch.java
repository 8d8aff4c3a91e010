package io.ipam.bitmap;

/**
 * The searches in {@link DenseLevels}: the next clear position, the next set one, and the clear one
 * with a given rank. Positions are ints in 0..size-1.
 *
 * <p>Thread safety: no state.
 */
final class DenseSearch {
    private DenseSearch() {}

    /**
     * The first clear position at or after a position; -1 if there is none. Ascends one level only
     * if every later position under the current word is set, and descends along the lowest bits.
     */
    static int firstClear(DenseLevels levels, int from) {
        int w = from >>> 6;
        long word = levels.words[w] & -1L << from;
        if (word == 0) {
            w = firstNotFullAfter(levels, w);
            if (w < 0) {
                return -1;
            }
            word = levels.words[w];
        }
        return w << 6 | Long.numberOfTrailingZeros(word);
    }

    /** The first word of level 0 after w that is not 0; -1 if there is none. */
    private static int firstNotFullAfter(DenseLevels levels, int w) {
        int i = w >>> 6;
        long word = levels.words[levels.one + i] & -2L << w;
        if (word == 0) {
            i = firstOfLevelOneAfter(levels, i);
            if (i < 0) {
                return -1;
            }
            word = levels.words[levels.one + i];
        }
        return i << 6 | Long.numberOfTrailingZeros(word);
    }

    /** The first word of level 1 after i that is not 0; -1 if there is none. */
    private static int firstOfLevelOneAfter(DenseLevels levels, int i) {
        if (!levels.isLarge()) {
            long word = levels.top() & -2L << i;
            return word == 0 ? -1 : Long.numberOfTrailingZeros(word);
        }
        int j = i >>> 6;
        long word = levels.words[levels.two + j] & -2L << i;
        if (word == 0) {
            long above = levels.top() & -2L << j;
            if (above == 0) {
                return -1;
            }
            j = Long.numberOfTrailingZeros(above);
            word = levels.words[levels.two + j];
        }
        return j << 6 | Long.numberOfTrailingZeros(word);
    }

    /**
     * The first set position at or after a position; -1 if there is none. Reads words to the end of
     * the block, then skips the blocks without a set position.
     */
    static int firstSet(DenseLevels levels, int from) {
        int i = from >>> 6;
        long word = ~levels.words[i] & -1L << from;
        while (word == 0) {
            i++;
            if ((i & 63) == 0) {
                i = firstBlockWithSet(levels, i >>> 6) << 6;
            }
            if (i >= levels.one) {
                return -1;
            }
            word = ~levels.words[i];
        }
        int found = i << 6 | Long.numberOfTrailingZeros(word);
        return found < levels.size() ? found : -1; // Ghost bits appear set.
    }

    private static int firstBlockWithSet(DenseLevels levels, int block) {
        int b = block;
        while (b < levels.groups - levels.blocks && levels.words[levels.blocks + b] == 1 << DenseLevels.BLOCK_SHIFT) {
            b++;
        }
        return b;
    }

    /**
     * The clear position with {@code rank} clear positions before it. More than {@code rank}
     * positions must be clear.
     */
    static int select(DenseLevels levels, int rank) {
        long[] words = levels.words;
        int rest = rank;
        int block = 0;
        if (levels.isLarge()) {
            for (long n; (n = words[levels.groups + (block >>> 6)]) <= rest; block += 64) {
                rest -= (int) n;
            }
        }
        for (long n; (n = words[levels.blocks + block]) <= rest; block++) {
            rest -= (int) n;
        }
        return selectInBlock(levels, block, rest);
    }

    /** Reads only the words of a block that have a clear position according to level 1. */
    private static int selectInBlock(DenseLevels levels, int block, int rank) {
        int rest = rank;
        for (long open = levels.words[levels.one + block]; ; open &= open - 1) {
            int i = block << 6 | Long.numberOfTrailingZeros(open);
            int n = Long.bitCount(levels.words[i]);
            if (rest < n) {
                return i << 6 | Positions.select(levels.words[i], rest);
            }
            rest -= n;
        }
    }
}
