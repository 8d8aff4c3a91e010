package io.ipam.pool;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The characters that {@code [a-z]} matches, or all others. Layout: disjoint ranges in ascending
 * order. Cost: a test is a binary search. Thread safety: immutable.
 */
final class CodePointClass implements IntPredicate {
    private final boolean negated;
    private final int[] lows;
    private final int[] highs;

    private CodePointClass(boolean negated, int[] lows, int[] highs) {
        this.negated = negated;
        this.lows = lows;
        this.highs = highs;
    }

    /**
     * Merges ranges in any order; a range whose low bound is above its high bound contains nothing.
     */
    static CodePointClass of(boolean negated, List<Range> ranges) {
        int[] lows = new int[ranges.size()];
        int[] highs = new int[ranges.size()];
        int count = 0;
        for (Range range :
                ranges.stream().sorted(Comparator.comparingInt(Range::low)).toList()) {
            if (range.low > range.high) {
                continue;
            }
            if (count > 0 && range.low <= highs[count - 1] + 1) {
                highs[count - 1] = Math.max(highs[count - 1], range.high);
            } else {
                lows[count] = range.low;
                highs[count++] = range.high;
            }
        }
        return new CodePointClass(negated, Arrays.copyOf(lows, count), Arrays.copyOf(highs, count));
    }

    /** Code points from low to high, both included; none if low is above high. */
    record Range(int low, int high) {}

    @Override
    public boolean test(int point) {
        int found = Arrays.binarySearch(lows, point);
        int index = found >= 0 ? found : -found - 2;
        return negated != (index >= 0 && point <= highs[index]);
    }
}
