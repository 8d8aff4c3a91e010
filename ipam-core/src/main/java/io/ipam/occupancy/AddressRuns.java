package io.ipam.occupancy;

import io.ipam.address.AddressSet;
import io.ipam.bitmap.SetRuns;
import io.ipam.number.Position;
import io.ipam.number.Uint128;

/**
 * Converts runs of ordinals to runs of addresses, split at the ends of the set's ranges.
 *
 * <p>Cost: O(1) per step. Thread safety: none.
 */
final class AddressRuns implements SetRuns {
    private final AddressSet addresses;
    private final SetRuns ordinals;
    private final Position from = new Position();
    private final Position to = new Position();
    private int range;
    private boolean isAhead;

    AddressRuns(AddressSet addresses, SetRuns ordinals) {
        this.addresses = addresses;
        this.ordinals = ordinals;
        isAhead = ordinals.next(from, to);
    }

    @Override
    public boolean next(Position first, Position last) {
        if (!isAhead) {
            return false;
        }
        while (isAfter(range, from)) {
            range++;
        }
        address(from, first);
        if (isAfter(range, to)) {
            last.set(addresses.lastHigh(range), addresses.lastLow(range));
            range++;
            from.set(addresses.ordinalHigh(range), addresses.ordinalLow(range));
        } else {
            address(to, last);
            isAhead = ordinals.next(from, to);
        }
        return true;
    }

    /** Whether an ordinal is after the last one of a range. */
    private boolean isAfter(int index, Position ordinal) {
        return index + 1 < addresses.rangeCount()
                && !Uint128.isLess(
                        ordinal.high(),
                        ordinal.low(),
                        addresses.ordinalHigh(index + 1),
                        addresses.ordinalLow(index + 1));
    }

    private void address(Position ordinal, Position out) {
        out.set(ordinal.high(), ordinal.low());
        out.subtract(addresses.ordinalHigh(range), addresses.ordinalLow(range));
        out.add(addresses.firstHigh(range), addresses.firstLow(range));
    }
}
