package io.ipam.subnet;

import static io.ipam.fixture.Pools.pool;
import static io.ipam.subnet.Shop.BLUE;
import static io.ipam.subnet.Shop.PLANNER;
import static io.ipam.subnet.Shop.V4;
import static io.ipam.subnet.Shop.V6;
import static io.ipam.subnet.Shop.after;
import static io.ipam.subnet.Shop.blue;
import static io.ipam.subnet.Shop.cart;
import static io.ipam.subnet.Shop.held;
import static io.ipam.subnet.Shop.names;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Family;
import io.ipam.pool.Application;
import io.ipam.pool.HeldAddresses;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.ReservedRange;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApplicationPlannerTest {
    @Test
    void plan_newApplication_createsItsPool() {
        SubnetPlan plan = PLANNER.plan(
                cart("u-11111", 2), blue(PoolSize.flexible(1), true), PoolCatalog.EMPTY, HeldAddresses.none());
        Pool pool = ((PoolStep.Create) plan.steps().get(0)).pool();
        assertEquals("auto4-cart-eth0-11111", pool.name());
        assertEquals(List.of("10.6.1.0-10.6.1.2"), pool.addresses().texts());
        assertEquals(BLUE.gateway(), pool.gateway());
        assertEquals(BLUE.routes(), pool.routes());
        assertEquals(
                cart("u-11111", 2).affinityLabels(),
                pool.affinity().pod().orElseThrow().matchLabels());
        assertEquals(
                Map.of(
                        "ipam.spidernet.io/owner-spider-subnet", "blue",
                        "ipam.spidernet.io/owner-application-gv", "apps_v1",
                        "ipam.spidernet.io/owner-application-kind", "Deployment",
                        "ipam.spidernet.io/owner-application-namespace", "shop",
                        "ipam.spidernet.io/owner-application-name", "cart",
                        "ipam.spidernet.io/owner-application-uid", "u-11111",
                        "ipam.spidernet.io/interface", "eth0",
                        "ipam.spidernet.io/ip-version", "IPv4",
                        "ipam.spidernet.io/ippool-reclaim", "true",
                        "ipam.spidernet.io/ippool-cidr", "10-6-0-0-16"),
                pool.labels());
        assertTrue(pool.isAutoCreated());
        assertEquals("create pool auto4-cart-eth0-11111 with [10.6.1.0-10.6.1.2]\n", plan.explain());
    }

    @Test
    void plan_poolWithStaticRanges_keepsThoseThatStay() {
        SubnetSelection selection = blue(PoolSize.flexible(0), true);
        PoolCatalog four = after(PLANNER.plan(cart("u1", 4), selection, PoolCatalog.EMPTY, HeldAddresses.none()));
        Pool made =
                four.pools().get(0).toBuilder().staticIps("10.6.1.1-10.6.1.3").build();
        PoolCatalog three = after(PLANNER.plan(cart("u1", 3), selection, four.with(made), HeldAddresses.none()));
        Pool shrunk = three.pools().get(0);
        assertEquals(List.of("10.6.1.0-10.6.1.2"), shrunk.addresses().texts());
        assertEquals(List.of("10.6.1.1-10.6.1.2"), shrunk.staticIpTexts());
    }

    @Test
    void plan_changedReplicas_resizesPool() {
        SubnetSelection selection = blue(PoolSize.flexible(0), true);
        PoolCatalog two = after(PLANNER.plan(cart("u1", 2), selection, PoolCatalog.EMPTY, HeldAddresses.none()));
        PoolCatalog four = after(PLANNER.plan(cart("u1", 4), selection, two, HeldAddresses.none()));
        assertEquals(
                List.of("10.6.1.0-10.6.1.3"), four.pools().get(0).addresses().texts());
        SubnetPlan shrunk =
                PLANNER.plan(cart("u1", 1), selection, four, held("auto4-cart-eth0-u1", "10.6.1.0", "10.6.1.2"));
        PoolStep.Change change =
                assertInstanceOf(PoolStep.Change.class, shrunk.steps().get(0));
        assertEquals(List.of("10.6.1.0", "10.6.1.2"), change.after().addresses().texts());
        assertEquals(
                List.of("10.6.1.0", "10.6.1.2"),
                change.blockers().stream()
                        .map(held -> held.address().toString())
                        .toList());
        SubnetPlan settled =
                PLANNER.plan(cart("u1", 1), selection, after(shrunk), held("auto4-cart-eth0-u1", "10.6.1.2"));
        assertEquals(
                List.of("10.6.1.2"), after(settled).pools().get(0).addresses().texts());
        SubnetPlan nothing = PLANNER.plan(cart("u1", 1), selection, after(settled), HeldAddresses.none());
        assertTrue(nothing.isNoChange(), nothing.explain());
        assertSame(nothing.from(), nothing.next());
    }

    @Test
    void plan_subnetExhausted_refusesWithNumbers() {
        PoolCatalog eight = after(
                PLANNER.plan(cart("u1", 0), blue(PoolSize.fixed(8), true), PoolCatalog.EMPTY, HeldAddresses.none()));
        Application shelf = new Application("apps/v1", "StatefulSet", "shop", "shelf", "u2", 3);
        SubnetPlan plan = PLANNER.plan(shelf, blue(PoolSize.flexible(0), true), eight, HeldAddresses.none());
        PoolStep.Refuse refuse =
                assertInstanceOf(PoolStep.Refuse.class, plan.steps().get(0));
        assertEquals(BigInteger.valueOf(3), refuse.wanted());
        assertEquals(BigInteger.valueOf(2), refuse.free());
        assertEquals(
                List.of("auto4-cart-eth0-u1"),
                refuse.holders().stream().map(SubnetUsage.Share::pool).toList());
        assertTrue(plan.isRefused());
        assertTrue(plan.isNoChange());
        assertSame(eight, plan.next());
    }

    @Test
    void plan_recreatedApplication_replacesPoolWhenEmpty() {
        SubnetSelection selection = blue(PoolSize.fixed(2), true);
        PoolCatalog first = after(PLANNER.plan(cart("u1", 1), selection, PoolCatalog.EMPTY, HeldAddresses.none()));
        SubnetPlan busy = PLANNER.plan(cart("u2", 1), selection, first, held("auto4-cart-eth0-u1", "10.6.1.1"));
        assertEquals(List.of("auto4-cart-eth0-u1", "auto4-cart-eth0-u2"), names(after(busy)));
        assertInstanceOf(PoolStep.AwaitRelease.class, busy.steps().get(0));
        SubnetPlan idle = PLANNER.plan(cart("u2", 1), selection, after(busy), HeldAddresses.none());
        assertEquals(List.of("auto4-cart-eth0-u2"), names(after(idle)));
    }

    @Test
    void plan_poolNotReclaimed_isReused() {
        SubnetSelection selection = blue(PoolSize.fixed(2), false);
        PoolCatalog first = after(PLANNER.plan(cart("u1", 1), selection, PoolCatalog.EMPTY, HeldAddresses.none()));
        SubnetPlan plan = PLANNER.plan(cart("u2", 1), selection, first, held("auto4-cart-eth0-u1", "10.6.1.1"));
        assertEquals(1, after(plan).pools().size());
        assertEquals(
                "u2",
                plan.next()
                        .pool("auto4-cart-eth0-u1")
                        .orElseThrow()
                        .labels()
                        .get("ipam.spidernet.io/owner-application-uid"));
        assertTrue(
                PLANNER.retire(cart("u2", 1), plan.next(), HeldAddresses.none()).isNoChange());
    }

    @Test
    void retire_emptyPools_areRemoved() {
        PoolCatalog pools = after(
                PLANNER.plan(cart("u1", 1), blue(PoolSize.fixed(2), true), PoolCatalog.EMPTY, HeldAddresses.none()));
        SubnetPlan busy = PLANNER.retire(cart("", 0), pools, held("auto4-cart-eth0-u1", "10.6.1.0"));
        assertEquals(
                "remove pool auto4-cart-eth0-u1 once these are released: 10.6.1.0 (shop/cart-10.6.1.0)\n",
                busy.explain());
        assertTrue(busy.isNoChange());
        assertEquals(
                List.of(),
                after(PLANNER.retire(cart("", 0), pools, HeldAddresses.none())).pools());
    }

    private static PoolCatalog reserving(PoolCatalog pools, String... ips) {
        return pools.withReserved(ReservedRange.parse("four", V4, List.of(ips)));
    }

    @Test
    void plan_fourOfTenReserved_refusesEightWithTheNumbers() {
        PoolCatalog reserved = reserving(PoolCatalog.EMPTY, "10.6.1.2-10.6.1.5");
        SubnetPlan plan = PLANNER.plan(cart("u1", 1), blue(PoolSize.fixed(8), true), reserved, HeldAddresses.none());
        PoolStep.Refuse refuse =
                assertInstanceOf(PoolStep.Refuse.class, plan.steps().get(0));
        assertEquals(BigInteger.valueOf(8), refuse.wanted());
        assertEquals(BigInteger.valueOf(6), refuse.free());
        assertEquals(BigInteger.valueOf(6), SubnetCatalog.usage(BLUE, reserved).freeCount());
        assertEquals(
                "the pool needs 8 addresses, 8 of them new, and the subnet has 6 free; held by: no pool; reserved: 4",
                refuse.problem().rule());
    }

    @Test
    void plan_poolWithReservedAddresses_growsByTheMissingAddresses() {
        SubnetSelection six = blue(PoolSize.fixed(6), true);
        PoolCatalog made = after(PLANNER.plan(cart("u1", 1), six, PoolCatalog.EMPTY, HeldAddresses.none()));
        PoolCatalog reserved = reserving(made, "10.6.1.2-10.6.1.5");
        PoolCatalog grown = after(PLANNER.plan(cart("u1", 1), six, reserved, HeldAddresses.none()));
        Pool pool = grown.pools().get(0);
        assertEquals(BigInteger.valueOf(6), grown.usable(pool).size());
        assertEquals(BigInteger.TEN, pool.addresses().size());
        assertTrue(PLANNER.plan(cart("u1", 1), six, grown, HeldAddresses.none()).isNoChange());
        SubnetPlan eight = PLANNER.plan(cart("u1", 1), blue(PoolSize.fixed(8), true), grown, HeldAddresses.none());
        assertEquals(
                "the pool needs 8 addresses, 2 of them new, and the subnet has 0 free; held by: auto4-cart-eth0-u1 10",
                eight.problems().get(0).rule());
        PoolCatalog two =
                after(PLANNER.plan(cart("u1", 1), blue(PoolSize.fixed(2), true), grown, HeldAddresses.none()));
        assertEquals(BigInteger.TWO, two.usable(two.pools().get(0)).size());
    }

    @Test
    void plan_detachedPoolWithReservedAddresses_returnsWithUsableOnes() {
        SubnetSelection six = blue(PoolSize.fixed(6), true);
        PoolCatalog made = after(PLANNER.plan(cart("u1", 1), six, PoolCatalog.EMPTY, HeldAddresses.none()));
        PoolCatalog reserved = reserving(PoolCatalog.EMPTY, "10.6.1.2-10.6.1.5");
        HeldAddresses inUse = Shop.heldBesides(made.pools(), "auto4-cart-eth0-u1", "10.6.1.0");
        PoolCatalog back = after(PLANNER.plan(cart("u1", 1), six, reserved, inUse));
        assertEquals(BigInteger.valueOf(6), back.usable(back.pools().get(0)).size());
    }

    @Test
    void plan_newPool_omitsUnavailableAddresses() {
        Subnet green = Subnet.builder("green", "10.7.0.0/16")
                .ips("10.7.0.1-10.7.0.8")
                .excludeIps("10.7.0.1")
                .gateway("10.7.0.1")
                .build();
        PoolCatalog pools = PoolCatalog.of(
                List.of(pool("by-hand", "10.7.0.0/16", "10.7.0.3")),
                List.of(ReservedRange.parse("held-back", V4, List.of("10.7.0.5-10.7.0.6"))));
        SubnetSelection selection = new SubnetSelection(
                List.of(new SubnetSelection.Item("eth0", Map.of(V4, List.of("green")))),
                false,
                PoolSize.fixed(4),
                true);
        SubnetPlan plan = ApplicationPlanner.of(SubnetCatalog.of(green))
                .plan(cart("u1", 1), selection, pools, HeldAddresses.none());
        assertEquals(
                List.of("10.7.0.2", "10.7.0.4", "10.7.0.7-10.7.0.8"),
                after(plan).pool("auto4-cart-eth0-u1").orElseThrow().addresses().texts());
    }

    @Test
    void plan_invalidDemand_isRefused() {
        Application custom = new Application("example.org/v1", "Machine", "shop", "cart", "u1", 1);
        assertEquals(
                1,
                PLANNER.plan(custom, blue(PoolSize.flexible(1), true), PoolCatalog.EMPTY, HeldAddresses.none())
                        .problems()
                        .size());
        after(PLANNER.plan(custom, blue(PoolSize.fixed(1), true), PoolCatalog.EMPTY, HeldAddresses.none()));
        for (Map<Family, List<String>> names :
                List.of(Map.of(V4, List.of("no-such-subnet")), Map.of(V6, List.of("blue")))) {
            SubnetSelection selection = new SubnetSelection(
                    List.of(new SubnetSelection.Item("eth0", names)), false, PoolSize.fixed(1), true);
            assertTrue(PLANNER.plan(cart("u1", 1), selection, PoolCatalog.EMPTY, HeldAddresses.none())
                    .isRefused());
        }
        Subnet going = BLUE.toBuilder()
                .terminating(java.time.Instant.parse("2026-01-01T00:00:00Z"))
                .build();
        assertTrue(ApplicationPlanner.of(SubnetCatalog.of(going))
                .plan(cart("u1", 1), blue(PoolSize.fixed(1), true), PoolCatalog.EMPTY, HeldAddresses.none())
                .isRefused());
    }

    @Test
    void plan_poolOfOtherApplication_isNotUsed() {
        PoolCatalog pools = after(
                PLANNER.plan(cart("u1", 1), blue(PoolSize.fixed(1), true), PoolCatalog.EMPTY, HeldAddresses.none()));
        Application namesake = new Application("apps/v1", "Deployment", "other", "cart", "u1", 1);
        SubnetPlan plan = PLANNER.plan(namesake, blue(PoolSize.fixed(1), true), pools, HeldAddresses.none());
        assertTrue(plan.isRefused());
        assertTrue(plan.explain().contains("shop/cart"), plan.explain());
    }

    @Test
    void answer_pod_isItsPoolOrThePoolToCreate() {
        SubnetDemand demand =
                new SubnetDemand(Optional.of(cart("u1", 2)), "eth0", V4, List.of("blue"), PoolSize.flexible(1), true);
        SubnetAnswer.ToCreate create =
                assertInstanceOf(SubnetAnswer.ToCreate.class, PLANNER.plan(demand, PoolCatalog.EMPTY));
        PoolCatalog with = PoolCatalog.of(create.plan().pool());
        assertEquals(new SubnetAnswer.Existing(List.of("auto4-cart-eth0-u1")), PLANNER.plan(demand, with));
        SubnetPlanner simple = (asked, pools) -> PLANNER.plan(asked, pools);
        assertEquals(PLANNER.plan(demand, with), simple.plan(demand, with, HeldAddresses.none()));
        SubnetDemand anonymous =
                new SubnetDemand(Optional.empty(), "eth0", V4, List.of("blue"), PoolSize.fixed(1), true);
        assertInstanceOf(SubnetAnswer.Refused.class, PLANNER.plan(anonymous, PoolCatalog.EMPTY));
    }

    @Test
    void plan_repeatedInterface_getsOnePool() {
        SubnetSelection.Item item = new SubnetSelection.Item("eth0", Map.of(V4, List.of("blue")));
        SubnetSelection twice = new SubnetSelection(List.of(item, item), true, PoolSize.fixed(3), true);
        SubnetPlan plan = PLANNER.plan(cart("u1", 1), twice, PoolCatalog.EMPTY, HeldAddresses.none());
        assertEquals(1, after(plan).pools().size());
    }
}
