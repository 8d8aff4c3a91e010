package io.ipam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.allocation.UpdateResult;
import io.ipam.owner.Owner;
import io.ipam.pool.Application;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.DemandResolution;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Workload;
import io.ipam.subnet.ApplicationPlanner;
import io.ipam.subnet.PoolSize;
import io.ipam.subnet.PoolStep;
import io.ipam.subnet.Subnet;
import io.ipam.subnet.SubnetCatalog;
import io.ipam.subnet.SubnetPlan;
import io.ipam.subnet.SubnetSelection;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Applications that concurrently request addresses of one subnet, through the engine. */
class SubnetRaceTest {
    private static final Family V4 = Family.ofNumber(4).orElseThrow();
    private static final Subnet BLUE =
            Subnet.builder("blue", "10.6.0.0/16").ips("10.6.0.10-10.6.0.109").build();
    private static final SubnetSelection THREE_OF_BLUE = new SubnetSelection(
            List.of(new SubnetSelection.Item("eth0", Map.of(V4, List.of("blue")))), false, PoolSize.fixed(3), true);
    private static final int THREADS = 4;
    private static final int APPLICATIONS = 12;

    private final ApplicationPlanner planner = ApplicationPlanner.of(SubnetCatalog.of(BLUE));
    private final Ipam ipam = Ipam.of(PoolCatalog.EMPTY, IpamSettings.defaults().withSubnetPlanner(planner));

    private static Application application(int thread, int number) {
        return new Application("apps/v1", "Deployment", "shop", "app-" + thread + "-" + number, "uid", 1);
    }

    private SubnetPlan plan(Application application) {
        return planner.plan(application, THREE_OF_BLUE, ipam.catalog(), ipam.heldAddresses());
    }

    /** Plans until a plan is accepted. */
    private SubnetPlan make(Application application) {
        while (true) {
            SubnetPlan plan = plan(application);
            if (plan.isRefused() || ipam.update(plan.from(), plan.next()) instanceof UpdateResult.Updated) {
                return plan;
            }
        }
    }

