package io.ipam.subnet;

import static io.ipam.fixture.Pools.pool;
import static io.ipam.subnet.Shop.BLUE;
import static io.ipam.subnet.Shop.PLANNER;
import static io.ipam.subnet.Shop.V4;
import static io.ipam.subnet.Shop.after;
import static io.ipam.subnet.Shop.blue;
import static io.ipam.subnet.Shop.cart;
import static io.ipam.subnet.Shop.held;
import static io.ipam.subnet.Shop.heldBesides;
import static io.ipam.subnet.Shop.item;
import static io.ipam.subnet.Shop.names;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.pool.Application;
import io.ipam.pool.HeldAddresses;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The pools of an application over its uids, and the pools that a plan keeps unchanged. */
class ApplicationLivesTest {
    private static final PoolSize TWO = PoolSize.fixed(2);

    /** The pool of cart's first uid. */
    private static PoolCatalog first(boolean reclaim) {
        return after(PLANNER.plan(cart("u1", 1), blue(TWO, reclaim), PoolCatalog.EMPTY, HeldAddresses.none()));
    }

    private static SubnetPlan plan(Application application, boolean reclaim, PoolCatalog catalog, HeldAddresses inUse) {
        return PLANNER.plan(application, blue(TWO, reclaim), catalog, inUse);
    }

    private static String uidOf(PoolCatalog catalog, String pool) {
        return catalog.pool(pool).orElseThrow().labels().get("ipam.spidernet.io/owner-application-uid");
    }

    @Test
    void plan_severalInterfaces_haveSeparatePools() {
        SubnetSelection both = new SubnetSelection(List.of(item("eth0"), item("net1")), true, TWO, true);
        SubnetPlan plan = PLANNER.plan(cart("u1", 1), both, first(true), HeldAddresses.none());
        assertEquals(List.of("auto4-cart-eth0-u1", "auto4-cart-net1-u1"), names(after(plan)));
        assertFalse(plan.isNoChange());
        assertTrue(PLANNER.plan(cart("u1", 1), both, plan.next(), HeldAddresses.none())
                .isNoChange());
    }

    @Test
    void plan_reusedPoolWithReclaimLabel_isNotRemoved() {
        SubnetPlan plan = plan(cart("u2", 1), false, first(true), HeldAddresses.none());
        assertEquals(List.of("auto4-cart-eth0-u1"), names(after(plan)));
        assertEquals("u2", uidOf(plan.next(), "auto4-cart-eth0-u1"));
    }

    @Test
    void plan_reusedPool_keepsItsName() {
        PoolCatalog reused = after(plan(cart("u2", 1), false, first(false), HeldAddresses.none()));
        SubnetPlan plan = plan(cart("u2", 1), true, reused, HeldAddresses.none());
        assertEquals(List.of("auto4-cart-eth0-u1"), names(after(plan)));
        Pool taken = pool("auto4-cart-eth0-u2", "10.6.0.0/16");
        SubnetPlan besides = plan(cart("u2", 1), true, reused.with(taken), HeldAddresses.none());
        assertEquals(List.of("auto4-cart-eth0-u1", "auto4-cart-eth0-u2"), names(after(besides)));
    }

    /**
     * A name has five characters of the uid. The pool of the earlier uid is not taken from its
     * holders.
     */
    @Test
    void plan_uidsWithEqualPoolNames_areDistinguished() {
        PoolCatalog before = after(plan(cart("11111-x", 1), true, PoolCatalog.EMPTY, HeldAddresses.none()));
        String name = names(before).get(0);
        Application next = cart("22222-x", 1);
        SubnetPlan idle = plan(next, true, before, HeldAddresses.none());
        assertEquals(List.of(name), names(after(idle)));
        assertEquals("22222-x", uidOf(idle.next(), name));
        HeldAddresses inUse = held(name, "10.6.1.0");
        SubnetPlan busy = plan(next, true, before, inUse);
        assertEquals(
                "the name of the new pool is that of a pool in 10.6.0.0/16 of application shop/cart",
                busy.problems().get(0).rule());
        SubnetDemand demand = new SubnetDemand(Optional.of(next), "eth0", V4, List.of("blue"), TWO, true);
        assertInstanceOf(SubnetAnswer.Refused.class, PLANNER.plan(demand, before, inUse));
        assertInstanceOf(SubnetAnswer.ToCreate.class, PLANNER.plan(demand, before, HeldAddresses.none()));
    }

    @Test
    void plan_nameOfPoolRemovedByForce_isRefused() {
        Pool detached = pool("auto4-cart-eth0-u1", "10.7.0.0/16", "10.7.0.1");
        SubnetPlan plan = plan(
                cart("u1", 1), true, PoolCatalog.EMPTY, heldBesides(List.of(detached), detached.name(), "10.7.0.1"));
        assertTrue(plan.isRefused());
        assertEquals(
                "the name of the new pool is that of a pool in 10.7.0.0/16",
                plan.problems().get(0).rule());
    }

    @Test
    void plan_poolRemovedByForce_isRestoredWithAddressesInUse() {
        Pool detached = first(true).pools().get(0);
        SubnetPlan plan = plan(
                cart("u1", 1), true, PoolCatalog.EMPTY, heldBesides(List.of(detached), detached.name(), "10.6.1.1"));
        assertEquals(List.of(detached), after(plan).pools());
    }

    @Test
    void plan_changedSize_keepsOtherFields() {
        Pool made = first(true).pools().get(0);
        Pool edited = made.toBuilder()
                .ips("10.6.2.0-10.6.2.3")
                .excludeIps("10.6.2.1")
                .labels(Map.of("team", "net"))
                .defaultPool(true)
                .disabled(true)
                .terminating(Instant.EPOCH)
                .build();
        for (int size : new int[] {4, 6}) {
            SubnetPlan plan = PLANNER.plan(
                    cart("u1", 1), blue(PoolSize.fixed(size), true), PoolCatalog.of(edited), HeldAddresses.none());
            Pool after = after(plan).pools().get(0);
            assertEquals(size, after.addresses().size().intValue());
            Pool expected = Pool.builder(edited.name(), edited.subnet().toString())
                    .ips(after.ipTexts())
                    .excludeIps(edited.excludeIpTexts())
                    .gateway(BLUE.gateway().orElseThrow())
                    .routes(BLUE.routes())
                    .labels(edited.labels())
                    .affinity(edited.affinity())
                    .defaultPool(true)
                    .disabled(true)
                    .terminating(Instant.EPOCH)
                    .build();
            assertEquals(expected, after);
        }
    }
}
