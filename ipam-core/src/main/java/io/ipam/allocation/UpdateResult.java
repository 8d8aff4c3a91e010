package io.ipam.allocation;

import static java.util.Objects.requireNonNull;

import io.ipam.pool.ChangePlan;
import io.ipam.pool.PoolCatalog;

/** The outcome of a change of the catalog. Thread safety: immutable. */
public sealed interface UpdateResult {
    /**
     * The new catalog is current.
     *
     * @param plan the changes
     */
    record Updated(ChangePlan plan) implements UpdateResult {
        /** Checks for null. */
        public Updated {
            requireNonNull(plan, "plan");
        }
    }

    /**
     * The expected catalog is not the current one; nothing has changed. Repeat the change from the
     * current catalog.
     *
     * @param current the current catalog
     */
    record Outdated(PoolCatalog current) implements UpdateResult {
        /** Checks for null. */
        public Outdated {
            requireNonNull(current, "current");
        }
    }

    /**
     * Addresses in use block the change; nothing has changed.
     *
     * @param plan the change with its blockers
     */
    record Blocked(ChangePlan plan) implements UpdateResult {
        /** Checks for null. */
        public Blocked {
            requireNonNull(plan, "plan");
        }

        /** {@return the first ten blockers and the number of the others} */
        @Override
        public String toString() {
            ReportText lines = new ReportText().add("blocked, and allowed by force: " + plan.allowedByForce());
            return lines.addAll("", plan.blockers(), ChangePlan.Blocker::toString)
                    .toString();
        }
    }

    /** {@return whether the new catalog is current} */
    default boolean isUpdated() {
        return this instanceof Updated;
    }

    /**
     * {@return the changes}
     *
     * @throws IllegalStateException if nothing has changed; the message states the reason
     */
    default ChangePlan orElseThrow() {
        if (this instanceof Updated updated) {
            return updated.plan();
        }
        throw new IllegalStateException("not updated: " + this);
    }
}
