package io.ipam.allocation.state;

import io.ipam.address.Address;
import io.ipam.allocation.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The owners of one hash range and what they hold. A stripe is locked before any ledger; nobody locks a second one but those who
 * lock all of them, in order.
 *
 * <p>Thread safety: everything needs the lock.
 */
final class Stripe {
    private static final int USUAL_RECORDS = 4;
    /** Few enough that what is left of them is no loss, and many enough that the common count is rarely touched. */
    private static final int TOKENS_AT_ONCE = 64;

    private final Mutex lock = new Mutex();
    private final OwnerTable owners;
    /** The tokens that this stripe has drawn and not yet given: from this one, so many. */
    private long nextToken;

    private int tokensLeft;
    /** Behind the references, which come last: what lies behind is in other lines of the cache (decision 0059). */
    @SuppressWarnings("unused")
    private @Nullable Object r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, r12, r13, r14, r15;

    /** A stripe without owners, for records in these ledgers. */
    Stripe(LedgerPlaces ledgers) {
        owners = new OwnerTable(ledgers);
    }

    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    OwnerTable owners() {
        return owners;
    }

    /** The first of some tokens in a row; drawn in lots, for two threads that touch one count at every grant wait for each other. */
    long newTokens(int count, AtomicLong lastDrawn) {
        if (tokensLeft < count) {
            int lot = Math.max(count, TOKENS_AT_ONCE);
            nextToken = lastDrawn.getAndAdd(lot) + 1;
            tokensLeft = lot;
        }
        long first = nextToken;
        nextToken += count;
        tokensLeft -= count;
        return first;
    }

    /** Gives none of the tokens that are left: all that are given from now on are drawn from now on. */
    void dropTokens() {
        tokensLeft = 0;
    }

    /** The footprint with every pool in which its owner holds something. */
    Footprint withOwned(Footprint footprint) {
        int link = owners.firstLink(footprint.owner(), footprint.ownerHash());
        if (link == OwnerTable.NONE) {
            return footprint;
        }
        Ledger[] ledgers = new Ledger[owners.linksFrom(link)];
        for (int i = 0; i < ledgers.length; i++) {
            ledgers[i] = owners.ledger(link);
            link = owners.nextLink(link);
        }
        return footprint.with(ledgers, ledgers.length);
    }

    /** What the owner of a footprint holds; the ledgers are all locked. */
    List<OwnedRecord> owned(Footprint footprint) {
        int link = owners.firstLink(footprint.owner(), footprint.ownerHash());
        if (link == OwnerTable.NONE) {
            return List.of();
        }
        List<OwnedRecord> owned = new ArrayList<>(USUAL_RECORDS);
        while (link != OwnerTable.NONE) {
            owned.add(owners.ledger(link).recordOf(owners.slot(link)));
            link = owners.nextLink(link);
        }
        return owned;
    }

    /** Applies the changes of a decision on one owner, with the hash of its identity, to ledgers that are all locked. */
    void apply(ChangeSet changes, int ownerHash) {
        for (int i = 0; i < changes.size(); i++) {
            apply(changes.kind(i), changes.record(i), ownerHash);
        }
    }

    private void apply(ChangeSet.Kind kind, OwnedRecord record, int ownerHash) {
        Ledger ledger = record.pool().ledger();
        Owner owner = record.owner();
        switch (kind) {
            case GRANT -> {
                Address address = record.address();
                int slot =
                        ledger.grant(address.high(), address.low(), owner, record.interfaceName(), record.generation());
                owners.add(owner, ownerHash, ledger, slot);
            }
            case RENEW -> ledger.records().replace(record.slot(), owner, record.interfaceName(), record.generation());
            case RELEASE -> {
                owners.remove(owner, ownerHash, ledger, record.slot());
                ledger.release(record.slot());
            }
        }
    }
}
