package io.ipam.bitmap;

import java.util.Arrays;

/**
 * The words of a {@link DenseBitmap}, whose class comment specifies the layout and the invariants.
 *
 * <p>Positions are ints here and must be in 0..size-1.
 *
 * <p>Thread safety: that of {@link DenseBitmap}.
 */
final class DenseLevels {
    /** Positions in a block, as a shift. */
    static final int BLOCK_SHIFT = 12;

    /** Positions in a group, as a shift. */
    private static final int GROUP_SHIFT = 18;

    private final int size;
    /** Whether level 2 and groups exist: above 2^18 positions. */
    private final boolean isLarge;

    final int one;
    final int two;
    final int blocks;
    final int groups;
    final long[] words;
    private long top;
    private int clear;
    /** Maintained for the invariant <i>lowest</i>. */
    private int lowest;

    private int next;

    DenseLevels(int size) {
        this.size = size;
        isLarge = size > 1 << GROUP_SHIFT;
        int wordsZero = Math.max(1, ceilingOf64ths(size));
        int wordsOne = ceilingOf64ths(wordsZero);
        int wordsTwo = ceilingOf64ths(wordsOne);
        one = wordsZero;
        two = one + wordsOne;
        blocks = two + (isLarge ? wordsTwo : 0);
        groups = blocks + wordsOne;
        words = new long[groups + (isLarge ? wordsTwo : 0)];
        clear = size;
        fillLevel(0, size);
        fillLevel(one, ceilingOf64ths(size));
        fillCounts(blocks, BLOCK_SHIFT);
        if (isLarge) {
            fillLevel(two, wordsOne);
            fillCounts(groups, GROUP_SHIFT);
        }
        int below = isLarge ? wordsTwo : wordsOne;
        top = size == 0 ? 0 : -1L >>> (64 - below);
    }

    DenseLevels(DenseLevels source) {
        size = source.size;
        isLarge = source.isLarge;
        one = source.one;
        two = source.two;
        blocks = source.blocks;
        groups = source.groups;
        words = source.words.clone();
        top = source.top;
        clear = source.clear;
        lowest = source.lowest;
        next = source.next;
    }

    static int ceilingOf64ths(int n) {
        return (n + 63) >>> 6;
    }

    /** Sets the first n bits of the level that starts at an offset. */
    private void fillLevel(int offset, int n) {
        int full = n >>> 6;
        Arrays.fill(words, offset, offset + full, -1L);
        if ((n & 63) != 0) {
            words[offset + full] = (1L << n) - 1;
        }
    }

    private void fillCounts(int offset, int shift) {
        int full = size >>> shift;
        Arrays.fill(words, offset, offset + full, 1L << shift);
        int rest = size - (full << shift);
        if (rest != 0) {
            words[offset + full] = rest;
        }
    }

    int size() {
        return size;
    }

    /** The number of clear positions. */
    int clear() {
        return clear;
    }

    boolean get(int p) {
        return (words[p >>> 6] & 1L << p) == 0;
    }

    boolean set(int p) {
        int w = p >>> 6;
        long before = words[w];
        long after = before & ~(1L << p);
        if (after == before) {
            return false;
        }
        take(w, after);
        return true;
    }

    /**
     * Sets the lowest clear position and returns it; returns -1 if there is none.
     *
     * <p>The lowest word is remembered because SteadyStateGoal took 12 to 15 ns without it, instead
     * of 7.5 (churn /16). LowOccupancyGoal took 3.8 ns instead of 2.4 (fill, per position).
     */
    int setLowest() {
        int w = lowest;
        if (words[w] == 0) {
            if (top == 0) {
                return -1;
            }
            w = lowestNotFull();
            lowest = w;
            next = w;
        }
        long word = words[w];
        take(w, word & (word - 1));
        return w << 6 | Long.numberOfTrailingZeros(word);
    }

    /** The lowest word of level 0 that is not 0, which must exist. */
    private int lowestNotFull() {
        int i = Long.numberOfTrailingZeros(top);
        if (isLarge) {
            i = i << 6 | Long.numberOfTrailingZeros(words[two + i]);
        }
        return i << 6 | Long.numberOfTrailingZeros(words[one + i]);
    }

    /** Clears one bit in word w of level 0. */
    private void take(int w, long after) {
        words[w] = after;
        if (after == 0) {
            closeWord(w);
        }
        count(w, -1);
    }

    /** Clears the bits for a word of level 0 that has become 0, on the levels above. */
    private void closeWord(int w) {
        int i = w >>> 6;
        words[one + i] &= ~(1L << w);
        if (words[one + i] != 0) {
            return;
        }
        if (isLarge) {
            int j = i >>> 6;
            words[two + j] &= ~(1L << i);
            if (words[two + j] != 0) {
                return;
            }
            i = j;
        }
        top &= ~(1L << i);
    }

    boolean clear(int p) {
        int w = p >>> 6;
        long before = words[w];
        long after = before | 1L << p;
        if (after == before) {
            return false;
        }
        words[w] = after;
        if (before == 0) {
            int i = w >>> 6;
            words[one + i] |= 1L << w;
            if (isLarge) {
                words[two + (i >>> 6)] |= 1L << i;
                i >>>= 6;
            }
            top |= 1L << i;
            remember(w);
        }
        count(w, 1);
        return true;
    }

    /** Maintains the invariant <i>lowest</i> when word w is no longer 0. */
    private void remember(int w) {
        if (w < next) {
            boolean isSecond = words[lowest] != 0;
            next = isSecond ? Math.max(lowest, w) : next;
            lowest = isSecond ? Math.min(lowest, w) : w;
        }
    }

    /**
     * Maintains the invariant <i>sums</i> when the number of clear positions under word w rises.
     */
    private void count(int w, int more) {
        clear += more;
        words[blocks + (w >>> 6)] += more;
        if (isLarge) {
            words[groups + (w >>> 12)] += more;
        }
    }

    /** Sets first..last, which must all be clear. */
    void setRun(int first, int last) {
        for (int p = first; p <= last; p = (p | 63) + 1) {
            long others = mask(p, last) & ~(1L << p);
            words[p >>> 6] &= ~others;
            count(p >>> 6, -Long.bitCount(others));
            set(p);
        }
    }

    /** Clears first..last, which must all be set. */
    void clearRun(int first, int last) {
        for (int p = first; p <= last; p = (p | 63) + 1) {
            clear(p);
            long others = mask(p, last) & ~(1L << p);
            words[p >>> 6] |= others;
            count(p >>> 6, Long.bitCount(others));
        }
    }

    /** The bits of p's word from p to the end of the word or to last, whichever is first. */
    private static long mask(int p, int last) {
        long from = -1L << p;
        return (p | 63) <= last ? from : from & -1L >>> (63 - last);
    }

    long top() {
        return top;
    }

    int lowest() {
        return lowest;
    }

    int next() {
        return next;
    }

    boolean isLarge() {
        return isLarge;
    }

    void verify() {
        new DenseCheck(this).verify();
    }
}
