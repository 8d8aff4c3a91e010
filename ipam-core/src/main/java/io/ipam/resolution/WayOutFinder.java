package io.ipam.resolution;

import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the pools that are nearest to serving a demand. First the named ones with a single obstacle that can be removed, then
 * pools that nobody named and that would serve as they are, then named ones with more obstacles. A pool of the other family,
 * of another application or being deleted is no way out.
 *
 * <p>Thread safety: immutable.
 */
final class WayOutFinder {
    /** The most ways for one demand. */
    static final int LIMIT = 3;

    private final Workload workload;
    private final PoolSelections selections;
    private final PoolCatalog catalog;
    private final ResolverSettings settings;

    WayOutFinder(Workload workload, PoolSelections selections, PoolCatalog catalog, ResolverSettings settings) {
        this.workload = workload;
        this.selections = selections;
        this.catalog = catalog;
        this.settings = settings;
    }

    List<WayOut> find(List<DemandResolution> demands) {
        List<WayOut> ways = new ArrayList<>();
        for (DemandResolution demand : demands) {
            if (demand instanceof DemandResolution.Unserved unserved && unserved.source() != Source.SUBNET) {
                ways.addAll(find(unserved));
            }
        }
        return List.copyOf(ways);
    }

    private List<WayOut> find(DemandResolution.Unserved demand) {
        PoolChecks checks =
                PoolChecks.of(workload, request(demand), demand.family(), catalog, settings, CustomRules.NONE);
        List<WayOut> ways = new ArrayList<>();
        Set<String> named = new HashSet<>();
        for (Rejection rejection : demand.rejections()) {
            named.add(rejection.pool());
            List<Rejection> obstacles = obstacles(rejection, checks);
            if (obstacles.stream().noneMatch(WayOutFinder::isFinal)) {
                ways.add(way(demand, rejection.pool(), true, obstacles));
            }
        }
        addUnnamed(demand, named, checks, ways);
        ways.sort(Comparator.comparingInt(WayOutFinder::effort));
        return ways.subList(0, Math.min(LIMIT, ways.size()));
    }

    private void addUnnamed(DemandResolution.Unserved demand, Set<String> named, PoolChecks checks, List<WayOut> ways) {
        int found = 0;
        for (Pool pool : catalog.pools(demand.family())) {
            if (found == LIMIT) {
                return;
            }
            if (!named.contains(pool.name()) && checks.first(pool) == null) {
                ways.add(way(demand, pool.name(), false, List.of()));
                found++;
            }
        }
    }

    /**
     * Two a step; a pool to be named is half a step more than a single change, a pool to be created the longest way.
     */
    private static int effort(WayOut way) {
        if (!way.named()) {
            return 3;
        }
        boolean create = way.obstacles().get(0) instanceof Rejection.UnknownPool;
        return 2 * way.obstacles().size() + (create ? 2 : 0);
    }

    private List<Rejection> obstacles(Rejection rejection, PoolChecks checks) {
        List<Rejection> own = catalog.pool(rejection.pool()).map(checks::all).orElse(List.of());
        return own.isEmpty() ? List.of(rejection) : own;
    }

    private static boolean isFinal(Rejection rejection) {
        return rejection instanceof Rejection.WrongFamily
                || rejection instanceof Rejection.Terminating
                || rejection instanceof Rejection.ApplicationMismatch;
    }

    private static WayOut way(DemandResolution demand, String pool, boolean named, List<Rejection> obstacles) {
        return new WayOut(demand.interfaceName(), demand.family(), pool, named, obstacles);
    }

    private InterfaceRequest request(DemandResolution demand) {
        for (InterfaceRequest request : selections.interfaces()) {
            if (request.name().equals(demand.interfaceName())) {
                return request;
            }
        }
        throw new IllegalStateException("no interface " + demand.interfaceName() + " in " + selections.interfaces());
    }
}
