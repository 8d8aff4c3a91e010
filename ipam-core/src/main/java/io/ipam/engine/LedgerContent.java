package io.ipam.engine;

import io.ipam.engine.decision.PoolBinding;
import io.ipam.occupancy.Occupancy;
import io.ipam.record.CoolingQueue;
import io.ipam.record.RecordTable;
import java.math.BigInteger;

/**
 * The part of a {@link Ledger} that depends on the definition of its pool: the bitmap over the
 * usable addresses, the cooling addresses, and their counts. A catalog update builds the next
 * content before it changes anything, so that applying it is one assignment.
 *
 * <p>Thread safety: none, guarded by the ledger's lock.
 */
final class LedgerContent {
    final PoolBinding binding;
    final Occupancy occupancy;
    final CoolingQueue cooling;
    /** The number of usable addresses; Long.MAX_VALUE if there are that many or more. */
    final long usableCount;
    /** The number of held addresses that are not usable. */
    int heldReserved;
    /** The number of cooling addresses that are usable. */
    int coolingUsable;

    private LedgerContent(
            PoolBinding binding, Occupancy occupancy, CoolingQueue cooling, int heldReserved, int coolingUsable) {
        this.binding = binding;
        this.occupancy = occupancy;
        this.cooling = cooling;
        this.heldReserved = heldReserved;
        this.coolingUsable = coolingUsable;
        BigInteger count = binding.usable().size();
        usableCount = count.bitLength() < Long.SIZE ? count.longValue() : Long.MAX_VALUE;
    }

    /** A content with a new bitmap. Cost: O(held + cooling). */
    static LedgerContent of(PoolBinding binding, RecordTable records, CoolingQueue cooling) {
        Occupancy occupancy = Occupancy.of(binding.usable());
        int heldReserved = 0;
        for (int slot = records.nextUsed(RecordTable.NONE); slot != RecordTable.NONE; slot = records.nextUsed(slot)) {
            heldReserved += occupancy.take(records.high(slot), records.low(slot)) ? 0 : 1;
        }
        int coolingUsable = 0;
        CoolingQueue.Cursor cursor = cooling.cursor();
        while (cursor.next()) {
            coolingUsable += occupancy.take(cursor.high(), cursor.low()) ? 1 : 0;
        }
        return new LedgerContent(binding, occupancy, cooling, heldReserved, coolingUsable);
    }

    /** The same content for another binding with the same usable addresses. */
    LedgerContent with(PoolBinding next) {
        return new LedgerContent(next, occupancy, cooling, heldReserved, coolingUsable);
    }
}
