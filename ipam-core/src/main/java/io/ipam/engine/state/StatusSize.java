package io.ipam.engine.state;

import io.ipam.address.Family;
import io.ipam.allocation.AllocationEvent;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.record.RecordTable;

/**
 * The estimated size of the status text of one pool, in bytes within a JSON document. Each address
 * is counted with the length of the longest address of its family. Strays are not counted.
 *
 * <pre>
 * \"10.6.1.10\":{\"pod\":\"shop/cart-0\",\"podUid\":\"7f3c\"},
 * </pre>
 *
 * <p>Cost: O(1). Thread safety: guarded by the ledger's lock.
 */
public final class StatusSize {
    /** The bytes of a record without its address and its owner. */
    private static final int FIXED_BYTES = 37;

    private final int recordBytes;
    private final long limitBytes;
    private boolean large;

    StatusSize(Family family, long limitBytes) {
        recordBytes = FIXED_BYTES + (family.bits() <= Integer.SIZE ? 15 : 39);
        this.limitBytes = limitBytes;
    }

    /** {@return the estimated size for these records} */
    public long bytes(RecordTable records) {
        return (long) recordBytes * records.size() + records.ownerLength();
    }

    /**
     * Reports that the size exceeds the limit, once until it has been below seven eighths of the
     * limit. It must be called after the records have changed.
     */
    public void report(PoolBinding pool, RecordTable records, EventQueue events) {
        long bytes = bytes(records);
        boolean wasLarge = large;
        large = large ? bytes > limitBytes - limitBytes / 8 : bytes > limitBytes;
        if (large && !wasLarge) {
            events.add(new AllocationEvent.LargeStatus(pool.pool().name(), bytes, limitBytes, records.size()));
        }
    }
}
