package io.ipam.subnet;

import static java.util.Objects.requireNonNull;

import io.ipam.pool.PoolCatalog;
import io.ipam.problem.Problem;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is to be done to the pools of one application, as a step from one catalog to the next: hand both to {@code
 * Ipam.update}, which refuses if the catalog is no longer the one planned on, or if an address that would go was taken
 * meanwhile; then plan again. Thread safety: immutable.
 *
 * @param from the catalog planned on
 * @param next the catalog after the plan; {@code from} itself if nothing changes, as when a step refuses
 * @param steps what happens, pool by pool
 */
public record SubnetPlan(PoolCatalog from, PoolCatalog next, List<PoolStep> steps) {
    /**
     * Copies the steps.
     *
     * @param from the catalog planned on
     * @param next the catalog after the plan
     * @param steps what happens
     */
    public SubnetPlan {
        requireNonNull(from, "from");
        requireNonNull(next, "next");
        steps = List.copyOf(steps);
    }

    /** {@return whether a wish cannot be met; then the plan changes nothing} */
    public boolean isRefused() {
        return !problems().isEmpty();
    }

    /** {@return whether there is nothing to do} */
    public boolean isNoChange() {
        return next.version() == from.version();
    }

    /** {@return why wishes cannot be met; empty for a plan that can be carried out} */
    public List<Problem> problems() {
        return steps.stream()
                .filter(PoolStep.Refuse.class::isInstance)
                .map(step -> ((PoolStep.Refuse) step).problem())
                .toList();
    }

    /** {@return one line per step, each ended by a line feed} */
    public String explain() {
        return steps.stream().map(step -> step.explain() + "\n").collect(Collectors.joining());
    }
}
