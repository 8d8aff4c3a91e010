package io.ipam.resolution;

import io.ipam.address.Family;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import io.ipam.subnet.PoolPlan;
import io.ipam.subnet.SubnetAnswer;
import io.ipam.subnet.SubnetDemand;
import io.ipam.subnet.SubnetPlanner;
import io.ipam.subnet.SubnetSelection;
import java.util.List;
import java.util.Optional;

/**
 * The planner's outcome for the subnets that a pod names, for one interface and family.
 *
 * @param reference the pools of the subnets
 * @param plan the pool that must be created first
 * @param problems the reasons why there is neither
 */
record SubnetOutcome(PoolReference reference, Optional<PoolPlan> plan, List<Problem> problems) {
    /** Calls the planner. If there is none, or if it fails, the outcome is a problem. */
    static SubnetOutcome of(InterfaceChoice choice, Family family, RequestInputs inputs, PoolReferences references) {
        SubnetSelection selection = inputs.selections().subnet().orElseThrow();
        List<String> subnets = choice.names().names(family);
        String path = choice.path(family);
        SubnetPlanner planner = inputs.settings().subnetPlanner().orElse(null);
        if (planner == null) {
            return refused(Problem.of(
                    ProblemType.NOT_SUPPORTED,
                    path,
                    String.join(", ", subnets),
                    "a request that names subnets requires a subnet planner",
                    "name pools, or set a planner"));
        }
        SubnetDemand demand = new SubnetDemand(
                inputs.workload().application(),
                choice.request().name(),
                family,
                subnets,
                selection.size(),
                selection.reclaim());
        try {
            SubnetAnswer answer =
                    planner.plan(demand, inputs.catalog(), inputs.usage().inUse());
            return answered(answer, references, family, path);
        } catch (Exception failure) {
            return refused(Problem.of(
                    ProblemType.INVALID, path, String.join(", ", subnets), "the subnet planner failed: " + failure));
        }
    }

    private static SubnetOutcome answered(SubnetAnswer answer, PoolReferences references, Family family, String path) {
        if (answer instanceof SubnetAnswer.Existing existing) {
            return new SubnetOutcome(references.literal(family, existing.pools()), Optional.empty(), List.of());
        }
        if (answer instanceof SubnetAnswer.ToCreate toCreate) {
            return new SubnetOutcome(
                    PoolReference.StillToCreate.STILL_TO_CREATE, Optional.of(toCreate.plan()), List.of());
        }
        return refused(((SubnetAnswer.Refused) answer).problem().withWhere(path));
    }

    private static SubnetOutcome refused(Problem problem) {
        return new SubnetOutcome(PoolReference.Unanswered.UNANSWERED, Optional.empty(), List.of(problem));
    }
}
