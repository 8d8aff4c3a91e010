package io.ipam.bitmap;

import java.util.Arrays;

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

    /** Bits of a block's word that hold its count, 0..4096; the stamp is above them. */
    static final int COUNT_BITS = 13;

    static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

    private final int size;
    final int one;
    final int two;
    final int three;
    final int blocks;
    final int groups;
    final long[] words;
    private int clear;
    private long changes;

    DenseLevels(int size) {
        this.size = size;
        int wordsZero = ceilingOf64ths(size);
        int wordsOne = ceilingOf64ths(wordsZero);
        int wordsTwo = ceilingOf64ths(wordsOne);
        one = wordsZero + 1;
        two = one + wordsOne + 1;
        three = two + wordsTwo + 1;
        blocks = three + 2;
        groups = blocks + wordsOne;
        words = new long[groups + wordsTwo];
        clear = size;
        fillLevel(0, size);
        fillLevel(one, wordsZero);
        fillLevel(two, wordsOne);
        fillLevel(three, wordsTwo);
        fillCounts(blocks, BLOCK_SHIFT);
        fillCounts(groups, GROUP_SHIFT);
    }

    DenseLevels(DenseLevels source) {
        size = source.size;
        one = source.one;
        two = source.two;
        three = source.three;
        blocks = source.blocks;
        groups = source.groups;
        words = source.words.clone();
        clear = source.clear;
        changes = source.changes;
    }

    private static int ceilingOf64ths(int n) {
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
        words[w] = after;
        if (after == 0) {
            markFull(w);
        }
        count(p, -1);
        return true;
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
            unmarkFull(w);
        }
        count(p, 1);
        return true;
    }

    /** Keeps the invariant <i>summaries</i> after word w of level 0 became 0. */
    private void markFull(int w) {
        int i = one + (w >>> 6);
        if ((words[i] &= ~(1L << w)) == 0) {
            int j = two + (w >>> 12);
            if ((words[j] &= ~(1L << (w >>> 6))) == 0) {
                words[three] &= ~(1L << (w >>> 12));
            }
        }
    }

    /** Keeps the invariant <i>summaries</i> after word w of level 0 was 0 and is no longer. */
    private void unmarkFull(int w) {
        words[one + (w >>> 6)] |= 1L << w;
        words[two + (w >>> 12)] |= 1L << (w >>> 6);
        words[three] |= 1L << (w >>> 12);
    }

    /** Keeps the invariants <i>sums</i> and <i>stamps</i> when the clear positions in the block of p become more. */
    private void count(int p, int more) {
        clear += more;
        words[groups + (p >>> GROUP_SHIFT)] += more;
        int b = blocks + (p >>> BLOCK_SHIFT);
        words[b] = (++changes << COUNT_BITS) | ((words[b] & COUNT_MASK) + more);
    }

    /** Sets first..last, all clear until now. */
    void setRun(int first, int last) {
        for (int p = first; p <= last; p = (p | 63) + 1) {
            int w = p >>> 6;
            words[w] &= ~mask(p, last);
            if (words[w] == 0) {
                markFull(w);
            }
            count(p, -Long.bitCount(mask(p, last)));
        }
    }

    /** Clears first..last, all set until now. */
    void clearRun(int first, int last) {
        for (int p = first; p <= last; p = (p | 63) + 1) {
            words[p >>> 6] |= mask(p, last);
            unmarkFull(p >>> 6);
            count(p, Long.bitCount(mask(p, last)));
        }
    }

    /** The bits of p's word from p to the end of the word or to last, whichever comes first. */
    private static long mask(int p, int last) {
        long from = -1L << p;
        return (p | 63) <= last ? from : from & -1L >>> (63 - last);
    }

    /** Climbs only while everything at or after the start is full, and comes down along the lowest bits; -1 for none. */
    int firstClear(int from) {
        int i = from >>> 6;
        long word = words[i] & -1L << from;
        if (word == 0) {
            i = firstNotFull(i + 1);
            if (i < 0) {
                return -1;
            }
            word = words[i];
        }
        return i << 6 | Long.numberOfTrailingZeros(word);
    }

    /** The first word of level 0 at or after w that is not 0; -1 for none. */
    private int firstNotFull(int w) {
        int i = w >>> 6;
        long word = words[one + i] & -1L << w;
        if (word == 0) {
            i++;
            int j = i >>> 6;
            long upper = words[two + j] & -1L << i;
            if (upper == 0) {
                j++;
                long top = words[three + (j >>> 6)] & -1L << j;
                if (top == 0) {
                    return -1;
                }
                j = Long.numberOfTrailingZeros(top);
                upper = words[two + j];
            }
            i = j << 6 | Long.numberOfTrailingZeros(upper);
            word = words[one + i];
        }
        return i << 6 | Long.numberOfTrailingZeros(word);
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
            if (i >= one - 1) {
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
            rank += words[groups + i];
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
        int group = 0;
        for (long n; (n = words[groups + group]) <= rest; group++) {
            rest -= (int) n;
        }
        int block = group << 6;
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

    /** The number of the last change in the blocks of first..last. */
    long stamp(int first, int last) {
        long stamp = 0;
        for (int b = first >>> BLOCK_SHIFT; b <= last >>> BLOCK_SHIFT; b++) {
            stamp = Math.max(stamp, words[blocks + b] >>> COUNT_BITS);
        }
        return stamp;
    }

    void verify() {
        new DenseCheck(this).verify(changes);
    }
}
