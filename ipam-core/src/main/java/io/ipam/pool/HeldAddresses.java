package io.ipam.pool;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.owner.Owner;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The addresses in use, for a {@link ChangePlan} and for the plans of applications. Thread safety:
 * that of the implementation; the view of an {@code Ipam} is safe.
 */
@FunctionalInterface
public interface HeldAddresses {
    /**
     * Visits every held address of a pool, in any order; none if the pool has none or is unknown.
     *
     * @param pool the pool's name
     * @param visitor receives each address and its owner
     */
    void forEachHeld(String pool, BiConsumer<Address, Owner> visitor);

    /**
     * Visits the held addresses of a pool that are in a set. Cost: depends on the implementation;
     * the default one visits every held address.
     *
     * @param pool the pool's name
     * @param addresses the set
     * @param visitor receives each address and its owner
     */
    default void forEachHeldIn(String pool, AddressSet addresses, BiConsumer<Address, Owner> visitor) {
        forEachHeld(pool, (address, owner) -> {
            if (addresses.contains(address)) {
                visitor.accept(address, owner);
            }
        });
    }

    /**
     * Visits the strays in a set that a pool would get: addresses that are held by a record that
     * does not fit. Strays that the pool would turn into allocations are not visited.
     *
     * @param pool the pool's name
     * @param addresses the set
     * @param visitor receives each address and the text of its holder
     */
    default void forEachStrayIn(String pool, AddressSet addresses, BiConsumer<Address, String> visitor) {}

    /**
     * {@return the pools that were removed by force and are still in use; no other pool may contain
     * their addresses}
     */
    default Collection<Pool> detached() {
        return List.of();
    }

    /**
     * {@return whether the records of a pool could not be read, so that any of its addresses may be
     * in use}
     *
     * @param pool the pool's name
     */
    default boolean isClosed(String pool) {
        return false;
    }

    /** {@return the view of a system without addresses in use} */
    static HeldAddresses none() {
        return (pool, visitor) -> {};
    }
}
