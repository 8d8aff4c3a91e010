package io.ipam.allocation;

import static java.util.Objects.requireNonNull;

import io.ipam.allocation.state.Mutex;
import java.util.Collection;
import java.util.List;

/**
 * The state of a {@link RangeAllocator} as a whole: out, in, and checked. Ordinals never leave the process: a snapshot keeps the
 * set it belongs to, and a block is named by its first address.
 *
 * <p>Thread safety: as the allocator; every method is one step.
 */
public final class AllocatorState {
    private final Mutex lock;
    private final UnitLedger ledger;

    AllocatorState(Mutex lock, UnitLedger ledger) {
        this.lock = lock;
        this.ledger = ledger;
    }

    /** {@return what is allocated now, which later changes do not alter} Cost: a copy of the bitmap. */
    public AllocatorSnapshot snapshot() {
        lock.lock();
        try {
            return ledger.snapshot();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Makes exactly that allocated which a snapshot holds.
     *
     * @param snapshot of this or another allocator of an equal set in units of the same length
     * @throws InvalidStateException if it is of other units; nothing has changed then
     */
    public void restore(AllocatorSnapshot snapshot) {
        requireNonNull(snapshot, "snapshot");
        lock.lock();
        try {
            ledger.restore(snapshot);
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@return every block in which a unit is allocated, ascending} Throws IllegalStateException for more than 2^22 blocks,
     * which only large blocks handed out as a whole can fill.
     */
    public List<AllocationBlock> exportBlocks() {
        lock.lock();
        try {
            return ledger.exportBlocks();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Makes exactly that allocated which blocks hold, in the units they are about; all other units stay as they are. The versions
     * of later exports are above those of the blocks.
     *
     * @param blocks from this or another allocator with units of the same length
     * @throws InvalidStateException if one is malformed, given twice, of other units, or holds what is not in the set; it lists
     *     all of those, and nothing has changed
     */
    public void importBlocks(Collection<AllocationBlock> blocks) {
        List<AllocationBlock> copy = List.copyOf(blocks);
        lock.lock();
        try {
            ledger.importBlocks(copy);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Checks every named invariant of the bitmap.
     *
     * @throws IllegalStateException naming the invariant and both values when one is broken
     */
    public void verify() {
        lock.lock();
        try {
            ledger.verify();
        } finally {
            lock.unlock();
        }
    }
}
