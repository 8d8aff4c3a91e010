package io.ipam.subnet;

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

import io.ipam.pool.HeldAddresses;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people read: every step of a plan, every refusal, and the values themselves. */
class SubnetTextsTest {
    private static final PoolCatalog FOUR = after(plan(4, PoolCatalog.EMPTY, HeldAddresses.none()));
    private static final String POOL = FOUR.pools().get(0).name();

    private static SubnetPlan plan(int size, PoolCatalog catalog, HeldAddresses inUse) {
        return PLANNER.plan(cart("u1", 1), blue(PoolSize.fixed(size), true), catalog, inUse);
    }

    @Test
    void stepsSayWhatHappens() {
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
    void refusalsSayTheNumbersAndWhoHasTheAddresses() {
        assertEquals(
                "refuse eth0 IPv4: \"blue\": the pool wants 11 addresses, 7 of them new, and the subnet has 6 to give; held by: "
                        + POOL + " 4; add addresses to subnet blue, or ask for fewer",
                step(plan(11, FOUR, HeldAddresses.none())));
        assertEquals(
                "the pool wants 11 addresses, 11 of them new, and the subnet has 10 to give; held by: no pool",
                rule(plan(11, PoolCatalog.EMPTY, HeldAddresses.none())));
        Pool gone =
                Pool.builder("gone", "10.6.0.0/16").ips("10.6.1.9", "10.6.2.0").build();
        Pool apart = Pool.builder("apart", "10.7.0.0/16").ips("10.7.0.1").build();
        Pool six = Pool.builder("six", "fd00::/64").ips("fd00::1").build();
        assertEquals(
                "the pool wants 11 addresses, 7 of them new, and the subnet has 5 to give; held by: " + POOL
                        + " 4; gone 1",
                rule(plan(11, FOUR, heldBesides(List.of(gone, apart, six), "gone", "10.6.1.9"))));
        Subnet ending = BLUE.toBuilder().terminating(Instant.EPOCH).build();
        assertEquals(
                "a subnet that is being deleted gives no address",
                rule(ApplicationPlanner.of(SubnetCatalog.of(ending))
                        .plan(cart("u1", 1), blue(PoolSize.fixed(1), true), PoolCatalog.EMPTY, HeldAddresses.none())));
    }

    private static String step(SubnetPlan plan) {
        return plan.steps().get(0).explain();
    }

    private static String rule(SubnetPlan plan) {
        return plan.problems().get(0).rule();
    }

    @Test
    void valuesSayWhatTheyAre() {
        assertEquals("5", PoolSize.fixed(5).toString());
        assertEquals("+2", PoolSize.flexible(2).toString());
        assertEquals("subnet blue (10.6.0.0/16, [10.6.1.0-10.6.1.9])", BLUE.toString());
        assertEquals("0 subnets", SubnetCatalog.EMPTY.toString());
        assertEquals("1 subnet", PLANNER.subnets().toString());
        SubnetUsage usage = SubnetCatalog.usage(
                BLUE,
                FOUR.with(Pool.builder("by-hand", "10.6.0.0/16").ips("10.6.1.9").build()));
        assertEquals("subnet blue: 5 of 10 addresses in 2 pools, 5 free", usage.toString());
        assertEquals(
                List.of(POOL + " (shop/cart): 10.6.1.0-10.6.1.3", "by-hand: 10.6.1.9"),
                usage.pools().stream().map(SubnetUsage.Share::toString).toList());
        SubnetSelection.Item item = new SubnetSelection.Item("eth0", Map.of(V4, List.of("blue"), V6, List.of()));
        assertEquals(List.of("blue"), item.names(V4));
        assertEquals(List.of(), item.names(V6));
    }
}
