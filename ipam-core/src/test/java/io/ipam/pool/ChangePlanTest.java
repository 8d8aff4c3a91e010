package io.ipam.pool;

import static io.ipam.fixture.Pools.disabled;
import static io.ipam.fixture.Pools.pool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.owner.Owner;
import io.ipam.pool.ChangePlan.Blocker;
import io.ipam.pool.ChangePlan.Blocker.Reason;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangePlanTest {
    private static final Pool BLUE = pool("blue", "10.6.0.0/16", "10.6.0.1-10.6.0.9");
    private static final Pool GREEN = pool("green", "10.6.0.0/16", "10.6.0.20-10.6.0.29");
    private static final PoolCatalog BOTH = PoolCatalog.of(BLUE, GREEN);

    /** The holders: pool to address to owner. */
    private static HeldAddresses held(String... poolAddressOwner) {
        Map<String, Map<Address, Owner>> held = new HashMap<>();
        for (int i = 0; i < poolAddressOwner.length; i += 3) {
            held.computeIfAbsent(poolAddressOwner[i], name -> new TreeMap<>())
                    .put(Address.parse(poolAddressOwner[i + 1]), owner(poolAddressOwner[i + 2]));
        }
        return (pool, each) -> held.getOrDefault(pool, Map.of()).forEach(each);
    }

    private static Owner owner(String name) {
        return Owner.stateful("shop", name.replace("shop/", ""), "");
    }

    /** The same addresses in use, with pools that were removed by force. */
    private static HeldAddresses withDetached(HeldAddresses held, Pool... detached) {
        return new HeldAddresses() {
            @Override
            public void forEachHeld(String pool, BiConsumer<Address, Owner> visitor) {
                held.forEachHeld(pool, visitor);
            }

            @Override
            public Collection<Pool> detached() {
                return List.of(detached);
            }
        };
    }

    @Test
    void between_onlyStaticRangesDiffer_isAllowed() {
        PoolCatalog next =
                BOTH.with(BLUE.toBuilder().staticIps("10.6.0.1-10.6.0.5").build());
        HeldAddresses held = held("blue", "10.6.0.1", "shop/x", "blue", "10.6.0.9", "shop/y");
        ChangePlan plan = ChangePlan.between(BOTH, next, held);
        assertTrue(plan.allowed());
        assertEquals(List.of("blue"), plan.changed());
        assertEquals(List.of(), ChangePlan.between(next, next, held).changed());
        assertTrue(ChangePlan.between(next, BOTH, held).allowed());
    }

    private static Blocker blocker(String pool, String address, String holder, Reason reason) {
        return new Blocker(pool, Optional.of(Address.parse(address)), holder, reason);
    }

    @Test
    void text_manyPools_isBounded() {
        List<Pool> many = java.util.stream.IntStream.range(100, 5100)
                .mapToObj(i -> pool("p" + i, "10.6.0.0/16"))
                .toList();
        PoolCatalog next = PoolCatalog.of(many, List.of());
        String names = "[p100, p1000, p1001, p1002, p1003, p1004, p1005, p1006, p1007, p1008 and 4990 more]";
        assertEquals(
                "allowed: added " + names + ", changed [], removed []",
                ChangePlan.between(PoolCatalog.EMPTY, next, HeldAddresses.none())
                        .toString());
        assertEquals(
                "allowed: added [], changed [], removed " + names,
                ChangePlan.between(next, PoolCatalog.EMPTY, HeldAddresses.none())
                        .toString());
    }

    @Test
    void plan_poolNotInUse_isNotBlocked() {
        PoolCatalog next = PoolCatalog.of(pool("blue", "10.6.0.0/16", "10.6.0.3"), pool("red", "10.7.0.0/16"));
        ChangePlan plan = ChangePlan.between(BOTH, next, HeldAddresses.none());
        assertTrue(plan.allowed() && plan.allowedByForce());
        assertEquals(List.of("red"), plan.added());
        assertEquals(List.of("blue"), plan.changed());
        assertEquals(List.of("green"), plan.removed());
        assertEquals(List.of(), plan.detached());
        assertEquals(next, plan.drained());
        assertEquals("allowed: added [red], changed [blue], removed [green]", plan.toString());
        assertTrue(ChangePlan.between(BOTH, BOTH, held("blue", "10.6.0.1", "x")).allowed());
    }

    @Test
    void plan_addressInUseRemoved_isBlocked() {
        PoolCatalog next = BOTH.with(pool("blue", "10.6.0.0/16", "10.6.0.3-10.6.0.12"));
        HeldAddresses held =
                held("blue", "10.6.0.1", "shop/a", "blue", "10.6.0.2", "shop/b", "blue", "10.6.0.3", "shop/c");
        ChangePlan plan = ChangePlan.between(BOTH, next, held);
        assertEquals(
                List.of(
                        blocker("blue", "10.6.0.1", "shop/a", Reason.ADDRESS_IN_USE),
                        blocker("blue", "10.6.0.2", "shop/b", Reason.ADDRESS_IN_USE)),
                plan.blockers());
        assertFalse(plan.allowed() || plan.allowedByForce());
        assertEquals("FORBIDDEN", plan.blockers().get(0).problem().type().name());
        assertEquals("spec.ips", plan.blockers().get(0).problem().where());
        assertTrue(plan.toString().contains("10.6.0.1 is held by shop/a"), plan::toString);
    }

    @Test
    void plan_addressInUseExcluded_isBlocked() {
        PoolCatalog next = BOTH.with(BLUE.toBuilder().excludeIps("10.6.0.1").build());
        assertFalse(
                ChangePlan.between(BOTH, next, held("blue", "10.6.0.1", "x")).allowed());
        PoolCatalog disabled = BOTH.with(disabled(BLUE));
        assertTrue(ChangePlan.between(BOTH, disabled, held("blue", "10.6.0.1", "x"))
                .allowed());
    }

    @Test
    void plan_strayRecord_isNotBlocked() {
        PoolCatalog next = BOTH.with(pool("blue", "10.6.0.0/16", "10.6.0.1-10.6.0.12"));
        assertTrue(
                ChangePlan.between(BOTH, next, held("blue", "10.6.0.99", "x")).allowed());
    }

    @Test
    void plan_familyOrSubnetChanged_isRefused() {
        PoolCatalog next = PoolCatalog.of(pool("blue", "fd00::/64"), pool("green", "10.6.0.0/24", "10.6.0.20"));
        ChangePlan plan = ChangePlan.between(BOTH, next, held("blue", "10.6.0.1", "x"));
        assertEquals(
                List.of(Reason.FAMILY_FIXED, Reason.SUBNET_FIXED, Reason.ADDRESS_IN_USE, Reason.SUBNET_FIXED),
                plan.blockers().stream().map(Blocker::reason).toList());
        assertEquals(
                List.of("spec.ipVersion", "spec.subnet", "spec.ips", "spec.subnet"),
                plan.blockers().stream().map(b -> b.problem().where()).toList());
        assertEquals(
                "pool green: spec.subnet: the subnet of a pool is fixed; it is 10.6.0.0/16; add a pool with another name",
                plan.blockers().get(3).toString());
        assertFalse(plan.allowedByForce());
        assertTrue(plan.toString().startsWith("blocked: added []"), plan::toString);
    }

    @Test
    void plan_poolInUseRemoved_requiresForce() {
        HeldAddresses held = held("blue", "10.6.0.1", "shop/a");
        ChangePlan plan = ChangePlan.between(BOTH, BOTH.without("blue").without("green"), held);
        assertEquals(List.of(blocker("blue", "10.6.0.1", "shop/a", Reason.POOL_IN_USE)), plan.blockers());
        assertEquals("""
                allowed by force: added [], changed [], removed [blue, green], detached until released [blue]
                - pool blue: "10.6.0.1": a pool with an address in use must stay; 10.6.0.1 is held by shop/a; \
                disable the pool, wait until it is empty, and remove it then; by force it is removed at once and accepts \
                releases until it is empty""", plan.toString());
        assertFalse(plan.allowed());
        assertTrue(plan.allowedByForce());
        assertEquals(List.of(BLUE), plan.detached());
        PoolCatalog drained = plan.drained();
        assertEquals(List.of(disabled(BLUE)), drained.pools());
        assertTrue(ChangePlan.between(BOTH, drained, held).allowed());
        assertTrue(ChangePlan.between(drained, PoolCatalog.EMPTY, HeldAddresses.none())
                .allowed());
    }

    @Test
    void plan_rangeOfDetachedPool_isOccupied() {
        HeldAddresses held = held("blue", "10.6.0.1", "shop/a");
        Pool taking = pool("taking", "10.6.0.0/16", "10.6.0.9-10.6.0.12");
        PoolCatalog next = BOTH.without("blue").with(taking);
        ChangePlan sameStep = ChangePlan.between(BOTH, next, held);
        assertFalse(sameStep.allowedByForce());
        assertTrue(sameStep.blockers().contains(blocker("taking", "10.6.0.9", "blue", Reason.OVERLAPS_DETACHED)));
        assertThrows(InvalidCatalogException.class, sameStep::drained);
        ChangePlan later = ChangePlan.between(PoolCatalog.of(GREEN), next, withDetached(held, BLUE));
        assertEquals(List.of(blocker("taking", "10.6.0.9", "blue", Reason.OVERLAPS_DETACHED)), later.blockers());
        assertEquals(List.of(BLUE), later.detached());
        Pool grown = pool("green", "10.6.0.0/16", "10.6.0.9-10.6.0.29");
        ChangePlan growing = ChangePlan.between(PoolCatalog.of(GREEN), PoolCatalog.of(grown), withDetached(held, BLUE));
        assertEquals(List.of(blocker("green", "10.6.0.9", "blue", Reason.OVERLAPS_DETACHED)), growing.blockers());
        Pool apart = pool("apart", "10.6.0.0/16", "10.6.0.10");
        assertTrue(ChangePlan.between(PoolCatalog.of(GREEN), PoolCatalog.of(GREEN, apart), withDetached(held, BLUE))
                .allowed());
    }

    @Test
    void plan_detachedPoolReturns_requiresItsSubnet() {
        HeldAddresses held = held("blue", "10.6.0.1", "shop/a");
        ChangePlan back = ChangePlan.between(PoolCatalog.EMPTY, PoolCatalog.of(BLUE), withDetached(held, BLUE));
        assertTrue(back.allowed());
        assertEquals(List.of("blue"), back.reattached());
        assertEquals(List.of(), back.detached());
        Pool smaller = pool("blue", "10.6.0.0/16", "10.6.0.2");
        ChangePlan less = ChangePlan.between(PoolCatalog.EMPTY, PoolCatalog.of(smaller), withDetached(held, BLUE));
        assertEquals(List.of(blocker("blue", "10.6.0.1", "shop/a", Reason.ADDRESS_IN_USE)), less.blockers());
        Pool elsewhere = pool("blue", "10.8.0.0/16", "10.8.0.1");
        ChangePlan other = ChangePlan.between(PoolCatalog.EMPTY, PoolCatalog.of(elsewhere), withDetached(held, BLUE));
        assertEquals(
                List.of(Reason.SUBNET_FIXED),
                other.blockers().stream().map(Blocker::reason).toList());
    }

    @Test
    void blockers_severalPools_areOrderedByPool() {
        HeldAddresses held = held("blue", "10.6.0.1", "x", "green", "10.6.0.20", "y");
        Pool taking = pool("amber", "10.6.0.0/16", "10.6.0.1", "10.6.0.20");
        ChangePlan plan = ChangePlan.between(BOTH, PoolCatalog.of(taking), held);
        assertEquals(
                List.of("amber", "amber", "blue", "green"),
                plan.blockers().stream().map(Blocker::pool).toList());
    }

    @Test
    void blockers_many_areListedButNotAllPrinted() {
        ChangePlan few = ChangePlan.between(BOTH, PoolCatalog.EMPTY, heldTimes(5));
        assertEquals(
                10,
                few.toString()
                        .lines()
                        .filter(line -> line.startsWith("- pool "))
                        .count());
        assertFalse(few.toString().contains("more"), few::toString);
        assertTrue(few.toString().startsWith("allowed by force: added [], changed []"), few::toString);
        ChangePlan many = ChangePlan.between(BOTH, PoolCatalog.EMPTY, heldTimes(50_000));
        assertEquals(100_000, many.blockers().size());
        assertTrue(many.toString().endsWith("and 99990 more"));
    }

    /** A number of owners of the first address of each pool. */
    private static HeldAddresses heldTimes(int owners) {
        return (pool, each) -> {
            Address address = BOTH.pool(pool).orElseThrow().addresses().first().orElseThrow();
            IntStream.range(0, owners).forEach(i -> each.accept(address, owner("owner-" + i)));
        };
    }
}
