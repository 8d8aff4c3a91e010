package io.ipam.address;

import io.ipam.number.Uint128;
import java.util.Arrays;

/**
 * Builds an {@link AddressSet} from ranges in ascending order of their first addresses; merges
 * ranges that overlap or touch. The ends of a range are four longs, so that no object is created
 * per range. Cost: amortized O(1) per range. Thread safety: none; one use per object.
 */
final class RangeMerger {
    private final Family family;
    private long[] firstHigh;
    private long[] firstLow;
    private long[] lastHigh;
    private long[] lastLow;
    private int count;

    RangeMerger(Family family, int expected) {
        this.family = family;
        int capacity = Math.max(expected, 1);
        firstHigh = new long[capacity];
        firstLow = new long[capacity];
        lastHigh = new long[capacity];
        lastLow = new long[capacity];
    }

    void add(AddressRange range) {
        add(
                range.first().high(),
                range.first().low(),
                range.last().high(),
                range.last().low());
    }

    /** Adds a range whose first address is not below that of the range added before. */
    void add(long fromHigh, long fromLow, long toHigh, long toLow) {
        if (count > 0 && !isApart(fromHigh, fromLow)) {
            extendLast(toHigh, toLow);
            return;
        }
        if (count == firstHigh.length) {
            resize(count + (count >> 1) + 1);
        }
        firstHigh[count] = fromHigh;
        firstLow[count] = fromLow;
        lastHigh[count] = toHigh;
        lastLow[count] = toLow;
        count++;
    }

    /** The set of the added ranges. This object must not be used afterwards. */
    AddressSet toSet() {
        resize(count);
        return new AddressSet(family, new RangeColumns(firstHigh, firstLow, lastHigh, lastLow));
    }

    /**
     * Whether at least one address is between the last range and the one that begins here
     * (SORTED-APART).
     */
    private boolean isApart(long fromHigh, long fromLow) {
        int newest = count - 1;
        long high = lastHigh[newest];
        long low = lastLow[newest];
        boolean above = Uint128.isLess(high, low, fromHigh, fromLow);
        boolean touches = fromLow == low + 1 && fromHigh == Uint128.incrementHigh(high, low);
        return above && !touches;
    }

    private void extendLast(long toHigh, long toLow) {
        int newest = count - 1;
        if (Uint128.isLess(lastHigh[newest], lastLow[newest], toHigh, toLow)) {
            lastHigh[newest] = toHigh;
            lastLow[newest] = toLow;
        }
    }

    private void resize(int capacity) {
        if (capacity != firstHigh.length) {
            firstHigh = Arrays.copyOf(firstHigh, capacity);
            firstLow = Arrays.copyOf(firstLow, capacity);
            lastHigh = Arrays.copyOf(lastHigh, capacity);
            lastLow = Arrays.copyOf(lastLow, capacity);
        }
    }
}
