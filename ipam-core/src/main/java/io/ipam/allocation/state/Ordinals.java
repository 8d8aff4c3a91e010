package io.ipam.allocation.state;

import io.ipam.address.AddressSet;
import io.ipam.bitmap.Position;
import io.ipam.number.Uint128;

/**
 * The way from the addresses of a set to their ordinals and back, without making objects.
 *
 * <p>Cost: O(log ranges). Thread safety: immutable.
 */
final class Ordinals {
    private final AddressSet addresses;

    Ordinals(AddressSet addresses) {
        this.addresses = addresses;
    }

    /** Upper half of the ordinal of an address in a range. */
    long high(int range, long high, long low) {
        long inRange = Uint128.subtractHigh(high, low, addresses.firstHigh(range), addresses.firstLow(range));
        long lower = low - addresses.firstLow(range);
        return Uint128.addHigh(inRange, lower, addresses.ordinalHigh(range), addresses.ordinalLow(range));
    }

    /** Lower half of the ordinal of an address in a range. */
    long low(int range, long low) {
        return low - addresses.firstLow(range) + addresses.ordinalLow(range);
    }

    /** Turns the ordinal in a cursor into its address. */
    void toAddress(Position at) {
        int range = addresses.rangeIndexOfOrdinal(at.high(), at.low());
        at.subtract(addresses.ordinalHigh(range), addresses.ordinalLow(range));
        at.add(addresses.firstHigh(range), addresses.firstLow(range));
    }

    /** The range with all of first..last, or -1. */
    int rangeOf(long firstHigh, long firstLow, long lastHigh, long lastLow) {
        int range = addresses.rangeIndexOf(firstHigh, firstLow);
        return range >= 0 && !Uint128.isLess(addresses.lastHigh(range), addresses.lastLow(range), lastHigh, lastLow)
                ? range
                : -1;
    }

    /** Finds the ordinal of the first address at or after one. */
    boolean ceiling(long high, long low, Position out) {
        int range = addresses.rangeIndexOf(high, low);
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

    /** Finds the ordinal of the last address at or before one. */
    boolean floor(long high, long low, Position out) {
        int range = addresses.rangeIndexOf(high, low);
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

    /** How many ranges begin before an address. */
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
