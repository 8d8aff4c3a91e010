package io.ipam.engine.state;

import io.ipam.engine.decision.HeldRecord;
import io.ipam.owner.Owner;
import io.ipam.record.OwnerTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The owners of one range of hashes and their holdings. A stripe is locked before any ledger. A
 * thread locks one stripe, or several in the order of their indexes.
 *
 * <p>Thread safety: guarded by the stripe's lock.
 */
public final class Stripe {
    private final int index;
    private final ReentrantLock lock = new ReentrantLock();
    private final OwnerTable owners = new OwnerTable();

    Stripe(int index) {
        this.index = index;
    }

    int index() {
        return index;
    }

    /** Locks this stripe. */
    public void lock() {
        lock.lock();
    }

    /** Unlocks this stripe. */
    public void unlock() {
        lock.unlock();
    }

    /** {@return the owners and their holdings} */
    public OwnerTable owners() {
        return owners;
    }

    boolean holdsNothing(Owner owner, int hash) {
        return owners.first(owner, hash) == OwnerTable.NONE;
    }

    /** Adds the numbers of the ledgers in which an owner holds something. */
    void addLedgersOf(Owner owner, int hash, LedgerNumbers numbers) {
        for (int link = owners.first(owner, hash); link != OwnerTable.NONE; link = owners.next(link)) {
            numbers.add(owners.pool(link));
        }
    }

    /** The records of an owner; their ledgers are locked. */
    List<HeldRecord> recordsOf(Owner owner, int hash, ActiveCatalog active) {
        List<HeldRecord> records = new ArrayList<>(2);
        for (int link = owners.first(owner, hash); link != OwnerTable.NONE; link = owners.next(link)) {
            records.add(active.ledger(owners.pool(link)).recordOf(owners.slot(link)));
        }
        return records;
    }
}
