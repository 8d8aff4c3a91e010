package io.ipam.engine.decision;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.pool.Pool;

/**
 * One definition of a pool in one state. A binding is current while its ledger refers to it. A
 * catalog update keeps the bindings of unchanged pools.
 *
 * <p>Thread safety: immutable. Compared by identity.
 */
public final class PoolBinding {
    private final int number;
    private final Pool pool;
    private final AddressSet usable;
    private final int strays;
    private final boolean detached;

    /** Binds a pool to the ledger of a number. */
    public PoolBinding(int number, Pool pool, AddressSet usable, int strays, boolean detached) {
        this.number = number;
        this.pool = pool;
        this.usable = usable;
        this.strays = strays;
        this.detached = detached;
    }

    /** {@return the number of the pool's ledger} */
    public int number() {
        return number;
    }

    /** {@return the pool as it is defined, or was defined last} */
    public Pool pool() {
        return pool;
    }

    /**
     * {@return the addresses that may be allocated: those of the pool that are neither reserved nor
     * withheld}
     */
    public AddressSet usable() {
        return usable;
    }

    /** {@return the usable addresses that are static} */
    public AddressSet usableStatics() {
        AddressSet statics = pool.staticAddresses();
        return statics.isEmpty() ? statics : statics.intersect(usable);
    }

    /** {@return whether an address leaves the pool after its release} */
    public boolean isDraining(Address address) {
        return pool.drainingAddresses().contains(address);
    }

    /** {@return whether another binding of this pool has the same usable and static addresses} */
    public boolean isDividedAs(PoolBinding other) {
        return usable.equals(other.usable) && pool.staticAddresses().equals(other.pool.staticAddresses());
    }

    /** {@return the number of its addresses that are strays} */
    public int strays() {
        return strays;
    }

    /** {@return the same pool, removed while addresses of it are held} */
    public PoolBinding detach() {
        return new PoolBinding(number, pool, usable, strays, true);
    }

    /**
     * {@return whether the pool was removed while addresses of it were held: it accepts releases
     * only}
     */
    public boolean isDetached() {
        return detached;
    }

    @Override
    public String toString() {
        return (detached ? "detached " : "") + pool.name();
    }
}
