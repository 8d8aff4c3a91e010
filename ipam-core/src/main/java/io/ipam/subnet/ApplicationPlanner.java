package io.ipam.subnet;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Family;
import io.ipam.pool.Application;
import io.ipam.pool.HeldAddresses;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plans the pools of applications that request addresses of a subnet. All methods are pure: a plan
 * is a value, and equal inputs lead to equal plans. A pool gets the lowest addresses of its subnet
 * that are in no pool and not reserved. When it shrinks, it returns its highest addresses that are
 * not in use. A pool that was removed by force keeps its addresses while it is in use: no other
 * pool gets them.
 *
 * <p>Cost: O(pools of the family) per interface and family. The pools for a pod cost the same,
 * unless the pool is found by name. Thread safety: immutable.
 */
public final class ApplicationPlanner implements SubnetPlanner {
    private final SubnetCatalog subnets;

    private ApplicationPlanner(SubnetCatalog subnets) {
        this.subnets = subnets;
    }

    /**
     * {@return a planner over these subnets}
     *
     * @param subnets the subnets
     */
    public static ApplicationPlanner of(SubnetCatalog subnets) {
        return new ApplicationPlanner(requireNonNull(subnets, "subnets"));
    }

    /** {@return the subnets} */
    public SubnetCatalog subnets() {
        return subnets;
    }

    /**
     * Plans the pool for a pod, without addresses in use. The result is the pool of the pod's
     * application if it exists, at any size. Otherwise it is the pool to create, or the reason for
     * a refusal.
     *
     * @param demand the demand of one interface and family of the pod
     * @param catalog the pools
     */
    @Override
    public SubnetAnswer plan(SubnetDemand demand, PoolCatalog catalog) {
        requireNonNull(demand, "demand");
        requireNonNull(catalog, "catalog");
        return plan(demand, catalog, HeldAddresses.none());
    }

    /**
     * Plans the pool for a pod. A pool that was removed by force and is still in use keeps all its
     * addresses. Only a new pool with its name gets them.
     *
     * @param demand the demand of one interface and family of the pod
     * @param catalog the pools
     * @param inUse the addresses in use
     */
    @Override
    public SubnetAnswer plan(SubnetDemand demand, PoolCatalog catalog, HeldAddresses inUse) {
        requireNonNull(inUse, "inUse");
        requireNonNull(demand, "demand");
        requireNonNull(catalog, "catalog");
        HeldReader held = new HeldReader(inUse);
        Optional<Problem> problem = problem(demand, catalog, held);
        if (problem.isPresent()) {
            return new SubnetAnswer.Refused(problem.get());
        }
        Application application = demand.application().orElseThrow();
        Subnet subnet = subnets.subnet(demand.subnets().get(0)).orElseThrow();
        Optional<Pool> existing = current(demand, subnet, catalog);
        if (existing.isPresent()) {
            return new SubnetAnswer.Existing(List.of(existing.get().name()));
        }
        PlanDraft draft = new PlanDraft(application, catalog, held);
        draft.create(demand, subnet);
        SubnetPlan plan = draft.finished();
        return plan.isRefused()
                ? new SubnetAnswer.Refused(plan.problems().get(0))
                : new SubnetAnswer.ToCreate(new PoolPlan(subnet.name(), PlanDraft.created(plan)));
    }

    /**
     * Plans the pools of an application that was created, scaled, recreated, or annotated. Empty
     * pools of earlier uids that it does not reuse are removed. For the others the plan lists the
     * holders. If one demand cannot be met, the plan changes nothing.
     *
     * @param application the application
     * @param selection the subnets that it names
     * @param catalog the pools
     * @param inUse the addresses in use
     */
    public SubnetPlan plan(
            Application application, SubnetSelection selection, PoolCatalog catalog, HeldAddresses inUse) {
        requireNonNull(selection, "selection");
        requireNonNull(inUse, "inUse");
        requireNonNull(catalog, "catalog");
        requireNonNull(application, "application");
        HeldReader held = new HeldReader(inUse);
        PlanDraft draft = new PlanDraft(application, catalog, held);
        List<SubnetDemand> demands = demands(application, selection);
        List<Pool> leftovers = earlierLives(application, catalog);
        for (SubnetDemand demand : demands) {
            subnets.subnet(demand.subnets().get(0))
                    .flatMap(subnet -> current(demand, subnet, catalog))
                    .ifPresent(leftovers::remove);
        }
        leftovers.forEach(draft::remove);
        demands.forEach(demand -> plan(demand, draft, held));
        return draft.finished();
    }

    /**
     * Plans the removal of the pools of a deleted application. Each pool that must be reclaimed is
     * removed when it is empty.
     *
     * @param application the application; its uid and replicas are ignored
     * @param catalog the pools
     * @param inUse the addresses in use
     */
    public SubnetPlan retire(Application application, PoolCatalog catalog, HeldAddresses inUse) {
        requireNonNull(inUse, "inUse");
        requireNonNull(catalog, "catalog");
        requireNonNull(application, "application");
        PlanDraft draft = new PlanDraft(application, catalog, new HeldReader(inUse));
        catalog.pools().stream()
                .filter(pool -> ApplicationLabels.isOf(application, pool) && ApplicationLabels.isReclaimed(pool))
                .forEach(draft::remove);
        return draft.finished();
    }

