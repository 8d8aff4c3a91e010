package io.ipam.allocation;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.owner.Owner;

/**
 * Something that has happened: it is reported after it was committed, once. Events of one pool are
 * reported in the order in which they happened.
 *
 * <p>Thread safety: immutable.
 */
public sealed interface AllocationEvent {
    /**
     * One address was granted, or renewed: kept by a recreated stateful owner, handed over to another
     * incarnation of it, or kept for an interface that is known now.
     *
     * @param owner who holds it
     * @param interfaceName the interface
     * @param pool the pool
     * @param address the address
     * @param generation the new token
     * @param renewed whether the owner held the address before
     * @param position how many grants of the same request come before it; 0 marks the first
     * @param elapsedNanos how long the request took until then
     */
    record Granted(
            Owner owner,
            String interfaceName,
            String pool,
            Address address,
            long generation,
            boolean renewed,
            int position,
            long elapsedNanos)
            implements AllocationEvent {
        /** Checks that nothing is missing. */
        public Granted {
            requireNonNull(owner, "owner");
            requireNonNull(interfaceName, "interfaceName");
            requireNonNull(pool, "pool");
            requireNonNull(address, "address");
        }
    }

    /**
     * One address was released.
     *
     * @param owner who held it
     * @param interfaceName the interface, empty when unknown
     * @param pool the pool
     * @param address the address
     * @param generation the token that ended
     * @param position how many releases of the same request come before it; 0 marks the first
     * @param elapsedNanos how long the request took until then
     */
    record Released(
            Owner owner,
            String interfaceName,
            String pool,
            Address address,
            long generation,
            int position,
            long elapsedNanos)
            implements AllocationEvent {
        /** Checks that nothing is missing. */
        public Released {
            requireNonNull(owner, "owner");
            requireNonNull(interfaceName, "interfaceName");
            requireNonNull(pool, "pool");
            requireNonNull(address, "address");
        }
    }

    /**
     * A request was refused; nothing has changed.
     *
     * @param owner who asked
     * @param reason why
     * @param elapsedNanos how long the request took
     */
    record Refused(Owner owner, RefusalReason reason, long elapsedNanos) implements AllocationEvent {
        /** Checks that nothing is missing. */
        public Refused {
            requireNonNull(owner, "owner");
            requireNonNull(reason, "reason");
        }
    }

    /**
     * Another catalog is in force.
     *
     * @param catalogVersion its version
     */
    record Swapped(long catalogVersion) implements AllocationEvent {}

    /**
     * Allocations were compared with the live owners.
     *
     * @param suspected how many allocations have no live owner, counted from the first time they
     *     were seen so
     * @param confirmed how many of them were seen so long enough
     * @param released how many of these were released
     */
    record Reconciled(int suspected, int confirmed, int released) implements AllocationEvent {}
}
