package io.ipam.subnet;

import static java.util.Objects.requireNonNull;

import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import io.ipam.pool.Application;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolBuilder;
import io.ipam.pool.PoolCatalog;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The plan of one application during its creation. Thread safety: none. */
final class PlanDraft {
    private final Application application;
    private final PoolCatalog from;
    private final HeldReader held;
    private final List<PoolStep> steps = new ArrayList<>();
    private PoolCatalog next;

    PlanDraft(Application application, PoolCatalog from, HeldReader held) {
        this.application = application;
        this.from = from;
        this.held = held;
        this.next = from;
    }

    /** The pools after the steps so far. */
    PoolCatalog catalog() {
        return next;
    }

    SubnetPlan finished() {
        boolean refused = steps.stream().anyMatch(PoolStep.Refuse.class::isInstance);
        return new SubnetPlan(from, refused ? from : next, steps);
    }

    /** Removes a pool, or adds a step that waits for its release. */
    void remove(Pool pool) {
        List<PoolStep.InUse> holders = held.of(pool);
        if (holders.isEmpty()) {
            next = next.without(pool.name());
            steps.add(new PoolStep.Remove(pool));
        } else {
            steps.add(new PoolStep.AwaitRelease(pool, holders));
        }
    }

    void refuse(SubnetDemand demand, Problem problem) {
        steps.add(new PoolStep.Refuse(demand, problem, BigInteger.ZERO, BigInteger.ZERO, List.of()));
    }

    /**
     * Creates a pool of the requested size. A pool of that name that was removed by force and is
     * still in use is restored.
     */
    void create(SubnetDemand demand, Subnet subnet) {
        String name = AutoPoolName.of(application, demand.interfaceName(), demand.family());
        BigInteger wanted = WantedSize.of(application, demand.size());
        AddressSet kept = held.detached(name).map(pool -> kept(pool, wanted)).orElse(AddressSet.empty(subnet.family()));
        BigInteger missing = wanted.subtract(capacity(kept)).max(BigInteger.ZERO);
        draw(demand, subnet, wanted, missing).ifPresent(drawn -> create(name, demand, subnet, kept.union(drawn)));
    }

    /**
     * The number of addresses that can be allocated. Reserved ones cannot, although a pool may list
     * them.
     */
    private BigInteger capacity(AddressSet addresses) {
        return withoutReserved(addresses).size();
    }

    private AddressSet withoutReserved(AddressSet addresses) {
        return addresses.minus(next.reserved(addresses.family()));
    }

    /** The addresses that a pool keeps at a requested size, at least those in use. */
    private AddressSet kept(Pool pool, BigInteger wanted) {
        BigInteger surplus = capacity(pool.addresses()).subtract(wanted);
        return surplus.signum() <= 0 ? pool.addresses() : pool.addresses().minus(surplusOf(pool, surplus));
    }

    private void create(String name, SubnetDemand demand, Subnet subnet, AddressSet addresses) {
        PoolBuilder builder = Pool.builder(name, subnet.prefix())
                .ips(addresses)
                .routes(subnet.routes())
                .labels(labels(demand, subnet))
                .affinity(ApplicationLabels.affinity(application));
        subnet.gateway().ifPresent(gateway -> builder.gateway(gateway));
        Pool pool = builder.build();
        next = next.with(pool);
        steps.add(new PoolStep.Create(pool));
    }

    /**
     * Grows or shrinks a pool to the requested size. A pool of an earlier uid is transferred to the
     * recreated application.
     */
    void resize(SubnetDemand demand, Subnet subnet, Pool pool) {
        BigInteger wanted = WantedSize.of(application, demand.size());
        BigInteger missing = wanted.subtract(capacity(pool.addresses()));
        if (missing.signum() > 0) {
            draw(demand, subnet, wanted, missing)
                    .ifPresent(
                            more -> replace(demand, subnet, pool, pool.listed().union(more), List.of()));
        } else {
            shrink(demand, subnet, pool, missing.negate());
        }
    }

