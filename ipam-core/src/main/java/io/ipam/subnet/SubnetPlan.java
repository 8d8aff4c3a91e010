package io.ipam.subnet;

import static java.util.Objects.requireNonNull;

import io.ipam.pool.PoolCatalog;
import io.ipam.problem.Problem;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The changes to the pools of one application, as a step from one catalog to the next. Pass both
 * catalogs to {@code Ipam.update}. The update is refused if {@code from} is not the current
 * catalog, or if an address to remove was allocated meanwhile; then plan again. Thread safety:
 * immutable.
 *
 * @param from the catalog on which the plan is based
 * @param next the catalog after the plan; {@code from} itself if nothing changes, as when a step
 *     refuses
 * @param steps the steps, pool by pool
 */
public record SubnetPlan(PoolCatalog from, PoolCatalog next, List<PoolStep> steps) {
    /** The maximum number of steps that {@link #explain()} lists. */
    private static final int LINES = 100;

    /** Copies the steps. */
    public SubnetPlan {
        requireNonNull(steps, "steps");
        requireNonNull(from, "from");
        requireNonNull(next, "next");
        steps = List.copyOf(steps);
    }

    /** {@return whether a demand cannot be met; then the plan changes nothing} */
    public boolean isRefused() {
        return !problems().isEmpty();
    }

    /** {@return whether there is nothing to do} */
    public boolean isNoChange() {
        return next.version() == from.version();
    }

    /** {@return the reasons why demands cannot be met; empty for a plan that can be applied} */
    public List<Problem> problems() {
        return steps.stream()
                .filter(PoolStep.Refuse.class::isInstance)
                .map(step -> ((PoolStep.Refuse) step).problem())
                .toList();
    }

    /**
     * {@return one line per step, each ended by a line feed} At most {@value #LINES} steps are
     * listed, followed by the number of the others. A step lists at most 10 addresses or pools.
     */
    public String explain() {
        String lines =
                steps.stream().limit(LINES).map(step -> step.explain() + "\n").collect(Collectors.joining());
        return steps.size() <= LINES ? lines : lines + "and " + (steps.size() - LINES) + " more steps\n";
    }
}
