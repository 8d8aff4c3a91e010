package io.ipam.examples;

import io.ipam.Ipam;
import io.ipam.allocation.UpdateResult;
import io.ipam.pool.Application;
import io.ipam.resolution.PoolSelections;
import io.ipam.subnet.ApplicationPlanner;
import io.ipam.subnet.SubnetPlan;
import io.ipam.subnet.SubnetSelection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Creates the pools of each application that names subnets, before the requests of its pods. */
final class Applications {
    private final Ipam ipam;
    private final ApplicationPlanner planner;
    private final Report report;

    Applications(Ipam ipam, ApplicationPlanner planner, Report report) {
        this.ipam = ipam;
        this.planner = planner;
        this.report = report;
    }

    /** Plans for every application of these requests. */
    void makePools(List<PodRequest> requests) {
        Map<Application, SubnetSelection> wishes = new LinkedHashMap<>();
        for (PodRequest request : requests) {
            PoolSelections selections = request.selections();
            request.workload()
                    .application()
                    .ifPresent(
                            application -> selections.subnet().ifPresent(subnets -> wishes.put(application, subnets)));
        }
        wishes.forEach(this::makePools);
    }

    /** A plan is applied as a whole. If another change preceded it, a new plan is made. */
    private void makePools(Application application, SubnetSelection subnets) {
        SubnetPlan plan;
        UpdateResult result;
        do {
            plan = planner.plan(application, subnets, ipam.catalog(), ipam.heldAddresses());
            result = ipam.update(plan.from(), plan.next());
        } while (result instanceof UpdateResult.Outdated);
        report.print(application, plan);
    }
}
