package io.ipam.engine.state;

import io.ipam.engine.decision.HeldRecord;
import io.ipam.owner.Owner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An owner with its place in the owner tables of a state. Thread safety: immutable; the records are
 * read while the stripe is locked.
 *
 * @param owner the owner
 * @param hash the hash of its identity
 * @param stripe the stripe of that hash
 */
record OwnerPlace(Owner owner, int hash, Stripe stripe) {
    static OwnerPlace of(Owner owner, EngineState state) {
        int hash = state.hashOf(owner);
        return new OwnerPlace(owner, hash, state.stripeOf(hash));
    }

    /** Locks the stripe, and that of another owner, in the order of the stripes. */
    void lockWith(@Nullable OwnerPlace other) {
        if (other == null || other.stripe == stripe) {
            stripe.lock();
        } else if (stripe.index() < other.stripe.index()) {
            stripe.lock();
            other.stripe.lock();
        } else {
            other.stripe.lock();
            stripe.lock();
        }
    }

    void unlockWith(@Nullable OwnerPlace other) {
        stripe.unlock();
        if (other != null && other.stripe != stripe) {
            other.stripe.unlock();
        }
    }

    /** Adds the numbers of the ledgers in which the owner holds something. */
    void addLedgers(LedgerNumbers numbers) {
        stripe.addLedgersOf(owner, hash, numbers);
    }

    /** The records of the owner; their ledgers are locked. */
    List<HeldRecord> records(ActiveCatalog active) {
        return stripe.recordsOf(owner, hash, active);
    }
}
