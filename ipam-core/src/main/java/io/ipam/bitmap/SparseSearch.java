package io.ipam.bitmap;

import io.ipam.number.Position;
import io.ipam.number.Uint128;

/**
 * The operations that read more than one place of a {@link SparseBitmap}.
 *
 * <p>Thread safety: no state.
 */
final class SparseSearch {
    private SparseSearch() {}

    /**
     * Finds the first clear position of from..last.
     *
     * <p>After a set position it continues with the next child in the same word that is not full,
     * or after the word. So it visits at most two places per level.
     */
    static boolean nextClear(
            SparseLevels levels, long fromHigh, long fromLow, long lastHigh, long lastLow, Position out) {
        long high = fromHigh;
        long low = fromLow;
        while (!Uint128.isLess(lastHigh, lastLow, high, low)) {
            int level = levels.levelOf(high, low);
            if (level < 0) {
                out.set(high, low);
                return true;
            }
            int shift = 6 * level;
            long childHigh = Uint128.shiftRightHigh(high, shift);
            long childLow = Uint128.shiftRightLow(high, low, shift);
            long word = levels.word(level, childHigh >>> 6, childHigh << 58 | childLow >>> 6);
            long open = ~word & -1L << childLow;
            if (open == 0) {
                int bits = Math.min(Uint128.BITS, shift + 6);
                high |= Uint128.onesHigh(bits);
                low |= Uint128.onesLow(bits);
                if ((high & low) == -1) {
                    return false;
                }
                high = Uint128.incrementHigh(high, low++);
            } else if ((open & 1L << childLow) == 0) {
                childLow = (childLow & -64) | Long.numberOfTrailingZeros(open);
                high = Uint128.shiftLeftHigh(childHigh, childLow, shift);
                low = Uint128.shiftLeftLow(childLow, shift);
                if ((high | low) == 0) {
                    return false; // The child would begin at 2^128.
                }
            } else {
                out.set(high, low);
                return true;
            }
        }
        return false;
    }

    /**
     * Whether all positions of first..last are clear. Looks up the words of the range or visits all
     * existing words, whichever are fewer.
     */
    static boolean isClear(SparseLevels levels, long firstHigh, long firstLow, long lastHigh, long lastLow) {
        long high = firstHigh >>> 6;
        long low = firstHigh << 58 | firstLow >>> 6;
        long endHigh = lastHigh >>> 6;
        long endLow = lastHigh << 58 | lastLow >>> 6;
        long n = endLow - low;
        boolean many = Uint128.subtractHigh(endHigh, endLow, high, low) != 0 || n < 0;
        if (many || n > levels.words()) {
            return !touches(levels, firstHigh, firstLow, lastHigh, lastLow);
        }
        long mask = -1L << firstLow;
        for (; ; n--) {
            mask &= n == 0 ? -1L >>> (63 - lastLow) : -1L;
            if (levels.coverLevel(high, low) != 0 || (levels.leaf(high, low) & mask) != 0) {
                return false;
            }
            if (n == 0) {
                return true;
            }
            high = Uint128.incrementHigh(high, low++);
            mask = -1;
        }
    }

    /** Whether any word represents a set position of first..last. */
    private static boolean touches(SparseLevels levels, long firstHigh, long firstLow, long lastHigh, long lastLow) {
        SingleBitTable singles = levels.singles();
        for (int i = 0; i < singles.end(); i += singles.step()) {
            if (singles.isTaken(i)
                    && !Uint128.isLess(singles.high(i), singles.low(i), firstHigh, firstLow)
                    && !Uint128.isLess(lastHigh, lastLow, singles.high(i), singles.low(i))) {
                return true;
            }
        }
        for (int level = 0; level < levels.count(); level++) {
            WordTable table = levels.table(level);
            for (int i = 0; i < table.end(); i += table.step()) {
                if (table.word(i) != 0
                        && (table.word(i)
                                        & childrenWithin(
                                                level,
                                                table.keyHigh(i),
                                                table.keyLow(i),
                                                firstHigh,
                                                firstLow,
                                                lastHigh,
                                                lastLow))
                                != 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The children of a word that represent some of the positions first..last, as bits. */
    private static long childrenWithin(
            int level, long keyHigh, long keyLow, long firstHigh, long firstLow, long lastHigh, long lastLow) {
        int shift = 6 * level;
        long aHigh = Uint128.shiftRightHigh(firstHigh, shift);
        long aLow = Uint128.shiftRightLow(firstHigh, firstLow, shift);
        long bHigh = Uint128.shiftRightHigh(lastHigh, shift);
        long bLow = Uint128.shiftRightLow(lastHigh, lastLow, shift);
        int first = Uint128.compare(aHigh >>> 6, aHigh << 58 | aLow >>> 6, keyHigh, keyLow);
        int last = Uint128.compare(bHigh >>> 6, bHigh << 58 | bLow >>> 6, keyHigh, keyLow);
        if (first > 0 || last < 0) {
            return 0;
        }
        return (first == 0 ? -1L << aLow : -1L) & (last == 0 ? -1L >>> (63 - bLow) : -1L);
    }

    /**
     * Finds the clear position with {@code rank} clear positions before it. More than {@code rank}
     * positions must be clear.
     */
    static void select(SetRuns runs, long rankHigh, long rankLow, Position out) {
        Position first = new Position();
        Position last = new Position();
        out.set(rankHigh, rankLow);
        while (runs.next(first, last) && !Uint128.isLess(out.high(), out.low(), first.high(), first.low())) {
            out.add(Uint128.subtractHigh(last.high(), last.low(), first.high(), first.low()), last.low() - first.low());
            out.add(0, 1);
        }
    }
}
