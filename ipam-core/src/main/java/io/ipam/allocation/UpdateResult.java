package io.ipam.allocation;

import static java.util.Objects.requireNonNull;

import io.ipam.pool.ChangePlan;
import io.ipam.pool.PoolCatalog;

/** What became of a change of the catalog. Thread safety: immutable. */
public sealed interface UpdateResult {
    /**
     * The new catalog is in force.
     *
     * @param plan what has changed
     */
    record Updated(ChangePlan plan) implements UpdateResult {
        /** Checks for null. */
        public Updated {
            requireNonNull(plan, "plan");
        }
    }

    /**
     * Another catalog than the expected one is in force; nothing was changed. Make the change anew
     * from the current one.
     *
     * @param current the catalog in force
     */
    record Outdated(PoolCatalog current) implements UpdateResult {
        /** Checks for null. */
        public Outdated {
            requireNonNull(current, "current");
        }
    }

    /**
     * Addresses in use keep the change from being made; nothing was changed.
     *
     * @param plan what blocks it
     */
    record Blocked(ChangePlan plan) implements UpdateResult {
        /** Checks for null. */
        public Blocked {
            requireNonNull(plan, "plan");
        }

        /** {@return the blockers, at most ten of them and the number of the others} */
        @Override
        public String toString() {
            ReportText lines = new ReportText().add("blocked, and allowed by force: " + plan.allowedByForce());
            return lines.addAll("", plan.blockers(), ChangePlan.Blocker::toString)
                    .toString();
        }
    }

    /** {@return whether the new catalog is in force} */
    default boolean isUpdated() {
        return this instanceof Updated;
    }

    /**
     * {@return what has changed}
     *
     * @throws IllegalStateException when nothing was changed; the message says why
     */
    default ChangePlan orElseThrow() {
        if (this instanceof Updated updated) {
            return updated.plan();
        }
        throw new IllegalStateException("not updated: " + this);
    }
}
