package io.ipam.subnet;

import static java.util.Objects.requireNonNull;

import io.ipam.pool.PoolCatalog;
import io.ipam.problem.Problem;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is to be done to the pools of one application, as a step from one catalog to the next: hand
 * both to {@code Ipam.update}, which refuses if the catalog is no longer the one planned on, or if
 * an address that would go was taken meanwhile; then plan again. Thread safety: immutable.
 *
 * @param from the catalog planned on
 * @param next the catalog after the plan; {@code from} itself if nothing changes, as when a step
 *     refuses
 * @param steps what happens, pool by pool
 */
public record SubnetPlan(PoolCatalog from, PoolCatalog next, List<PoolStep> steps) {
    /** The maximum number of steps that {@link #explain()} spells out. */
    private static final int LINES = 100;

    /** Copies the steps. */
    public SubnetPlan {
        requireNonNull(steps, "steps");
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

    /**
     * {@return one line per step, each ended by a line feed} Of many steps the first {@value
     * #LINES} and the number of the others; of many addresses or pools in one step the first 10.
     */
    public String explain() {
        String lines =
                steps.stream().limit(LINES).map(step -> step.explain() + "\n").collect(Collectors.joining());
        return steps.size() <= LINES ? lines : lines + "and " + (steps.size() - LINES) + " more steps\n";
    }
}
