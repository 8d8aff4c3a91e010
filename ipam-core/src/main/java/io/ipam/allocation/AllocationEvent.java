package io.ipam.allocation;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.owner.Owner;
import java.util.List;

/**
 * Something that has happened: it is reported after it was committed, once. Events of one pool are
 * reported in the order in which they happened.
 *
 * <p>Thread safety: immutable.
 */
public sealed interface AllocationEvent {
    /**
     * One address was granted, or renewed: kept by a recreated stateful owner, handed over to
     * another incarnation of it, or kept for an interface that is known now.
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
     * The state was loaded from the store again, instead of the commits that this process missed.
     * Every earlier observation is outdated.
     *
     * @param from the revision before
     * @param to the revision after
     * @param cause why it was loaded
     * @param lost the grants of the state before that the loaded state lacks; after DIVERGED their
     *     addresses may be allocated again, otherwise their owners have released them
     */
    record Reloaded(long from, long to, Cause cause, List<LostGrant> lost) implements AllocationEvent {
        /** Copies the list. */
        public Reloaded {
            requireNonNull(cause, "cause");
            lost = List.copyOf(requireNonNull(lost, "lost"));
        }

        /** The reason for a load. */
        public enum Cause {
            /** The log no longer has the commits that this process missed. */
            TRIMMED,
            /** The store has another history: a backup was restored, or a standby took over. */
            DIVERGED,
            /** The entries were accepted as found, or the shared settings were changed. */
            REWRITTEN,
            /** A commit could not be applied for lack of memory. */
            FAILED
        }

        /**
         * A grant that the loaded state lacks.
         *
         * @param owner the owner that held it
         * @param interfaceName the interface, empty if unknown
         * @param pool the pool
         * @param address the address
         * @param generation the generation of the grant
         */
        public record LostGrant(Owner owner, String interfaceName, String pool, Address address, long generation) {
            /** Checks for null. */
            public LostGrant {
                requireNonNull(owner, "owner");
                requireNonNull(interfaceName, "interfaceName");
                requireNonNull(pool, "pool");
                requireNonNull(address, "address");
            }
        }
    }

    /**
     * Another process that shares the store did something. Reported only if {@code
     * IpamSettings.withForeignEvents} requests it; positions and times are 0.
     *
     * @param event the event
     */
    record Foreign(AllocationEvent event) implements AllocationEvent {
        /** Checks for null. */
        public Foreign {
            requireNonNull(event, "event");
        }
    }

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
