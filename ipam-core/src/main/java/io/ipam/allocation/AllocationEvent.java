package io.ipam.allocation;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.owner.Owner;
import java.util.List;

/**
 * A change, or a refusal. It is reported once, after the change took effect. Events of one pool are
 * reported in the order of its changes.
 *
 * <p>Thread safety: immutable.
 */
public sealed interface AllocationEvent {
    /**
     * One address was granted or renewed. An address is renewed if a recreated stateful owner keeps
     * it, if it is transferred to another incarnation, or if its interface becomes known.
     *
     * @param owner the owner that holds the address
     * @param interfaceName the interface
     * @param pool the pool
     * @param address the address
     * @param generation the new generation
     * @param renewed whether the owner held the address before
     * @param position the number of earlier grants of the same request; 0 marks the first
     * @param elapsedNanos the time that the request took until this event
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
        /** Checks for null. */
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
     * @param owner the owner that held the address
     * @param interfaceName the interface, empty if unknown
     * @param pool the pool
     * @param address the address
     * @param generation the generation of the grant that ended
     * @param position the number of earlier releases of the same request; 0 marks the first
     * @param elapsedNanos the time that the request took until this event
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
        /** Checks for null. */
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
     * @param owner the owner that requested
     * @param reason the reason
     * @param elapsedNanos the time that the request took
     */
    record Refused(Owner owner, RefusalReason reason, long elapsedNanos) implements AllocationEvent {
        /** Checks for null. */
        public Refused {
            requireNonNull(owner, "owner");
            requireNonNull(reason, "reason");
        }
    }

    /**
     * A grant raised the estimated size of a pool's status text above the limit of {@code
     * IpamSettings.withStatusLimitBytes}. It is reported again only after the size was below seven
     * eighths of the limit. Over a store each process reports it.
     *
     * @param pool the pool
     * @param bytes the estimated size
     * @param limitBytes the limit
     * @param held the number of held addresses
     */
    record LargeStatus(String pool, long bytes, long limitBytes, int held) implements AllocationEvent {
        /** Checks for null. */
        public LargeStatus {
            requireNonNull(pool, "pool");
        }
    }

    /**
     * The catalog was replaced.
     *
     * @param catalogVersion the version of the current catalog
     */
    record Swapped(long catalogVersion) implements AllocationEvent {}

    /**
     * The state was loaded from the store again, instead of the commits that this process missed.
     * Every earlier observation is outdated.
     *
     * @param from the revision before
     * @param to the revision after
     * @param cause the reason for the load
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
     * An event of another process that shares the realm. It is reported only if {@code
     * IpamSettings.withForeignEvents} requests it.
     *
     * @param event the event, whose position and time are 0
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
     * @param suspected the number of allocations without a live owner, from the first observation
     * @param confirmed the number of them whose owner was missing for the grace period
     * @param released the number of confirmed allocations that were released
     */
    record Reconciled(int suspected, int confirmed, int released) implements AllocationEvent {}

    /**
     * The start of the log could not be deleted. Nothing else is affected, but the log grows until
     * a later attempt succeeds.
     *
     * @param cause the failure
     */
    record TrimFailed(Throwable cause) implements AllocationEvent {
        /** Checks for null. */
        public TrimFailed {
            requireNonNull(cause, "cause");
        }
    }

    /**
     * This process no longer follows the store, for example because the entries contradict the
     * commits. Every request fails, and reads show the last known state. Open the realm again. A
     * close is not reported.
     *
     * @param cause the failure
     */
    record Stopped(Throwable cause) implements AllocationEvent {
        /** Checks for null. */
        public Stopped {
            requireNonNull(cause, "cause");
        }
    }
}
