package io.ipam.resolution;

import io.ipam.address.Address;
import io.ipam.address.Prefix;
import io.ipam.allocation.Holding;
import io.ipam.pool.Pool;
import io.ipam.pool.Route;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The subnets that the allocations of a request may have, to find custom routes that fit none of
 * them. Cost: one pass over each list of pools, and a search in a sorted map for each route. The
 * subnets of a catalog are equal or disjoint.
 */
final class LostRoutes {
    private final RequestInputs inputs;
    private final TreeMap<Address, Prefix> subnets = new TreeMap<>();
    private boolean unknown;

    private LostRoutes(RequestInputs inputs) {
        this.inputs = inputs;
    }

    /** Adds a note for each custom route that fits no pool of the demands. */
    static void note(RequestInputs inputs, List<DemandResolution> demands, List<Note> notes) {
        List<Route> routes = inputs.selections().customRoutes();
        if (routes.isEmpty() || inputs.selections().isPartial()) {
            return;
        }
        LostRoutes lost = new LostRoutes(inputs);
        lost.addAll(demands);
        for (Route route : routes) {
            if (!lost.mayFit(route)) {
                notes.add(new Note.RouteWithoutInterface(route));
            }
        }
    }

    private void addAll(List<DemandResolution> demands) {
        Set<List<Pool>> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (DemandResolution demand : demands) {
            if (demand instanceof DemandResolution.Held held) {
                held.holdings().forEach(this::add);
            } else if (demand instanceof DemandResolution.PoolToCreate create) {
                add(create.plan().pool());
            } else if (seen.add(demand.pools())) {
                demand.pools().forEach(this::add);
            }
        }
    }

    private void add(Holding holding) {
        inputs.catalog().pool(holding.pool()).ifPresentOrElse(this::add, () -> unknown = true);
    }

    private void add(Pool pool) {
        subnets.put(pool.subnet().base(), pool.subnet());
    }

    private boolean mayFit(Route route) {
        Map.Entry<Address, Prefix> below = subnets.floorEntry(route.gateway());
        return unknown || (below != null && below.getValue().contains(route.gateway()));
    }
}
