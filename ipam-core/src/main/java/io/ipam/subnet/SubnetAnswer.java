package io.ipam.subnet;

import static java.util.Objects.requireNonNull;

import io.ipam.problem.Problem;
import java.util.List;

/**
 * The answer of a {@link SubnetPlanner} to a demand.
 *
 * <p>Thread safety: immutable.
 */
public sealed interface SubnetAnswer {
    /**
     * Pools of the catalog serve the demand; they are filtered and ordered like named pools.
     *
     * @param pools their names, at least one
     */
    record Existing(List<String> pools) implements SubnetAnswer {
        /** Copies the names. */
        public Existing {
            requireNonNull(pools, "pools");
            pools = List.copyOf(pools);
            if (pools.isEmpty()) {
                throw new IllegalArgumentException("pools must not be empty");
            }
        }
    }

    /**
     * A pool must be created first.
     *
     * @param plan the pool
     */
    record ToCreate(PoolPlan plan) implements SubnetAnswer {
        /** Checks for null. */
        public ToCreate {
            requireNonNull(plan, "plan");
        }
    }

    /**
     * The demand cannot be met.
     *
     * @param problem the reason
     */
    record Refused(Problem problem) implements SubnetAnswer {
        /** Checks for null. */
        public Refused {
            requireNonNull(problem, "problem");
        }
    }
}
