package io.ipam.allocation.state;

import io.ipam.address.AddressSet;
import io.ipam.pool.Pool;

/**
 * What the state knows of one definition of a pool. A request names the definitions that it was resolved with; an object that
 * is not the current one of its ledger is out of date. A pool that a new catalog leaves as it was keeps its definition object.
 *
 * <p>Thread safety: immutable, but for the ledger, which has its lock.
 */
public final class Definition {
    private final Ledger ledger;
    private final Pool pool;
    private final AddressSet usable;
    private final boolean detached;

    Definition(Ledger ledger, Pool pool, AddressSet usable, boolean detached) {
        this.ledger = ledger;
        this.pool = pool;
        this.usable = usable;
        this.detached = detached;
    }

    /** {@return the pool as it is defined, or was defined last} */
    public Pool pool() {
        return pool;
    }

    /** {@return the addresses that may be handed out: those of the pool that are not reserved} */
    public AddressSet usable() {
        return usable;
    }

    /** {@return whether the pool was removed while addresses of it were held: it takes releases only} */
    public boolean isDetached() {
        return detached;
    }

    Ledger ledger() {
        return ledger;
    }

    @Override
    public String toString() {
        return (detached ? "detached " : "") + pool.name();
    }
}