    private void shrink(SubnetDemand demand, Subnet subnet, Pool pool, BigInteger surplus) {
        AddressSet given = surplusOf(pool, surplus);
        boolean enough = given.size().equals(surplus);
        replace(demand, subnet, pool, pool.listed().minus(given), enough ? List.of() : held.of(pool));
    }

    /** The highest addresses of a pool that are not in use, at most {@code surplus} of them. */
    private AddressSet surplusOf(Pool pool, BigInteger surplus) {
        AddressSet idle = withoutReserved(pool.addresses())
                .minus(AddressSet.of(
                        pool.family(),
                        held.of(pool).stream()
                                .map(PoolStep.InUse::address)
                                .map(AddressRange::of)
                                .toList()));
        return AddressDraw.highest(idle, surplus.min(idle.size()));
    }

    private void replace(
            SubnetDemand demand, Subnet subnet, Pool before, AddressSet listed, List<PoolStep.InUse> blockers) {
        boolean sameAddresses = listed.equals(before.listed());
        boolean sameLabels =
                before.labels().entrySet().containsAll(labels(demand, subnet).entrySet());
        if (sameAddresses && sameLabels) {
            steps.add(new PoolStep.Keep(before, blockers));
            return;
        }
        PoolBuilder builder = Pool.builder(before.name(), before.subnet())
                .ips(listed)
                .excludeIps(before.excludeIpTexts())
                .staticIps(before.staticAddresses().intersect(listed).texts())
                .drainingIps(before.drainingAddresses().minus(listed).texts())
                .routes(before.routes())
                .labels(before.labels())
                .labels(labels(demand, subnet))
                .affinity(before.affinity())
                .defaultPool(before.isDefault())
                .disabled(before.isDisabled());
        before.gateway().ifPresent(gateway -> builder.gateway(gateway));
        before.deletedAt().ifPresent(builder::terminating);
        Pool after = builder.build();
        next = next.with(after);
        steps.add(new PoolStep.Change(before, after, blockers));
    }

    private Map<String, String> labels(SubnetDemand demand, Subnet subnet) {
        return ApplicationLabels.of(application, subnet, demand.interfaceName(), demand.reclaim());
    }

    /** The lowest free addresses, or a refusal with the numbers. */
    private Optional<AddressSet> draw(SubnetDemand demand, Subnet subnet, BigInteger wanted, BigInteger count) {
        SubnetUsage usage = SubnetCatalog.usage(subnet, next, held.source());
        AddressSet available = subnet.isTerminating() ? AddressSet.empty(subnet.family()) : usage.free();
        if (available.size().compareTo(count) >= 0) {
            return Optional.of(AddressDraw.lowest(available, count));
        }
        Problem problem = Problem.of(
                ProblemType.FORBIDDEN,
                "",
                subnet.name(),
                subnet.isTerminating()
                        ? "a subnet that is being deleted provides no addresses"
                        : shortage(usage, wanted, count),
                "add addresses to subnet " + subnet.name() + ", or request fewer");
        steps.add(new PoolStep.Refuse(demand, problem, wanted, available.size(), usage.pools()));
        return Optional.empty();
    }

    private static String shortage(SubnetUsage usage, BigInteger wanted, BigInteger count) {
        return "the pool needs " + wanted + " addresses, " + count + " of them new, and the subnet has "
                + usage.freeCount() + " free; held by: " + holders(usage.pools())
                + (usage.reserved().isEmpty()
                        ? ""
                        : "; reserved: " + usage.reserved().size());
    }

    private static String holders(List<SubnetUsage.Share> pools) {
        return pools.isEmpty() ? "no pool" : ShortList.of(pools, PlanDraft::numbers, "; ");
    }

    private static String numbers(SubnetUsage.Share pool) {
        return pool.pool() + " " + pool.addresses().size();
    }

    /** The pool in a draft for one demand. */
    static Pool created(SubnetPlan plan) {
        return requireNonNull(((PoolStep.Create) plan.steps().get(0)).pool());
    }
}
