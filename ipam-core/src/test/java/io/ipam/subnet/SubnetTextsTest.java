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
import static io.ipam.subnet.Shop.heldBesides;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.AddressSet;
import io.ipam.pool.HeldAddresses;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Human-readable texts: every step of a plan, every refusal, and the values themselves. */
class SubnetTextsTest {
    private static final PoolCatalog FOUR = after(plan(4, PoolCatalog.EMPTY, HeldAddresses.none()));
    private static final String POOL = FOUR.pools().get(0).name();

    private static SubnetPlan plan(int size, PoolCatalog catalog, HeldAddresses inUse) {
        return PLANNER.plan(cart("u1", 1), blue(PoolSize.fixed(size), true), catalog, inUse);
    }

    @Test
    void explain_eachStep_hasItsText() {
        HeldAddresses two = held(POOL, "10.6.1.2", "10.6.1.0");
        String held = "10.6.1.0 (shop/cart-10.6.1.0), 10.6.1.2 (shop/cart-10.6.1.2)";
        assertEquals("change pool " + POOL + " from 4 to 3 addresses", step(plan(3, FOUR, two)));
        assertEquals(
                "change pool " + POOL + " from 4 to 2 addresses; in use and kept: " + held, step(plan(1, FOUR, two)));
        assertEquals("keep pool " + POOL + " with 4 addresses", step(plan(4, FOUR, two)));
        PoolCatalog kept = after(plan(1, FOUR, two));
        assertEquals("keep pool " + POOL + " with 2 addresses; in use: " + held, step(plan(1, kept, two)));
        assertEquals("remove pool " + POOL, step(PLANNER.retire(cart("u1", 1), FOUR, HeldAddresses.none())));
    }

    @Test
    void explain_refusal_hasNumbersAndHolders() {
        assertEquals(
                "refuse eth0 IPv4: \"blue\": the pool needs 11 addresses, 7 of them new, and the subnet has 6 free; held by: "
                        + POOL + " 4; add addresses to subnet blue, or request fewer",
                step(plan(11, FOUR, HeldAddresses.none())));
        assertEquals(
                "the pool needs 11 addresses, 11 of them new, and the subnet has 10 free; held by: no pool",
                rule(plan(11, PoolCatalog.EMPTY, HeldAddresses.none())));
        Pool gone = pool("gone", "10.6.0.0/16", "10.6.1.9", "10.6.2.0");
        Pool apart = pool("apart", "10.7.0.0/16", "10.7.0.1");
        Pool six = pool("six", "fd00::/64", "fd00::1");
        assertEquals(
                "the pool needs 11 addresses, 7 of them new, and the subnet has 5 free; held by: " + POOL
                        + " 4; gone 1",
                rule(plan(11, FOUR, heldBesides(List.of(gone, apart, six), "gone", "10.6.1.9"))));
        Subnet ending = BLUE.toBuilder().terminating(Instant.EPOCH).build();
        assertEquals(
                "a subnet that is being deleted provides no addresses",
                rule(ApplicationPlanner.of(SubnetCatalog.of(ending))
                        .plan(cart("u1", 1), blue(PoolSize.fixed(1), true), PoolCatalog.EMPTY, HeldAddresses.none())));
    }

    @Test
    void explain_manyHolders_isBounded() {
        String[] addresses = IntStream.range(0, 600)
                .mapToObj(i -> "10.6." + (4 + i / 250) + "." + i % 250)
                .toArray(String[]::new);
        Pool many = FOUR.pools().get(0).toBuilder().ips(addresses).build();
        PoolCatalog catalog = FOUR.with(many);
        HeldAddresses held = held(POOL, addresses);
        String first = "10.6.4.0 (shop/cart-10.6.4.0), ";
        String last = "10.6.4.9 (shop/cart-10.6.4.9), and 590 more";
        for (SubnetPlan plan : List.of(
                PLANNER.retire(cart("u1", 1), catalog, held),
                plan(1, catalog, held),
                plan(1, after(plan(1, catalog, held)), held))) {
            String text = plan.explain();
            assertTrue(text.length() < 600 && text.contains(first) && text.endsWith(last + "\n"), text);
        }
    }

    @Test
    void explain_manySteps_isBounded() {
        List<SubnetSelection.Item> items =
                IntStream.range(0, 300).mapToObj(i -> Shop.item("net" + i)).toList();
        SubnetSelection selection = new SubnetSelection(items, true, PoolSize.fixed(0), true);
        SubnetPlan plan = PLANNER.plan(cart("u1", 1), selection, PoolCatalog.EMPTY, HeldAddresses.none());
        assertEquals(300, plan.steps().size());
        List<String> lines = plan.explain().lines().toList();
        assertEquals(101, lines.size());
        assertEquals("and 200 more steps", lines.get(100));
    }

    @Test
    void refusal_manyPools_isBounded() {
        List<Pool> pools = IntStream.range(0, 200)
                .mapToObj(i -> pool("pool-" + (100 + i), "10.6.0.0/16", "10.6.9." + i))
                .toList();
        String rule = rule(plan(11, PoolCatalog.of(pools, List.of()), HeldAddresses.none()));
        assertTrue(
                rule.endsWith("held by: pool-100 0; pool-101 0; pool-102 0; pool-103 0; pool-104 0; pool-105 0;"
                        + " pool-106 0; pool-107 0; pool-108 0; pool-109 0; and 190 more"),
                rule);
    }

    @Test
    void share_manyRanges_isBounded() {
        String[] even = IntStream.range(0, 120).mapToObj(i -> "10.6.9." + 2 * i).toArray(String[]::new);
        AddressSet addresses = pool("p", "10.6.0.0/16", even).addresses();
        String text = new SubnetUsage.Share("p", "", addresses).toString();
        assertTrue(text.startsWith("p: 10.6.9.0, 10.6.9.2, ") && text.endsWith(" 120 ranges"), text);
        assertTrue(text.length() < 200, text);
    }

    private static String step(SubnetPlan plan) {
        return plan.steps().get(0).explain();
    }

    private static String rule(SubnetPlan plan) {
        return plan.problems().get(0).rule();
    }

    @Test
    void toString_values_areReadable() {
        assertEquals("5", PoolSize.fixed(5).toString());
        assertEquals("+2", PoolSize.flexible(2).toString());
        assertEquals("subnet blue (10.6.0.0/16, [10.6.1.0-10.6.1.9])", BLUE.toString());
        assertEquals("0 subnets", SubnetCatalog.EMPTY.toString());
        assertEquals("1 subnet", PLANNER.subnets().toString());
        SubnetUsage usage = SubnetCatalog.usage(BLUE, FOUR.with(pool("by-hand", "10.6.0.0/16", "10.6.1.9")));
        assertEquals("subnet blue: 5 of 10 addresses in 2 pools, 5 free", usage.toString());
        assertEquals(
                List.of(POOL + " (shop/cart): 10.6.1.0-10.6.1.3", "by-hand: 10.6.1.9"),
                usage.pools().stream().map(SubnetUsage.Share::toString).toList());
        SubnetSelection.Item item = new SubnetSelection.Item("eth0", Map.of(V4, List.of("blue"), V6, List.of()));
        assertEquals(List.of("blue"), item.names(V4));
        assertEquals(List.of(), item.names(V6));
    }
}
