package io.ipam.allocation;

import static io.ipam.fixture.Owners.CART;
import static io.ipam.fixture.Pools.pool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.owner.Owner;
import io.ipam.pool.ChangePlan;
import io.ipam.pool.HeldAddresses;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.UsageView;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The texts and the checks of the values. */
class NounsTest {
    private static final Address ADDRESS = Address.parse("10.6.1.0");

    private static Allocation allocation(Optional<Address> gateway, boolean defaultRoute) {
        return new Allocation(CART, "eth0", "blue-v4", ADDRESS, 16, gateway, List.of(), defaultRoute, 5);
    }

    @Test
    void allocation_text_describesInterface() {
        Allocation allocation = allocation(Optional.of(Address.parse("10.6.0.1")), true);
        assertEquals("eth0 10.6.1.0/16 gw 10.6.0.1 from blue-v4", allocation.toString());
        assertEquals(
                "eth0 10.6.1.0/16 from blue-v4",
                allocation(Optional.empty(), false).toString());
        assertEquals("10.6.1.0/16", allocation.addressWithPrefix());
        assertEquals(Family.IPV4, allocation.family());
        assertThrows(IllegalArgumentException.class, () -> allocation(Optional.empty(), true));
    }

    /** Stateless owners are equal by uid, stateful ones by namespace and name. */
    @Test
    void owner_sameIdentity_isSame() {
        for (String namespace : List.of("shop", "bank")) {
            for (String name : List.of("cart-0", "cart-1")) {
                for (String uid : List.of("7f3c", "8a4d")) {
                    boolean sameName = namespace.equals("shop") && name.equals("cart-0");
                    boolean sameUid = uid.equals("7f3c");
                    Owner stateless = Owner.stateless(namespace, name, uid);
                    Owner stateful = Owner.stateful(namespace, name, uid);
                    assertEquals(sameUid, CART.isSameAs(stateless));
                    assertEquals(
                            sameName, Owner.stateful("shop", "cart-0", "7f3c").isSameAs(stateful));
                    assertFalse(stateless.isSameAs(stateful) || stateful.isSameAs(stateless));
                }
            }
        }
    }

    @Test
    void owner_missingNameOrUid_throws() {
        assertEquals("shop/cart-0 (uid 7f3c)", CART.toString());
        assertEquals("vm (uid u)", Owner.stateless("", "vm", "u").toString());
        assertEquals("shop/db-0", Owner.stateful("shop", "db-0", "").toString());
        assertThrows(IllegalArgumentException.class, () -> Owner.stateless("shop", "cart-0", ""));
        assertThrows(IllegalArgumentException.class, () -> Owner.stateful("shop", "", "u"));
    }

    @Test
    void holding_unknownInterface_isEmpty() {
        Holding known = new Holding("eth0", Family.IPV4, "blue-v4", ADDRESS, 5, "7f3c");
        Holding unknown = new Holding("", Family.IPV4, "blue-v4", ADDRESS, 5, "7f3c");
        assertFalse(known.isInterfaceUnknown());
        assertTrue(unknown.isInterfaceUnknown());
        assertEquals("eth0 10.6.1.0 from blue-v4", known.toString());
        assertEquals("interface unknown 10.6.1.0 from blue-v4", unknown.toString());
        assertThrows(
                IllegalArgumentException.class, () -> new Holding("eth0", Family.IPV6, "blue-v4", ADDRESS, 5, "7f3c"));
    }

