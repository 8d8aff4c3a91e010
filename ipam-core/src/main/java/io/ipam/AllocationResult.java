package io.ipam;

import static java.util.Objects.requireNonNull;

import io.ipam.allocation.Allocation;
import io.ipam.allocation.PoolUsage;
import io.ipam.allocation.RefusalReason;
import io.ipam.pool.Route;
import io.ipam.resolution.Note;
import io.ipam.resolution.Resolution;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The result of a request for addresses: all of them, or none. Thread safety: immutable. */
public sealed interface AllocationResult {
    /** {@return the resolution that the decision is based on} */
    Resolution resolution();

    /**
     * Every interface and family of the request has an address.
     *
     * @param allocations the addresses, by interface in the order requested, then by family
     * @param unmatchedRoutes the workload's own routes whose gateway is in no subnet of the
     *     allocations
     * @param notes the notes on the request: those of the resolution, then those on the routes of
     *     the allocations
     * @param resolution the resolution that the decision is based on
     */
    record Allocated(List<Allocation> allocations, List<Route> unmatchedRoutes, List<Note> notes, Resolution resolution)
            implements AllocationResult {
        /** Copies the lists. */
        public Allocated {
            allocations = List.copyOf(requireNonNull(allocations, "allocations"));
            unmatchedRoutes = List.copyOf(requireNonNull(unmatchedRoutes, "unmatchedRoutes"));
            notes = List.copyOf(requireNonNull(notes, "notes"));
            requireNonNull(resolution, "resolution");
        }
    }

    /**
     * The request is refused, and nothing has changed.
     *
     * @param reason the kind of reason
     * @param message the reason and the remedy on one line
     * @param candidates if the reason is EXHAUSTED: the counts of the pools of the demand that
     *     cannot be served, at that moment; otherwise empty
     * @param resolution the resolution that the decision is based on
     */
    record Refused(RefusalReason reason, String message, List<PoolUsage> candidates, Resolution resolution)
            implements AllocationResult {
        /** Copies the list. */
        public Refused {
            requireNonNull(reason, "reason");
            requireNonNull(message, "message");
            candidates = List.copyOf(requireNonNull(candidates, "candidates"));
            requireNonNull(resolution, "resolution");
        }

        /**
         * {@return every finding and the decision, as human-readable lines} The first line has the
         * workload and the reason. If pools may serve the request but have no free address, it also
         * has the interface, the family, and these pools.
         */
        public String explain() {
            String why = reason.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                    + (resolution.servable() ? ": " + message : "");
            return resolution.explain(resolution.workload() + ": refused, " + why);
        }
    }

    /** {@return whether the request is served} */
    default boolean isAllocated() {
        return this instanceof Allocated;
    }

    /**
     * {@return the addresses}
     *
     * @throws RefusedException if the request is refused
     */
    default List<Allocation> orElseThrow() {
        if (this instanceof Allocated allocated) {
            return allocated.allocations();
        }
        throw new RefusedException((Refused) this);
    }

    /**
     * A refused request, as an exception. A deserialized exception has only its message: the
     * refusal refers to the catalog, which is not serialized.
     */
    final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient @Nullable Refused refused;

        RefusedException(Refused refused) {
            super(refused.message());
            this.refused = refused;
        }

        /**
         * {@return the refusal}
         *
         * @throws IllegalStateException if the exception was deserialized
         */
        public Refused refused() {
            if (refused == null) {
                throw new IllegalStateException("the refusal was not serialized: " + getMessage());
            }
            return refused;
        }
    }
}