    @Test
    void update_concurrentPlans_poolsAreDisjoint() throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<List<SubnetPlan>>> results = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int thread = t;
            results.add(threads.submit(() -> {
                start.await();
                List<SubnetPlan> plans = new ArrayList<>();
                for (int i = 0; i < APPLICATIONS; i++) {
                    plans.add(make(application(thread, i)));
                }
                return plans;
            }));
        }
        int made = 0;
        for (Future<List<SubnetPlan>> result : results) {
            for (SubnetPlan plan : result.get()) {
                made += plan.isRefused() ? 0 : 1;
            }
        }
        threads.shutdown();
        assertEquals(33, made, "100 addresses in threes; refused plans: " + (THREADS * APPLICATIONS - made));
        AddressSet all = AddressSet.empty(V4);
        for (Pool pool : ipam.catalog().pools()) {
            assertTrue(!all.overlaps(pool.addresses()), pool::toString);
            all = all.union(pool.addresses());
        }
        assertEquals(BigInteger.valueOf(99), all.size());
        assertTrue(BLUE.addresses().containsAll(all));
    }

    /**
     * Of two plans for one catalog, the second is rejected; the next plan includes the other's
     * pool.
     */
    @Test
    void update_planOfOtherCatalog_isRejected() {
        SubnetPlan first = plan(application(0, 0));
        SubnetPlan second = plan(application(1, 0));
        assertInstanceOf(UpdateResult.Updated.class, ipam.update(first.from(), first.next()));
        assertInstanceOf(UpdateResult.Outdated.class, ipam.update(second.from(), second.next()));
        PoolStep.Create again =
                (PoolStep.Create) plan(application(1, 0)).steps().get(0);
        assertEquals(List.of("10.6.0.13-10.6.0.15"), again.pool().addresses().texts());
    }

    /**
     * An address that is allocated between the plan and its application keeps the pool unchanged.
     */
    @Test
    void update_addressAllocatedAfterPlan_blocksShrinking() {
        Application application = application(0, 0);
        make(application);
        SubnetSelection one = new SubnetSelection(THREE_OF_BLUE.items(), false, PoolSize.fixed(0), true);
        SubnetPlan shrink = planner.plan(application, one, ipam.catalog(), ipam.heldAddresses());
        Workload pod = pod(application, "u1");
        ipam.allocate(pod, selections()).orElseThrow();
        assertInstanceOf(UpdateResult.Blocked.class, ipam.update(shrink.from(), shrink.next()));
        PoolStep.Change change = (PoolStep.Change) planner.plan(application, one, ipam.catalog(), ipam.heldAddresses())
                .steps()
                .get(0);
        assertEquals(
                List.of("10.6.0.10 (" + pod.owner() + ")"),
                change.blockers().stream().map(PoolStep.InUse::toString).toList());
    }

    private Pool removeByForce(Application application) {
        make(application);
        ipam.allocate(pod(application, "u1"), selections()).orElseThrow();
        Pool pool = ipam.catalog().pools().get(0);
        ipam.updateByForce(ipam.catalog(), ipam.catalog().without(pool.name()));
        return pool;
    }

    /** Addresses that a removed pool still holds are not planned for another one. */
    @Test
    void plan_poolRemovedByForce_keepsAddressesInUse() {
        removeByForce(application(0, 0));
        SubnetPlan other = plan(application(1, 0));
        assertEquals(
                List.of("create pool auto4-app-1-0-eth0-uid with [10.6.0.13-10.6.0.15]\n"), List.of(other.explain()));
        assertInstanceOf(UpdateResult.Updated.class, ipam.update(other.from(), other.next()));
        SubnetSelection all = new SubnetSelection(THREE_OF_BLUE.items(), false, PoolSize.fixed(98), true);
        SubnetPlan grown = planner.plan(application(1, 0), all, ipam.catalog(), ipam.heldAddresses());
        assertTrue(grown.isRefused());
        assertTrue(grown.explain().contains("auto4-app-0-0-eth0-uid 3"), grown.explain());
    }

    @Test
    void plan_pod_namesPoolThatCanBeCreated() {
        removeByForce(application(0, 0));
        AllocationResult refused = ipam.allocate(pod(application(1, 0), "u2"), selections());
        DemandResolution.PoolToCreate create = assertInstanceOf(
                DemandResolution.PoolToCreate.class,
                refused.resolution().demands().get(0));
        assertInstanceOf(
                UpdateResult.Updated.class,
                ipam.update(ipam.catalog(), ipam.catalog().with(create.plan().pool())));
    }

    @Test
    void plan_poolRemovedByForce_isRestoredWithItsAddresses() {
        Application application = application(0, 0);
        Pool pool = removeByForce(application);
        assertEquals(
                "create pool " + pool.name() + " with [10.6.0.10-10.6.0.12]\n",
                plan(application).explain());
        SubnetSelection none = new SubnetSelection(THREE_OF_BLUE.items(), false, PoolSize.fixed(0), true);
        SubnetPlan back = planner.plan(application, none, ipam.catalog(), ipam.heldAddresses());
        assertEquals("create pool " + pool.name() + " with [10.6.0.10]\n", back.explain());
        assertInstanceOf(UpdateResult.Updated.class, ipam.update(back.from(), back.next()));
        assertEquals(1, ipam.usage(pool.name()).orElseThrow().held());
        Application namesake = new Application("apps/v1", "Deployment", "other", application.name(), "uid", 1);
        ipam.updateByForce(ipam.catalog(), PoolCatalog.EMPTY);
        assertTrue(plan(namesake).isRefused());
    }

    @Test
    void resolve_podWithoutPool_namesPoolToCreate() {
        Application application = application(0, 0);
        Workload pod = pod(application, "u1");
        AllocationResult refused = ipam.allocate(pod, selections());
        DemandResolution.PoolToCreate toCreate = assertInstanceOf(
                DemandResolution.PoolToCreate.class,
                refused.resolution().demands().get(0));
        assertEquals("auto4-app-0-0-eth0-uid", toCreate.plan().pool().name());
        make(application);
        assertEquals(1, ipam.allocate(pod, selections()).orElseThrow().size());
        AllocationResult stranger = ipam.allocate(pod(application(1, 1), "u2"), selections());
        assertTrue(!stranger.isAllocated());
    }

    private static Workload pod(Application application, String uid) {
        return Workload.builder(Owner.stateless(application.namespace(), application.name() + "-0", uid))
                .application(application)
                .build();
    }

    private static PoolSelections selections() {
        return PoolSelections.none().withSubnet(THREE_OF_BLUE);
    }
}
