package io.ipam.allocation.state;

import io.ipam.allocation.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The owners of one hash range and what they hold. A stripe is locked before any ledger; nobody locks a second one but those who
 * lock all of them, in order.
 *
 * <p>Thread safety: everything needs the lock.
 */
final class Stripe {
    private final ReentrantLock lock = new ReentrantLock();
    private final OwnerTable owners = new OwnerTable();
    /** Used again by each transaction, which holds the lock. */
    private final ChangeSet changes = new ChangeSet();

    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    OwnerTable owners() {
        return owners;
    }

    ChangeSet changes() {
        return changes;
    }

    /** The footprint with every pool in which its owner holds something. */
    Footprint withOwned(Footprint footprint) {
        Footprint all = footprint;
        for (int link = owners.firstLink(footprint.owner()); link != OwnerTable.NONE; link = owners.nextLink(link)) {
            all = all.with(owners.ledger(link));
        }
        return all;
    }

    /** What an owner holds, whose ledgers are all locked. */
    List<OwnedRecord> owned(Owner owner) {
        int link = owners.firstLink(owner);
        if (link == OwnerTable.NONE) {
            return List.of();
        }
        List<OwnedRecord> owned = new ArrayList<>();
        while (link != OwnerTable.NONE) {
            owned.add(owners.ledger(link).recordOf(owners.slot(link)));
            link = owners.nextLink(link);
        }
        return owned;
    }

    /** Applies the changes of a decision to ledgers that are all locked. */
    void apply(ChangeSet changes) {
        for (int i = 0; i < changes.size(); i++) {
            apply(changes, i);
        }
    }

    private void apply(ChangeSet changes, int i) {
        Ledger ledger = changes.pool(i).ledger();
        long high = changes.high(i);
        long low = changes.low(i);
        Owner owner = changes.owner(i);
        switch (changes.kind(i)) {
            case GRANT ->
                owners.add(
                        owner, ledger, ledger.grant(high, low, owner, changes.interfaceName(i), changes.generation(i)));
            case RENEW -> {
                ledger.records()
                        .replace(ledger.slotOf(high, low), owner, changes.interfaceName(i), changes.generation(i));
                owners.renew(owner);
            }
            case RELEASE -> {
                int slot = ledger.slotOf(high, low);
                owners.remove(owner, ledger, slot);
                ledger.release(slot);
            }
        }
    }
}
