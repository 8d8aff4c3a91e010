package io.ipam.bitmap;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The words of a {@link DenseBitmap}, whose class comment tells the layout and the invariants.
 *
 * <p>Positions are ints here, and known to be 0..size-1.
 *
 * <p>Thread safety: as {@link DenseBitmap}.
 */
final class DenseLevels {
    /** Positions in a block, as a shift. */
    private static final int BLOCK_SHIFT = 12;

    /** Positions in a group, as a shift. */
    private static final int GROUP_SHIFT = 18;

    /** Bits of a block's word that hold its count, 0..4096; above them is the number of changes. */
    static final int COUNT_BITS = 13;

    private static final long ONE_CHANGE = 1L << COUNT_BITS;

    static final long COUNT_MASK = ONE_CHANGE - 1;

    private final int size;
    /** Whether there are level 2 and groups: above 2^18 positions. */
    private final boolean isLarge;

    final int one;
    final int two;
    final int blocks;
    final int groups;
    final long[] words;
    private long top;
    private int clear;
    /** For these two see the invariant <i>lowest</i>. */
    private int lowest;

    private int next;
    /** Room behind what every change writes, and behind the reference to the words: those come last (decision 0059). */
    @SuppressWarnings("unused")
    private int p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;

    @SuppressWarnings("unused")
    private int q0, q1, q2, q3, q4, q5, q6, q7, q8, q9, q10, q11, q12, q13, q14, q15;
    @SuppressWarnings("unused")
    private @Nullable Object r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, r12, r13, r14, r15;
    @SuppressWarnings("unused")
    private @Nullable Object r16, r17, r18, r19, r20, r21, r22, r23, r24, r25, r26, r27, r28, r29, r30, r31;

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
     * Sets the lowest clear position and returns it; -1 for none.
     *
     * <p>Remembers where that was: BitmapFillBenchmark.dense: 3.5 -> 2.3 ns.
     */
    int setLowest() {
        int w = lowest;
        long word = words[w];
        if (word == 0) { // Not a method of its own: see take.
            if (top == 0) {
                return -1;
            }
            int i = Long.numberOfTrailingZeros(top);
            if (isLarge) {
                i = i << 6 | Long.numberOfTrailingZeros(words[two + i]);
            }
            w = i << 6 | Long.numberOfTrailingZeros(words[one + i]);
            word = words[w];
            lowest = w;
            next = w;
        }
        take(w, word & (word - 1));
        return w << 6 | Long.numberOfTrailingZeros(word);
    }

