package io.ipam.occupancy;

import io.ipam.address.AddressSet;
import io.ipam.bitmap.SetRuns;
import io.ipam.number.Position;
import io.ipam.number.Uint128;

/**
 * The complement of runs of ordinals: the ordinals before, between, and after them.
 *
 * <p>Cost: O(1) per step. Thread safety: none.
 */
final class FreeRuns implements SetRuns {
    private final AddressSet addresses;
    private final SetRuns runs;
    private final Position runFirst = new Position();
    private final Position runLast = new Position();
    private final Position at = new Position();
    private boolean isAhead;

    FreeRuns(AddressSet addresses, SetRuns runs) {
        this.addresses = addresses;
        this.runs = runs;
        isAhead = !addresses.isEmpty();
    }

    @Override
    public boolean next(Position first, Position last) {
        while (isAhead && runs.next(runFirst, runLast)) {
            boolean gap = Uint128.isLess(at.high(), at.low(), runFirst.high(), runFirst.low());
            if (gap) {
                first.set(at.high(), at.low());
                last.set(runFirst.high(), runFirst.low());
                last.subtract(0, 1);
            }
            isAhead = Uint128.isLess(
                    runLast.high(), runLast.low(), addresses.lastOrdinalHigh(), addresses.lastOrdinalLow());
            at.set(runLast.high(), runLast.low());
            at.add(0, 1);
            if (gap) {
                return true;
            }
        }
        if (!isAhead) {
            return false;
        }
        first.set(at.high(), at.low());
        last.set(addresses.lastOrdinalHigh(), addresses.lastOrdinalLow());
        isAhead = false;
        return true;
    }
}
