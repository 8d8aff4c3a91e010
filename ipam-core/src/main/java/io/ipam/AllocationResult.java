package io.ipam;

import static java.util.Objects.requireNonNull;

import io.ipam.allocation.Allocation;
import io.ipam.allocation.PoolUsage;
import io.ipam.allocation.RefusalReason;
import io.ipam.pool.Route;
import io.ipam.resolution.Resolution;
import java.util.List;
import java.util.Locale;

/** What became of a request for addresses: all of them, or none. Thread safety: immutable. */
public sealed interface AllocationResult {
    /** {@return what it was decided on} */
    Resolution resolution();

    /**
     * Every interface and family is served.
     *
     * @param allocations the addresses, by interface in the order requested, then by family
     * @param unmatchedRoutes the workload's own routes whose gateway lies in no subnet of the allocations
     * @param resolution what it was decided on
     */
    record Allocated(List<Allocation> allocations, List<Route> unmatchedRoutes, Resolution resolution)
            implements AllocationResult {
        /**
         * Copies the lists.
         *
         * @param allocations the addresses, by interface in the order requested, then by family
         * @param unmatchedRoutes the workload's own routes whose gateway lies in no subnet of the allocations
         * @param resolution what it was decided on
         */
        public Allocated {
            allocations = List.copyOf(allocations);
            unmatchedRoutes = List.copyOf(unmatchedRoutes);
            requireNonNull(resolution, "resolution");
        }
    }

    /**
     * Nothing has changed.
     *
     * @param reason why, in one word
     * @param message why, on one line that a person can act on
     * @param candidates when exhausted: the counts of the pools of the demand that cannot be served, at that moment
     * @param resolution what it was decided on
     */
    record Refused(RefusalReason reason, String message, List<PoolUsage> candidates, Resolution resolution)
            implements AllocationResult {
        /**
         * Copies the list.
         *
         * @param reason why, in one word
         * @param message why, on one line that a person can act on
         * @param candidates when exhausted: the counts of the pools of the demand that cannot be served, at that moment
         * @param resolution what it was decided on
         */
        public Refused {
            requireNonNull(reason, "reason");
            requireNonNull(message, "message");
            candidates = List.copyOf(candidates);
            requireNonNull(resolution, "resolution");
        }

        /**
         * {@return everything that was decided and why, as lines of text for a person} The first line has the workload and the reason
         * and, where pools may serve the request and give no address, the interface, the family and these pools.
         */
        public String explain() {
            String decided = resolution.explain();
            String why = reason.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                    + (resolution.servable() ? ": " + message : "");
            return resolution.workload() + ": refused, " + why + decided.substring(decided.indexOf('\n'));
        }
    }

    /** {@return whether the request is served} */
    default boolean isAllocated() {
        return this instanceof Allocated;
    }

    /**
     * {@return the addresses}
     *
     * @throws RefusedException when the request is refused
     */
    default List<Allocation> orElseThrow() {
        if (this instanceof Allocated allocated) {
            return allocated.allocations();
        }
        throw new RefusedException((Refused) this);
    }

    /** A refused request, for those who prefer an exception. */
    final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Refused refused;

        RefusedException(Refused refused) {
            super(refused.message());
            this.refused = refused;
        }

        /** {@return the refusal; null when the exception was serialized meanwhile} */
        public Refused refused() {
            return refused;
        }
    }
}
