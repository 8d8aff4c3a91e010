package io.ipam;

import io.ipam.allocation.Allocation;
import io.ipam.allocation.PoolUsage;
import io.ipam.allocation.RefusalReason;
import io.ipam.allocation.state.GrantOutcome;
import io.ipam.allocation.state.OwnedRecord;
import io.ipam.pool.Pool;
import io.ipam.pool.Route;
import io.ipam.resolution.DemandResolution;
import io.ipam.resolution.Resolution;
import io.ipam.resolution.RouteGrouping;
import java.util.ArrayList;
import java.util.List;

/** Translates what the state says of a request into the answer to the caller. */
final class ResultOfOutcome {
    private ResultOfOutcome() {}

    /** Why a resolution cannot be served, whatever is free; null when it can. */
    static AllocationResult.@org.jspecify.annotations.Nullable Refused refusalOf(Resolution resolution) {
        if (!resolution.problems().isEmpty()) {
            return refused(RefusalReason.INVALID_REQUEST, resolution.message(), resolution);
        }
        boolean isPoolMissing = false;
        List<DemandResolution> demands = resolution.demands();
        for (int i = 0; i < demands.size(); i++) {
            DemandResolution demand = demands.get(i);
            if (demand instanceof DemandResolution.Unserved) {
                return refused(RefusalReason.NO_CANDIDATE, resolution.message(), resolution);
            }
            isPoolMissing |= demand instanceof DemandResolution.PoolToCreate;
        }
        return isPoolMissing ? refused(RefusalReason.POOL_MISSING, poolsToCreate(resolution), resolution) : null;
    }

    static AllocationResult of(GrantOutcome outcome, Resolution resolution) {
        if (outcome instanceof GrantOutcome.Granted granted) {
            return allocated(granted, resolution);
        }
        if (outcome instanceof GrantOutcome.Exhausted exhausted) {
            String message = label(resolution, exhausted.demand()) + ": no free address in "
                    + String.join(
                            ", ",
                            exhausted.candidates().stream()
                                    .map(ResultOfOutcome::countsOf)
                                    .toList())
                    + (resolution.demands().size() > 1 ? ", beside what the other demands take" : "");
            return new AllocationResult.Refused(RefusalReason.EXHAUSTED, message, exhausted.candidates(), resolution);
        }
        if (outcome instanceof GrantOutcome.Conflict conflict) {
            String message = label(resolution, conflict.demand()) + ": " + conflict.address() + " is not to be had: "
                    + conflict.reason();
            return refused(RefusalReason.CONFLICT, message, resolution);
        }
        throw new IllegalStateException("no answer for " + outcome);
    }

    private static AllocationResult.Refused refused(RefusalReason reason, String message, Resolution resolution) {
        return new AllocationResult.Refused(reason, message, List.of(), resolution);
    }

    private static String poolsToCreate(Resolution resolution) {
        List<String> names = new ArrayList<>();
        for (DemandResolution demand : resolution.demands()) {
            if (demand instanceof DemandResolution.PoolToCreate create) {
                names.add(demand.label() + " needs pool " + create.plan().pool().name());
            }
        }
        return String.join(", ", names) + ": create it and ask again";
    }

    private static String label(Resolution resolution, int demand) {
        return resolution.demands().get(demand).label();
    }

    private static String countsOf(PoolUsage usage) {
        return usage.pool() + " (" + usage.held() + " held, " + usage.cooling() + " cooling, " + usage.reserved()
                + " reserved of " + usage.total() + ")";
    }

    private static AllocationResult allocated(GrantOutcome.Granted granted, Resolution resolution) {
        List<OwnedRecord> grants = granted.grants();
        List<Route> custom = resolution.selections().customRoutes();
        // Nearly no pod has routes of its own: without them nothing is grouped, which saves 150 ns.
        RouteGrouping routes = custom.isEmpty()
                ? null
                : RouteGrouping.of(custom, grants, grant -> grant.pool().pool().subnet());
        Allocation[] allocations = new Allocation[grants.size()];
        int count = 0;
        for (int i = 0; count < allocations.length; i++) {
            DemandResolution demand = resolution.demands().get(i);
            for (int end = count + grantsFor(demand); count < end; count++) {
                List<Route> here =
                        routes == null ? List.of() : routes.byResult().get(count);
                allocations[count] = allocation(grants.get(count), demand, here, resolution);
            }
        }
        return new AllocationResult.Allocated(
                List.of(allocations), routes == null ? List.of() : routes.unmatched(), resolution);
    }

    private static int grantsFor(DemandResolution demand) {
        return demand instanceof DemandResolution.Held held ? held.holdings().size() : 1;
    }

    private static Allocation allocation(
            OwnedRecord grant, DemandResolution demand, List<Route> custom, Resolution resolution) {
        Pool pool = grant.pool().pool();
        return new Allocation(
                resolution.workload().owner(),
                demand.interfaceName(),
                pool.name(),
                grant.address(),
                pool.subnet().length(),
                pool.gateway(),
                joined(pool.routes(), custom),
                !demand.cleanGateway() && pool.gateway().isPresent(),
                grant.generation());
    }

    private static List<Route> joined(List<Route> own, List<Route> custom) {
        if (custom.isEmpty()) {
            return own;
        }
        List<Route> all = new ArrayList<>(own);
        all.addAll(custom);
        return all;
    }
}