    /** held + cooling + reserved + free = total, and exhausted is free = cooling = 0. */
    @Test
    void usage_counts_addUp() {
        for (int held = 0; held < 3; held++) {
            for (int cooling = 0; cooling < 3; cooling++) {
                for (int free = 0; free < 3; free++) {
                    PoolUsage usage = usage(held + cooling + free + 1, held, cooling, free);
                    assertEquals(free == 0 && cooling == 0, usage.isExhausted());
                }
            }
        }
        assertThrows(IllegalArgumentException.class, () -> usage(2, 1, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> usage(4, 1, 1, 0));
    }

    @Test
    void poolUsage_moreFreeStaticThanFree_isRefused() {
        assertEquals(BigInteger.ZERO, usage(6, 1, 1, 3).freeStatic());
        assertEquals(BigInteger.valueOf(3), usageWithStatic(3).freeStatic());
        assertThrows(IllegalArgumentException.class, () -> usageWithStatic(4));
        assertThrows(IllegalArgumentException.class, () -> usageWithStatic(-1));
    }

    /** With three free addresses. */
    private static PoolUsage usageWithStatic(int freeStatic) {
        return new PoolUsage(
                "p",
                BigInteger.valueOf(6),
                1,
                1,
                BigInteger.ONE,
                BigInteger.valueOf(3),
                BigInteger.valueOf(freeStatic),
                0);
    }

    /** With one reserved address. */
    private static PoolUsage usage(int total, int held, int cooling, int free) {
        return new PoolUsage(
                "p",
                BigInteger.valueOf(total),
                held,
                cooling,
                BigInteger.ONE,
                BigInteger.valueOf(free),
                BigInteger.ZERO,
                0);
    }

    @Test
    void emptyView_everyQuery_isEmpty() {
        UsageView none = UsageView.none();
        assertEquals(List.of(), none.heldBy(CART));
        assertEquals(Optional.empty(), none.usage("p"));
        assertFalse(none.isFull("p"));
        none.inUse().forEachHeld("p", (address, owner) -> {
            throw new AssertionError(address + " of " + owner);
        });
    }

    /** A view need not report exhaustion separately from the counts. */
    @Test
    void isFull_exhaustedPool_isTrue() {
        UsageView view = new UsageView() {
            @Override
            public List<Holding> heldBy(Owner owner) {
                return List.of();
            }

            @Override
            public Optional<PoolUsage> usage(String pool) {
                return pool.equals("unknown") ? Optional.empty() : Optional.of(NounsTest.usage(1, 0, 0, 0));
            }
        };
        assertTrue(view.isFull("p"));
        assertFalse(view.isFull("unknown"));
    }

    @Test
    void isReleased_nothingReleased_isFalse() {
        assertTrue(new ReleaseResult.Released("p", ADDRESS, "eth0", 5).isReleased());
        assertFalse(new ReleaseResult.NotAllocated().isReleased());
        assertFalse(new ReleaseResult.HeldByAnother(ADDRESS, CART, 5).isReleased());
    }

    @Test
    void orElseThrow_refusedUpdate_throws() {
        PoolCatalog from = PoolCatalog.of();
        PoolCatalog to = PoolCatalog.of(pool("p", "10.0.0.0/24", "10.0.0.1"));
        ChangePlan plan = ChangePlan.between(from, to, HeldAddresses.none());
        UpdateResult updated = new UpdateResult.Updated(plan);
        assertTrue(updated.isUpdated());
        assertSame(plan, updated.orElseThrow());
        for (UpdateResult not : List.of(new UpdateResult.Blocked(plan), new UpdateResult.Outdated(from))) {
            assertFalse(not.isUpdated());
            String message =
                    assertThrows(IllegalStateException.class, not::orElseThrow).getMessage();
            assertTrue(message.startsWith("not updated: "), message);
        }
        UpdateResult blocked = new UpdateResult.Blocked(plan);
        assertEquals(
                "not updated: " + blocked,
                assertThrows(IllegalStateException.class, blocked::orElseThrow).getMessage());
    }

    @Test
    void snapshot_unorderedParts_isSorted() {
        PoolSnapshot.Held low = new PoolSnapshot.Held(ADDRESS, CART, "eth0", 4);
        PoolSnapshot.Held high = new PoolSnapshot.Held(Address.parse("10.6.2.0"), CART, "net1", 5);
        PoolSnapshot.Cooling early = new PoolSnapshot.Cooling(ADDRESS, CART, Instant.EPOCH);
        PoolSnapshot.Cooling late = new PoolSnapshot.Cooling(Address.parse("10.6.0.9"), CART, Instant.EPOCH);
        PoolSnapshot b =
                new PoolSnapshot("b", Optional.empty(), Optional.empty(), List.of(high, low), List.of(early, late));
        PoolSnapshot a = PoolSnapshot.of("a", List.of(low));
        assertEquals(List.of(low, high), b.held());
        assertEquals(List.of(late, early), b.cooling());
        StateSnapshot state = new StateSnapshot(7, List.of(b, a));
        assertEquals(List.of(a, b), state.pools());
        assertEquals(3, state.heldCount());
        assertEquals(0, StateSnapshot.empty().heldCount());
        assertEquals(new StateSnapshot(0, List.of(a)), StateSnapshot.of(List.of(a)));
        assertThrows(IllegalArgumentException.class, () -> new StateSnapshot(-1, List.of()));
        assertThrows(IllegalArgumentException.class, () -> new PoolSnapshot.Held(ADDRESS, CART, "eth0", -1));
    }
}
