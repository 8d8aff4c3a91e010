package io.ipam.address;

import io.ipam.number.Uint128;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * The ranges of an {@link AddressSet} and the search among them.
 *
 * <p>Layout: six columns of longs with one entry per range. They store the first address, the last
 * address, and the <em>ordinal</em> of the first address. Each value has a high half, bits 127 to
 * 64, and a low half. The ordinal of an address is the number of members below it.
 *
 * <p>Invariant SORTED-APART: first is not above last, the ranges ascend, and at least one address
 * between two neighbors is not a member. The ordinal of a range is the sum of the sizes before it,
 * which never exceeds 2^128 - 1. {@link #verifyInvariant} checks it.
 *
 * <p>Cost: 48 B per range; search O(log ranges), 0 B per call. Thread safety: immutable.
 */
final class RangeColumns {
    private final long[] firstHigh;
    private final long[] firstLow;
    private final long[] lastHigh;
    private final long[] lastLow;
    private final long[] ordinalHigh;
    private final long[] ordinalLow;

    /** Uses the arrays without a copy; they must satisfy SORTED-APART. Computes the ordinals. */
    RangeColumns(long[] firstHigh, long[] firstLow, long[] lastHigh, long[] lastLow) {
        this.firstHigh = firstHigh;
        this.firstLow = firstLow;
        this.lastHigh = lastHigh;
        this.lastLow = lastLow;
        ordinalHigh = new long[firstHigh.length];
        ordinalLow = new long[firstHigh.length];
        for (int index = 1; index < firstHigh.length; index++) {
            long high = lastOrdinalHigh(index - 1);
            long low = lastOrdinalLow(index - 1);
            ordinalHigh[index] = Uint128.incrementHigh(high, low);
            ordinalLow[index] = low + 1;
        }
    }

    int count() {
        return firstHigh.length;
    }

    long firstHigh(int index) {
        return firstHigh[index];
    }

    long firstLow(int index) {
        return firstLow[index];
    }

    long lastHigh(int index) {
        return lastHigh[index];
    }

    long lastLow(int index) {
        return lastLow[index];
    }

    long ordinalHigh(int index) {
        return ordinalHigh[index];
    }

    long ordinalLow(int index) {
        return ordinalLow[index];
    }

    /** The high half of the highest ordinal of all. */
    long lastOrdinalHigh() {
        return lastOrdinalHigh(newest());
    }

    /** The low half of the highest ordinal of all. */
    long lastOrdinalLow() {
        return lastOrdinalLow(newest());
    }

    /** The index of the range that contains the address, or -1. */
    int indexOf(long high, long low) {
        int index = floor(firstHigh, firstLow, high, low);
        return index < 0 || Uint128.isLess(lastHigh[index], lastLow[index], high, low) ? -1 : index;
    }

    /**
     * The index of the range that contains the member with that ordinal, or -1 if there are fewer
     * members.
     */
    int indexOfOrdinal(long high, long low) {
        if (count() == 0 || Uint128.isLess(lastOrdinalHigh(), lastOrdinalLow(), high, low)) {
            return -1;
        }
        return floor(ordinalHigh, ordinalLow, high, low);
    }

    boolean hasSameRanges(RangeColumns other) {
        return Arrays.equals(firstLow, other.firstLow)
                && Arrays.equals(lastLow, other.lastLow)
                && Arrays.equals(firstHigh, other.firstHigh)
                && Arrays.equals(lastHigh, other.lastHigh);
    }

    int hashOfRanges() {
        int firsts = 31 * Arrays.hashCode(firstHigh) + Arrays.hashCode(firstLow);
        int lasts = 31 * Arrays.hashCode(lastHigh) + Arrays.hashCode(lastLow);
        return 31 * firsts + lasts;
    }

    /**
     * Checks SORTED-APART and the ordinals; throws IllegalStateException with both values if one is
     * broken.
     */
    void verifyInvariant(Family family) {
        BigInteger previousLast = BigInteger.TWO.negate();
        BigInteger below = BigInteger.ZERO;
        for (int index = 0; index < count(); index++) {
            BigInteger first = Uint128.toBigInteger(firstHigh[index], firstLow[index]);
            BigInteger last = Uint128.toBigInteger(lastHigh[index], lastLow[index]);
            BigInteger ordinal = Uint128.toBigInteger(ordinalHigh[index], ordinalLow[index]);
            require(previousLast.add(BigInteger.ONE).compareTo(first) < 0, "SORTED-APART", previousLast, first);
            require(first.compareTo(last) <= 0, "SORTED-APART within a range", first, last);
            require(ordinal.equals(below), "ordinal", ordinal, below);
            below = below.add(last.subtract(first)).add(BigInteger.ONE);
            previousLast = last;
        }
        require(previousLast.bitLength() <= family.bits(), "bits of the family", previousLast, family);
    }

    private static void require(boolean holds, String what, Object left, Object right) {
        if (!holds) {
            throw new IllegalStateException(what + " is broken: " + left + ", " + right);
        }
    }

    /** The high half of the ordinal of the last address of a range. */
    private long lastOrdinalHigh(int index) {
        long high = Uint128.subtractHigh(lastHigh[index], lastLow[index], firstHigh[index], firstLow[index]);
        long low = lastLow[index] - firstLow[index];
        return Uint128.addHigh(high, low, ordinalHigh[index], ordinalLow[index]);
    }

    /** The low half of the ordinal of the last address of a range. */
    private long lastOrdinalLow(int index) {
        return lastLow[index] - firstLow[index] + ordinalLow[index];
    }

    private int newest() {
        if (count() == 0) {
            throw new IllegalStateException("an empty set has no last ordinal");
        }
        return count() - 1;
    }

    /** The greatest entry that is at most the given number, or -1. Relies on SORTED-APART. */
    private static int floor(long[] columnHigh, long[] columnLow, long high, long low) {
        int from = 0;
        int to = columnHigh.length - 1;
        while (from <= to) {
            int middle = (from + to) >>> 1;
            if (Uint128.isLess(high, low, columnHigh[middle], columnLow[middle])) {
                to = middle - 1;
            } else {
                from = middle + 1;
            }
        }
        return to;
    }
}