    private void plan(SubnetDemand demand, PlanDraft draft, HeldReader held) {
        PoolCatalog catalog = draft.catalog();
        Optional<Problem> problem = problem(demand, catalog, held);
        if (problem.isPresent()) {
            draft.refuse(demand, problem.get());
            return;
        }
        Subnet subnet = subnets.subnet(demand.subnets().get(0)).orElseThrow();
        Optional<Pool> existing = current(demand, subnet, catalog);
        if (existing.isPresent()) {
            draft.resize(demand, subnet, existing.get());
        } else {
            draft.create(demand, subnet);
        }
    }

    private static List<SubnetDemand> demands(Application application, SubnetSelection selection) {
        List<SubnetDemand> demands = new ArrayList<>();
        for (SubnetSelection.Item item : selection.items()) {
            for (Map.Entry<Family, List<String>> entry : item.subnets().entrySet()) {
                demands.add(new SubnetDemand(
                        Optional.of(application),
                        item.interfaceName(),
                        entry.getKey(),
                        entry.getValue(),
                        selection.size(),
                        selection.reclaim()));
            }
        }
        return demands;
    }

    /** The pools of the application under other uids that must be reclaimed. */
    private static List<Pool> earlierLives(Application application, PoolCatalog catalog) {
        List<Pool> pools = new ArrayList<>();
        for (Pool pool : catalog.pools()) {
            if (ApplicationLabels.isOf(application, pool)
                    && !ApplicationLabels.hasUidOf(application, pool)
                    && ApplicationLabels.isReclaimed(pool)) {
                pools.add(pool);
            }
        }
        return pools;
    }

    /**
     * The pool under the current uid. If pools are not reclaimed, a pool of an earlier uid also
     * qualifies, the first by name.
     */
    private static Optional<Pool> current(SubnetDemand demand, Subnet subnet, PoolCatalog catalog) {
        Application application = demand.application().orElseThrow();
        Optional<Pool> named = catalog.pool(AutoPoolName.of(application, demand.interfaceName(), demand.family()))
                .filter(pool -> serves(demand, subnet, pool) && ApplicationLabels.hasUidOf(application, pool));
        if (named.isPresent()) {
            return named;
        }
        List<Pool> lives = catalog.pools(demand.family()).stream()
                .filter(pool -> serves(demand, subnet, pool))
                .toList();
        return lives.stream()
                .filter(pool -> ApplicationLabels.hasUidOf(application, pool))
                .findFirst()
                .or(() -> demand.reclaim() ? Optional.empty() : lives.stream().findFirst());
    }

    private static boolean serves(SubnetDemand demand, Subnet subnet, Pool pool) {
        return subnet.controls(pool)
                && ApplicationLabels.isOf(demand.application().orElseThrow(), pool)
                && ApplicationLabels.isOfInterface(demand.interfaceName(), pool);
    }

    private Optional<Problem> problem(SubnetDemand demand, PoolCatalog catalog, HeldReader held) {
        String name = demand.subnets().get(0);
        Optional<Subnet> subnet = subnets.subnet(name);
        if (demand.application().isEmpty()) {
            return Optional.of(Problem.of(
                    ProblemType.REQUIRED,
                    "",
                    name,
                    "a pod that names a subnet must belong to an application",
                    "specify the application"));
        }
        if (subnet.isEmpty()) {
            return Optional.of(Problem.of(ProblemType.INVALID, "", name, "the subnet does not exist", ""));
        }
        if (subnet.get().family() != demand.family()) {
            return Optional.of(Problem.of(
                    ProblemType.INVALID,
                    "",
                    name,
                    "the subnet is " + subnet.get().family().label(),
                    "name it for " + subnet.get().family().label()));
        }
        Application application = demand.application().get();
        return WantedSize.problem(application, demand.size())
                .or(() -> nameTaken(demand, subnet.get(), application, catalog, held));
    }

    /**
     * The name contains five characters of the uid and no namespace, so another pool can have it.
     */
    private static Optional<Problem> nameTaken(
            SubnetDemand demand, Subnet subnet, Application application, PoolCatalog catalog, HeldReader held) {
        String name = AutoPoolName.of(application, demand.interfaceName(), demand.family());
        return catalog.pool(name)
                .filter(pool -> !serves(demand, subnet, pool) || !held.of(pool).isEmpty())
                .or(() -> held.detached(name).filter(pool -> !serves(demand, subnet, pool)))
                .filter(pool -> current(demand, subnet, catalog).isEmpty())
                .map(pool -> Problem.of(
                        ProblemType.DUPLICATE,
                        "",
                        name,
                        "the name of the new pool is that of a pool in " + pool.subnet()
                                + (ApplicationLabels.applicationOf(pool).isEmpty()
                                        ? ""
                                        : " of application " + ApplicationLabels.applicationOf(pool)),
                        "remove that pool once it is empty"));
    }
}