    /**
     * Takes one bit from word w of level 0.
     *
     * <p>Keeps the invariants within one method, without a call that is made now and then only: the compiler does not inline such
     * a call, and forgets at it what it holds in registers. LowOccupancyGoal: 6.3 -> 5.5 ns. And without a branch that nobody can
     * predict: 1 ns of churn.
     */
    private void take(int w, long after) {
        words[w] = after;
        if (after == 0) {
            int i = w >>> 6;
            long summary = words[one + i] & ~(1L << w);
            words[one + i] = summary;
            if (isLarge) {
                int j = i >>> 6;
                summary = words[two + j] & ~(isZero(summary) << i);
                words[two + j] = summary;
                i = j;
            }
            top &= ~(isZero(summary) << i);
        }
        count(w, -1);
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
            if (w < next) {
                boolean isSecond = words[lowest] != 0;
                next = isSecond ? Math.max(lowest, w) : next;
                lowest = isSecond ? Math.min(lowest, w) : w;
            }
        }
        count(w, 1);
        return true;
    }

    /** 1 for 0, else 0. */
    private static long isZero(long word) {
        return (word | -word) >>> 63 ^ 1;
    }

    /** Keeps the invariant <i>sums</i>, and counts a change, when the clear positions under word w become more. */
    private void count(int w, int more) {
        clear += more;
        words[blocks + (w >>> 6)] += ONE_CHANGE + more;
        if (isLarge) {
            words[groups + (w >>> 12)] += more;
        }
    }

    /** Sets first..last, all clear until now. */
    void setRun(int first, int last) {
        for (int p = first; p <= last; p = (p | 63) + 1) {
            long others = mask(p, last) & ~(1L << p);
            words[p >>> 6] &= ~others;
            count(p >>> 6, -Long.bitCount(others));
            set(p);
        }
    }

    /** Clears first..last, all set until now. */
    void clearRun(int first, int last) {
        for (int p = first; p <= last; p = (p | 63) + 1) {
            clear(p);
            long others = mask(p, last) & ~(1L << p);
            words[p >>> 6] |= others;
            count(p >>> 6, Long.bitCount(others));
        }
    }

    /** The bits of p's word from p to the end of the word or to last, whichever comes first. */
    private static long mask(int p, int last) {
        long from = -1L << p;
        return (p | 63) <= last ? from : from & -1L >>> (63 - last);
    }

    /** Climbs only while everything at or after the start is full, and comes down along the lowest bits; -1 for none. */
    int firstClear(int from) {
        int w = from >>> 6;
        long word = words[w] & -1L << from;
        if (word == 0) {
            w = firstNotFullAfter(w);
            if (w < 0) {
                return -1;
            }
            word = words[w];
        }
        return w << 6 | Long.numberOfTrailingZeros(word);
    }

    /** The first word of level 0 after w that is not 0; -1 for none. */
    private int firstNotFullAfter(int w) {
        int i = w >>> 6;
        long word = words[one + i] & -2L << w;
        if (word == 0) {
            i = firstOfLevelOneAfter(i);
            if (i < 0) {
                return -1;
            }
            word = words[one + i];
        }
        return i << 6 | Long.numberOfTrailingZeros(word);
    }

    private int firstOfLevelOneAfter(int i) {
        if (!isLarge) {
            long word = top & -2L << i;
            return word == 0 ? -1 : Long.numberOfTrailingZeros(word);
        }
        int j = i >>> 6;
        long word = words[two + j] & -2L << i;
        if (word == 0) {
            long above = top & -2L << j;
            if (above == 0) {
                return -1;
            }
            j = Long.numberOfTrailingZeros(above);
            word = words[two + j];
        }
        return j << 6 | Long.numberOfTrailingZeros(word);
    }

    /** Reads words to the end of the block, then passes over blocks in which nothing is set; -1 for none. */
    int firstSet(int from) {
        int i = from >>> 6;
        long word = ~words[i] & -1L << from;
        while (word == 0) {
            i++;
            if ((i & 63) == 0) {
                i = firstBlockWithSet(i >>> 6) << 6;
            }
            if (i >= one) {
                return -1;
            }
            word = ~words[i];
        }
        int found = i << 6 | Long.numberOfTrailingZeros(word);
        return found < size ? found : -1; // Ghost bits look set.
    }

    private int firstBlockWithSet(int block) {
        int b = block;
        while (b < groups - blocks && (words[blocks + b] & COUNT_MASK) == 1 << BLOCK_SHIFT) {
            b++;
        }
        return b;
    }

    /** The number of clear positions before p. */
    int rank(int p) {
        int group = p >>> GROUP_SHIFT;
        int block = p >>> BLOCK_SHIFT;
        int word = p >>> 6;
        long rank = Long.bitCount(words[word] & ~(-1L << p));
        for (int i = 0; i < group; i++) {
            rank += words[groups + i]; // Not reached without groups.
        }
        for (int i = group << 6; i < block; i++) {
            rank += words[blocks + i] & COUNT_MASK;
        }
        for (int i = block << 6; i < word; i++) {
            rank += Long.bitCount(words[i]);
        }
        return (int) rank;
    }

    /** The clear position with as many clear positions before it; there are more than that. */
    int select(int rank) {
        int rest = rank;
        int block = 0;
        if (isLarge) {
            for (long n; (n = words[groups + (block >>> 6)]) <= rest; block += 64) {
                rest -= (int) n;
            }
        }
        for (long n; (n = words[blocks + block] & COUNT_MASK) <= rest; block++) {
            rest -= (int) n;
        }
        return selectInBlock(block, rest);
    }

    /** Visits only the words of a block in which a position is clear, as level 1 names them. */
    private int selectInBlock(int block, int rank) {
        int rest = rank;
        for (long open = words[one + block]; ; open &= open - 1) {
            int i = block << 6 | Long.numberOfTrailingZeros(open);
            int n = Long.bitCount(words[i]);
            if (rest < n) {
                return i << 6 | Positions.select(words[i], rest);
            }
            rest -= n;
        }
    }

    /** The number of changes in the blocks of first..last. */
    long changes(int first, int last) {
        long changes = 0;
        for (int b = first >>> BLOCK_SHIFT; b <= last >>> BLOCK_SHIFT; b++) {
            changes += words[blocks + b] >>> COUNT_BITS;
        }
        return changes;
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
