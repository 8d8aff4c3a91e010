package io.ipam.resolution;

import io.ipam.address.Address;
import io.ipam.pool.Pool;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the pools that are nearest to serving a demand. The order is: named pools with one
 * obstacle, pools that must only be named, named pools with more obstacles. Pools without a free
 * address are last. A pool of the other family, of another application, or without an address of
 * the master interface is never a remedy. Neither is a pool that is being deleted, or that lacks
 * the required address.
 *
 * <p>Cost: of the first 8 demands without a pool each checks the first 100 pools named and every
 * pool of the family. Thread safety: immutable.
 */
final class RemedyFinder {
    /** The maximum number of remedies for one demand. */
    static final int LIMIT = 3;

    private static final int DEMANDS = 8;
    private static final int NAMED = 100;

    private final RequestInputs inputs;
    private final List<DemandResolution> demands;
    private final FreeAddresses free;

    RemedyFinder(RequestInputs inputs, List<DemandResolution> demands) {
        this.inputs = inputs;
        this.demands = demands;
        this.free = new FreeAddresses(inputs, demands);
    }

    /** The remedies by demand, nearest first. */
    List<Remedy> find() {
        return demands.stream()
                .filter(demand -> demand instanceof DemandResolution.Unserved && demand.source() != Source.SUBNET)
                .limit(DEMANDS)
                .flatMap(demand -> find(demand).stream())
                .toList();
    }

    private List<Remedy> find(DemandResolution demand) {
        PoolChecks checks = new PoolChecks(inputs, demand.family());
        InterfaceRequest request = request(demand);
        PoolNetworks networks = PoolNetworks.of(request, inputs);
        List<Remedy> remedies = new ArrayList<>();
        demand.rejections().stream()
                .limit(NAMED)
                .forEach(rejection -> addNamed(demand, rejection, obstacles(rejection, checks, networks), remedies));
        Set<String> unranked = unranked(demand);
        CustomRules custom = CustomRules.of(inputs, request, demand.source());
        remedies.addAll(unnamed(
                demand,
                pool -> !unranked.contains(pool.name())
                        && checks.isPassed(pool, networks)
                        && custom.refuse(pool) == null));
        remedies.sort(Comparator.comparing(Remedy::exhausted).thenComparing(RemedyFinder::effort));
        return remedies.subList(0, Math.min(LIMIT, remedies.size()));
    }

    /**
     * The named pools that pass the checks but were rejected, because the order of the caller
     * failed on them.
     */
    private Set<String> unranked(DemandResolution demand) {
        return inputs.settings().order().isEmpty()
                ? Set.of()
                : demand.rejections().stream()
                        .filter(Rejection.CustomOrder.class::isInstance)
                        .map(Rejection::pool)
                        .collect(Collectors.toSet());
    }

    /** The first pools that pass; pools without a free address only if too few others pass. */
    private List<Remedy> unnamed(DemandResolution demand, Predicate<Pool> passes) {
        List<Remedy> ready = new ArrayList<>();
        List<Remedy> waiting = new ArrayList<>();
        for (Pool pool : inputs.catalog().pools(demand.family())) {
            if (ready.size() == LIMIT) {
                return ready;
            }
            Remedy remedy = passes.test(pool) ? remedy(demand, pool, false, List.of()) : null;
            if (remedy != null && !remedy.exhausted()) {
                ready.add(remedy);
            } else if (remedy != null && waiting.size() < LIMIT) {
                waiting.add(remedy);
            }
        }
        ready.addAll(waiting);
        return ready;
    }

    private void addNamed(
            DemandResolution demand, Rejection rejection, List<Rejection> obstacles, List<Remedy> remedies) {
        if (obstacles.stream().anyMatch(RemedyFinder::isFinal)) {
            return;
        }
        Pool pool = inputs.catalog().pool(rejection.pool()).orElse(null);
        if (pool == null) {
            remedies.add(new Remedy(
                    demand.interfaceName(), demand.family(), rejection.pool(), true, obstacles, given(demand), false));
        } else {
            Remedy remedy = remedy(demand, pool, true, obstacles);
            if (remedy != null) {
                remedies.add(remedy);
            }
        }
    }

    /**
     * The remedy for an existing pool; null if the pool does not have the address that the demand
     * requires.
     */
    private @Nullable Remedy remedy(DemandResolution demand, Pool pool, boolean named, List<Rejection> obstacles) {
        Optional<Address> given = given(demand);
        if (given.isPresent() && !inputs.catalog().usable(pool).contains(given.get())) {
            return null;
        }
        boolean exhausted = obstacles.stream().noneMatch(Rejection.NoUsableAddress.class::isInstance)
                && given.map(address -> !free.isFree(pool, address))
                        .orElseGet(() -> !free.suffice(pool, demand.family()));
        return new Remedy(demand.interfaceName(), demand.family(), pool.name(), named, obstacles, given, exhausted);
    }

    private Optional<Address> given(DemandResolution demand) {
        return GivenAddressCheck.required(inputs.selections(), demand.interfaceName(), demand.family());
    }

    /**
     * The effort in half steps. Naming a pool costs half a step more than one change, and creating
     * one costs two steps.
     */
    private static int effort(Remedy remedy) {
        if (!remedy.named()) {
            return 3;
        }
        boolean create = remedy.obstacles().get(0) instanceof Rejection.UnknownPool unknown
                && unknown.nearest().isEmpty();
        return 2 * remedy.obstacles().size() + (create ? 2 : 0);
    }

    private List<Rejection> obstacles(Rejection rejection, PoolChecks checks, PoolNetworks networks) {
        List<Rejection> own = inputs.catalog()
                .pool(rejection.pool())
                .map(pool -> checks.all(pool, networks))
                .orElse(List.of());
        return own.isEmpty() ? List.of(rejection) : own;
    }

    private static boolean isFinal(Rejection rejection) {
        return rejection instanceof Rejection.WrongFamily
                || rejection instanceof Rejection.Terminating
                || rejection instanceof Rejection.MasterSubnetMismatch
                || rejection instanceof Rejection.ApplicationMismatch;
    }

    private InterfaceRequest request(DemandResolution demand) {
        for (InterfaceRequest request : inputs.selections().interfaces()) {
            if (request.name().equals(demand.interfaceName())) {
                return request;
            }
        }
        throw new IllegalStateException("no interface " + demand.interfaceName() + " in "
                + inputs.selections().interfaces());
    }
}
