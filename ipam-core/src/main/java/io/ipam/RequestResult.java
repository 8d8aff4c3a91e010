package io.ipam;

import io.ipam.address.Prefix;
import io.ipam.allocation.Allocation;
import io.ipam.allocation.Holding;
import io.ipam.allocation.PoolUsage;
import io.ipam.allocation.RefusalReason;
import io.ipam.engine.decision.GrantOutcome;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.Route;
import io.ipam.resolution.DemandResolution;
import io.ipam.resolution.Note;
import io.ipam.resolution.Resolution;
import io.ipam.resolution.RouteGrouping;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the result of a request from its resolution and the outcome of its decision. */
final class RequestResult {
    /**
     * The maximum number of pools, and of addresses, in the message of a refusal; {@code
     * candidates} has all pools.
     */
    private static final int SHOWN = 10;

    private RequestResult() {}

    /** The refusal of a resolution that no free address can serve; null if it may be served. */
    static AllocationResult.@Nullable Refused refusalOf(Resolution resolution) {
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
                    + countsOf(exhausted.candidates())
                    + (resolution.demands().size() > 1 ? ", after the other demands of the request" : "");
            return new AllocationResult.Refused(RefusalReason.EXHAUSTED, message, exhausted.candidates(), resolution);
        }
        if (outcome instanceof GrantOutcome.Conflict conflict) {
            String message = label(resolution, conflict.demand()) + ": cannot allocate " + conflict.address() + ": "
                    + conflict.reason();
            return refused(RefusalReason.CONFLICT, message, resolution);
        }
        if (outcome instanceof GrantOutcome.OwnerConflict conflict) {
            return refused(RefusalReason.OWNER_CONFLICT, message(conflict, resolution.owner()), resolution);
        }
        throw new IllegalStateException("unexpected outcome: " + outcome);
    }

    /** An owner is served as one kind only if it holds nothing as the other kind. */
    private static String message(GrantOutcome.OwnerConflict conflict, Owner owner) {
        String requested = owner.stateful() ? "stateful" : "stateless";
        String holding = owner.stateful() ? "stateless" : "stateful";
        return owner + " is requested as a " + requested + " owner, but holds " + listed(conflict.held()) + " as a "
                + holding + " one: " + (conflict.split() ? "" : "request it as " + holding + ", or ") + "release the "
                + holding + " owner first";
    }

    private static String listed(List<Holding> holdings) {
        String shown = holdings.stream().limit(SHOWN).map(Holding::toString).collect(Collectors.joining(", "));
        return holdings.size() <= SHOWN ? shown : shown + " and " + (holdings.size() - SHOWN) + " more";
    }

    private static AllocationResult.Refused refused(RefusalReason reason, String message, Resolution resolution) {
        return new AllocationResult.Refused(reason, message, List.of(), resolution);
    }

    private static String poolsToCreate(Resolution resolution) {
        List<String> commands = new ArrayList<>();
        for (DemandResolution demand : resolution.demands()) {
            if (demand instanceof DemandResolution.PoolToCreate create) {
                commands.add(
                        demand.label() + ": create pool " + create.plan().pool().name());
            }
        }
        return String.join(", ", commands) + " and retry";
    }

    private static String label(Resolution resolution, int demand) {
        return resolution.demands().get(demand).label();
    }

    private static String countsOf(List<PoolUsage> candidates) {
        String shown =
                candidates.stream().limit(SHOWN).map(RequestResult::countsOf).collect(Collectors.joining(", "));
        return candidates.size() <= SHOWN ? shown : shown + " and " + (candidates.size() - SHOWN) + " more pools";
    }

    private static String countsOf(PoolUsage usage) {
        return usage.pool() + " (" + usage.held() + " held, " + usage.cooling() + " cooling, " + usage.reserved()
                + " reserved of " + usage.total() + ")";
    }

    private static AllocationResult allocated(GrantOutcome.Granted granted, Resolution resolution) {
        List<GrantOutcome.Grant> grants = granted.grants();
        List<DemandResolution> demands = demands(resolution, grants.size());
        List<Route> custom = resolution.selections().customRoutes();
        if (custom.isEmpty() && grants.size() == resolution.demands().size()) {
            return allocatedWithRoutesOfPools(grants, demands, resolution);
        }
        RouteGrouping grouping =
                RouteGrouping.of(custom, grants, grant -> grant.pool().subnet());
        List<InterfaceRoutes.Part> parts = new ArrayList<>(grants.size());
        for (int i = 0; i < grants.size(); i++) {
            parts.add(part(
                    demands.get(i), grants.get(i).pool(), grouping.byResult().get(i)));
        }
        List<Note> notes = new ArrayList<>(resolution.notes());
        List<InterfaceRoutes.Merged> routes = InterfaceRoutes.merge(parts, notes);
        List<Allocation> allocations = new ArrayList<>(grants.size());
        for (int i = 0; i < grants.size(); i++) {
            InterfaceRoutes.Merged here = routes.get(i);
            allocations.add(allocation(grants.get(i), demands.get(i), here.routes(), here.defaultRoute(), resolution));
        }
        return new AllocationResult.Allocated(allocations, grouping.unmatched(), notes, resolution);
    }

    /** Without custom routes, and with one address for each demand, no destination occurs twice. */
    private static AllocationResult allocatedWithRoutesOfPools(
            List<GrantOutcome.Grant> grants, List<DemandResolution> demands, Resolution resolution) {
        List<Allocation> allocations = new ArrayList<>(grants.size());
        for (int i = 0; i < grants.size(); i++) {
            Pool pool = grants.get(i).pool();
            boolean defaultRoute = hasDefaultRoute(demands.get(i), pool);
            allocations.add(allocation(grants.get(i), demands.get(i), pool.routes(), defaultRoute, resolution));
        }
        return new AllocationResult.Allocated(allocations, List.of(), resolution.notes(), resolution);
    }

    /** The demand of each grant: a demand that keeps several addresses has several grants. */
    private static List<DemandResolution> demands(Resolution resolution, int grants) {
        if (grants == resolution.demands().size()) {
            return resolution.demands();
        }
        List<DemandResolution> demands = new ArrayList<>(grants);
        for (DemandResolution demand : resolution.demands()) {
            demands.addAll(Collections.nCopies(Math.max(1, demand.kept().size()), demand));
        }
        return demands;
    }

    private static boolean hasDefaultRoute(DemandResolution demand, Pool pool) {
        return !demand.cleanGateway() && pool.gateway().isPresent();
    }

    private static InterfaceRoutes.Part part(DemandResolution demand, Pool pool, List<Route> custom) {
        Optional<Route> ofGateway = hasDefaultRoute(demand, pool)
                ? pool.gateway().map(gateway -> new Route(Prefix.masked(gateway, 0), gateway))
                : Optional.empty();
        return new InterfaceRoutes.Part(demand.interfaceName(), pool.name(), pool.routes(), custom, ofGateway);
    }

    private static Allocation allocation(
            GrantOutcome.Grant grant,
            DemandResolution demand,
            List<Route> routes,
            boolean defaultRoute,
            Resolution resolution) {
        Pool pool = grant.pool();
        return new Allocation(
                resolution.owner(),
                demand.interfaceName(),
                pool.name(),
                grant.address(),
                pool.subnet().length(),
                pool.gateway(),
                routes,
                defaultRoute,
                grant.generation());
    }
}
