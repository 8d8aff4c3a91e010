package io.ipam.occupancy;

import io.ipam.address.AddressSet;
import io.ipam.number.Position;
import io.ipam.number.Uint128;

/**
 * Converts the addresses of a set to their ordinals and back, without allocating objects.
 *
 * <p>Most sets have one range. The bounds of the first range are fields, so for these sets no
 * search and no array access is needed. Finding, taking, and releasing the lowest free address then
 * takes a quarter less time. The ordinals of the first range begin at 0.
 *
 * <p>Cost: O(log ranges). Thread safety: immutable.
 */
final class Ordinals {
    private final AddressSet addresses;
    private final boolean isOneRange;
    /** The bounds of the first range; all are 0 for the empty set, which has no range. */
    private final long firstHigh;

    private final long firstLow;
    private final long lastHigh;
    private final long lastLow;

    Ordinals(AddressSet addresses) {
        this.addresses = addresses;
        isOneRange = addresses.rangeCount() == 1;
        boolean any = !addresses.isEmpty();
        firstHigh = any ? addresses.firstHigh(0) : 0;
        firstLow = any ? addresses.firstLow(0) : 0;
        lastHigh = any ? addresses.lastHigh(0) : 0;
        lastLow = any ? addresses.lastLow(0) : 0;
    }

    /** The range with an address, or -1. */
    int rangeOf(long high, long low) {
        if (!isOneRange) {
            return addresses.rangeIndexOf(high, low);
        }
        boolean isOutside =
                Uint128.isLess(high, low, firstHigh, firstLow) || Uint128.isLess(lastHigh, lastLow, high, low);
        return isOutside ? -1 : 0;
    }

    /** Upper half of the ordinal of an address in a range. */
    long high(int range, long high, long low) {
        if (range == 0) {
            return Uint128.subtractHigh(high, low, firstHigh, firstLow);
        }
        long inRange = Uint128.subtractHigh(high, low, addresses.firstHigh(range), addresses.firstLow(range));
        long lower = low - addresses.firstLow(range);
        return Uint128.addHigh(inRange, lower, addresses.ordinalHigh(range), addresses.ordinalLow(range));
    }

    /** Lower half of the ordinal of an address in a range. */
    long low(int range, long low) {
        return range == 0 ? low - firstLow : low - addresses.firstLow(range) + addresses.ordinalLow(range);
    }

    /** Converts the ordinal in a cursor to its address. */
    void toAddress(Position at) {
        if (isOneRange) {
            at.add(firstHigh, firstLow);
            return;
        }
        int range = addresses.rangeIndexOfOrdinal(at.high(), at.low());
        at.subtract(addresses.ordinalHigh(range), addresses.ordinalLow(range));
        at.add(addresses.firstHigh(range), addresses.firstLow(range));
    }

    /** The range with all of first..last, or -1. */
    int rangeOf(long firstHigh, long firstLow, long lastHigh, long lastLow) {
        int range = rangeOf(firstHigh, firstLow);
        return range >= 0 && !Uint128.isLess(addresses.lastHigh(range), addresses.lastLow(range), lastHigh, lastLow)
                ? range
                : -1;
    }

    /** Finds the ordinal of the first address at or after a given one. */
    boolean ceiling(long high, long low, Position out) {
        int range = rangeOf(high, low);
        if (range >= 0) {
            out.set(high(range, high, low), low(range, low));
            return true;
        }
        range = rangesBefore(high, low);
        if (range == addresses.rangeCount()) {
            return false;
        }
        out.set(addresses.ordinalHigh(range), addresses.ordinalLow(range));
        return true;
    }

    /** Finds the ordinal of the last address at or before a given one. */
    boolean floor(long high, long low, Position out) {
        int range = rangeOf(high, low);
        if (range >= 0) {
            out.set(high(range, high, low), low(range, low));
            return true;
        }
        range = rangesBefore(high, low) - 1;
        if (range < 0) {
            return false;
        }
        long lastHigh = addresses.lastHigh(range);
        long lastLow = addresses.lastLow(range);
        out.set(high(range, lastHigh, lastLow), low(range, lastLow));
        return true;
    }

    /** The number of ranges that begin before an address. */
    private int rangesBefore(long high, long low) {
        int from = 0;
        int to = addresses.rangeCount();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (Uint128.isLess(addresses.firstHigh(middle), addresses.firstLow(middle), high, low)) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }
}
