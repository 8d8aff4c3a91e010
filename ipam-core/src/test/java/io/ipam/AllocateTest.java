package io.ipam;

import static io.ipam.fixture.Owners.db;
import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.disabled;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Pools.v6;
import static io.ipam.fixture.Selections.given;
import static io.ipam.fixture.Selections.of;
import static io.ipam.fixture.Selections.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Family;
import io.ipam.allocation.Allocation;
import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.RefusalReason;
import io.ipam.fixture.IpamFixture;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.PodSelection;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Resolution;
import io.ipam.resolution.Workload;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AllocateTest {
    @Test
    void allocate_twoInterfacesOnOnePool_returnsTwoAddresses() {
        IpamFixture fixture = new IpamFixture(v4("a", 1, 3));
        assertEquals("eth0 10.1.0.1, net1 10.1.0.2", fixture.get(pod("1"), on(of("a"), "eth0", "net1")));
        assertEquals("eth0 10.1.0.1, net1 10.1.0.2", fixture.get(pod("1"), on(of("a"), "eth0", "net1")));
        assertEquals("eth0 10.1.0.1", fixture.get(pod("1"), of("a")));
        assertEquals("eth0 10.1.0.1, net2 10.1.0.3", fixture.get(pod("1"), on(of("a"), "eth0", "net2")));
    }

    @Test
    void allocate_noInterfaces_succeedsAndChangesNothing() {
        IpamFixture fixture = new IpamFixture(v4("a", 1, 3));
        fixture.get(pod("1"), of("a"));
        var before = fixture.ipam.state().export();
        PoolSelections none = of("a").withInterfaces(List.of());
        for (String uid : List.of("1", "2")) {
            AllocationResult result = fixture.ipam.allocate(Workload.of(pod(uid)), none);
            assertEquals(List.of(), result.orElseThrow());
        }
        assertEquals(before, fixture.ipam.state().export());
    }

    @Test
    void refusal_oneDemand_omitsOtherDemands() {
        IpamFixture fixture = new IpamFixture(v4("a", 1, 1));
        fixture.get(pod("1"), of("a"));
        assertEquals(
                "eth0 IPv4: no free address in a (1 held, 0 cooling, 0 reserved of 1)",
                fixture.refused(pod("2"), of("a")).message());
    }

    @Test
    void allocate_refused_changesNothing() {
        IpamFixture fixture = new IpamFixture(v4("a", 1, 3), v6("b", 6, 1));
        fixture.get(pod("1"), PoolSelections.none().withPod(PoolNames.of(Family.IPV6, "b")));
        var before = fixture.ipam.state().export();
        PoolSelections both =
                PoolSelections.none().withPod(PoolNames.of(Family.IPV4, "a").with(Family.IPV6, List.of("b")));
        AllocationResult.Refused refused = fixture.refused(pod("2"), both);
        assertEquals(RefusalReason.EXHAUSTED, refused.reason());
        assertEquals(
                "eth0 IPv6: no free address in b (1 held, 0 cooling, 0 reserved of 1), after the other demands of the request",
                refused.message());
        assertEquals(1, refused.candidates().get(0).held());
        assertTrue(
                refused.explain()
                        .startsWith(
                                "shop/pod-2 (uid 2): refused, exhausted: " + refused.message() + "\neth0 IPv4, from "),
                refused::explain);
        assertTrue(refused.explain().endsWith("\n"));
        assertEquals(
                "shop/pod-3 (uid 3): refused, no candidate",
                fixture.refused(pod("3"), of("none"))
                        .explain()
                        .lines()
                        .findFirst()
                        .orElseThrow());
        assertEquals(before, fixture.ipam.state().export());
        AllocationResult.RefusedException thrown =
                assertThrows(AllocationResult.RefusedException.class, refused::orElseThrow);
        assertSame(refused, thrown.refused());
    }

    @Test
    void allocate_laterDemandBlocked_movesEarlierDemand() {
        IpamFixture fixture = new IpamFixture(v4("a", 1, 1), v4("b", 2, 1));
        PoolSelections selections = on(PoolSelections.none(), "eth0", "net1")
                .withPod(new PodSelection.PerInterface(List.of(
                        new PodSelection.Item(Optional.of("eth0"), PoolNames.of(Family.IPV4, "a", "b"), false),
                        new PodSelection.Item(Optional.of("net1"), PoolNames.of(Family.IPV4, "a"), false))));
        assertEquals("eth0 10.2.0.1, net1 10.1.0.1", fixture.get(pod("1"), selections));
    }

    @Test
    void allocate_repeated_returnsHeldAddresses() {
        Pool pool = v4("a", 1, 1);
        IpamFixture fixture = new IpamFixture(pool);
        Allocation held = fixture.ask(pod("1"), of("a")).orElseThrow().get(0);
        PoolCatalog disabled = fixture.ipam.catalog().with(disabled(pool));
        assertTrue(fixture.ipam.update(fixture.ipam.catalog(), disabled).isUpdated());
        assertEquals(List.of(held), fixture.ask(pod("1"), of("a")).orElseThrow());
        assertEquals(
                RefusalReason.NO_CANDIDATE, fixture.refused(pod("2"), of("a")).reason());
    }

    @Test
    void allocate_recreatedStatefulOwner_keepsAddressOfNamedPool() {
        IpamFixture fixture = new IpamFixture(v4("a", 1, 2), v4("b", 2, 2));
        Allocation first = fixture.ask(db("x"), of("a")).orElseThrow().get(0);
        Allocation renewed = fixture.ask(db("y"), of("b", "a")).orElseThrow().get(0);
        assertEquals(first.address(), renewed.address());
        assertNotEquals(first.generation(), renewed.generation());
        assertEquals(renewed, fixture.ask(db("y"), of("b", "a")).orElseThrow().get(0));
        assertEquals("eth0 10.2.0.1", fixture.get(db("z"), of("b")));
        assertEquals("0 held, 0 cooling, 0 reserved, 2 free", fixture.usage("a"));
    }

    @Test
    void allocate_move_canReuseAddressForOtherInterface() {
        IpamFixture fixture = new IpamFixture(v4("a", 1, 1), v4("b", 2, 1));
        fixture.get(db("x"), of("a"));
        PoolSelections crossed = on(PoolSelections.none(), "eth0", "net1")
                .withPod(new PodSelection.PerInterface(List.of(
                        new PodSelection.Item(Optional.of("eth0"), PoolNames.of(Family.IPV4, "b"), false),
                        new PodSelection.Item(Optional.of("net1"), PoolNames.of(Family.IPV4, "a"), false))));
        assertEquals("eth0 10.2.0.1, net1 10.1.0.1", fixture.get(db("y"), crossed));
        assertEquals(List.of(), fixture.ipam.state().verify());
    }

    @Test
    void allocate_givenAddress_isGrantedOrRefusedWithReason() {
        IpamFixture fixture = new IpamFixture(v4("a", 1, 4), v4("b", 2, 2));
        assertEquals("eth0 10.1.0.3", fixture.get(pod("1"), given(of("b", "a"), "10.1.0.3")));
        assertEquals("eth0 10.1.0.3", fixture.get(pod("1"), given(of("b", "a"), "10.1.0.3")));
        assertConflict(
                "eth0 IPv4: cannot allocate 10.1.0.3: it is held by shop/pod-1 (uid 1)",
                fixture.refused(pod("2"), given(of("a"), "10.1.0.3")));
        assertConflict(
                "eth0 IPv4: cannot allocate 10.1.0.2: eth0 IPv4 holds 10.1.0.3",
                fixture.refused(pod("1"), given(of("a"), "10.1.0.2")));
        assertConflict(
                "eth0 IPv4: cannot allocate 10.1.0.2: it is in the subnet of none of the pools that may serve eth0 IPv4",
                fixture.refused(pod("2"), given(of("b"), "10.1.0.2")));
    }

    @Test
    void allocate_givenAddressOutsideThePool_statesTheRule() {
        Pool pool = Pool.builder("a", "10.1.0.0/24")
                .ips("10.1.0.2-10.1.0.9")
                .excludeIps("10.1.0.4")
                .gateway("10.1.0.1")
                .build();
        IpamFixture fixture = new IpamFixture(pool, v4("b", 2, 2));
        String start = "eth0 IPv4: cannot allocate 10.1.0.";
        assertConflict(
                start + "1: it is the gateway of pool a", fixture.refused(pod("1"), given(of("b", "a"), "10.1.0.1")));
        assertConflict(start + "4: pool a excludes it", fixture.refused(pod("1"), given(of("b", "a"), "10.1.0.4")));
        assertConflict(
                start + "10: it is not among the addresses of pool a (" + pool.listed() + ")",
                fixture.refused(pod("1"), given(of("b", "a"), "10.1.0.10")));
    }

    private static void assertConflict(String message, AllocationResult.Refused refused) {
        assertEquals(RefusalReason.CONFLICT, refused.reason());
        assertEquals(message, refused.message());
    }

    @Test
    void allocate_eachOrder_choosesItsAddress() {
        IpamFixture next = new IpamFixture(v4("a", 1, 3));
        next.with(next.settings.withOrder(AllocationOrder.NEXT));
        assertEquals("eth0 10.1.0.1", next.get(pod("1"), of("a")));
        next.ipam.release(pod("1"));
        assertEquals("eth0 10.1.0.2, net1 10.1.0.3", next.get(pod("2"), on(of("a"), "eth0", "net1")));
        assertEquals("eth0 10.1.0.1", next.get(pod("3"), of("a")));

        IpamFixture hash = new IpamFixture(v4("a", 1, 200));
        hash.with(hash.settings.withOrder(AllocationOrder.HASH_OF_OWNER));
        String first = hash.get(pod("1"), of("a"));
        hash.get(pod("2"), of("a"));
        hash.ipam.release(pod("1"));
        assertEquals(first, hash.get(pod("1"), of("a")));
    }

    @Test
    void allocate_randomOrder_dependsOnSeed() {
        Set<String> seen = new HashSet<>();
        for (long seed = 0; seed < 20; seed++) {
            String first = randomly(seed);
            assertEquals(first, randomly(seed));
            seen.add(first);
        }
        assertTrue(seen.size() > 15, seen::toString);
    }

    private static String randomly(long seed) {
        IpamFixture fixture = new IpamFixture(v4("a", 1, 200));
        fixture.with(fixture.settings.withOrder(AllocationOrder.RANDOM).withRandomSeed(seed));
        return fixture.get(pod("1"), on(of("a"), "eth0", "net1", "net2"));
    }

    @Test
    void allocate_outdatedResolution_isRecomputed() {
        Pool pool = v4("a", 1, 3);
        IpamFixture fixture = new IpamFixture(pool);
        Resolution old = fixture.ipam.resolve(Workload.of(pod("1")), of("a"));
        assertSame(old, fixture.ipam.allocate(old).resolution());
        PoolCatalog next = fixture.ipam
                .catalog()
                .with(pool.toBuilder().excludeIps("10.1.0.1").build());
        fixture.ipam.release(pod("1"));
        fixture.ipam.update(fixture.ipam.catalog(), next);
        AllocationResult result = fixture.ipam.allocate(old);
        assertEquals("eth0 10.1.0.2", IpamFixture.text(result.orElseThrow()));
        assertEquals(next.version(), result.resolution().catalogVersion());
    }

    @Test
    void allocate_unresolvable_isRefusedWithoutLock() {
        IpamFixture fixture = new IpamFixture(v4("a", 1, 3));
        assertEquals(
                RefusalReason.INVALID_REQUEST,
                fixture.refused(pod("1"), PoolSelections.none()).reason());
        AllocationResult.Refused unknown = fixture.refused(pod("1"), of("nowhere"));
        assertEquals(RefusalReason.NO_CANDIDATE, unknown.reason());
        assertEquals(unknown.resolution().message(), unknown.message());
    }
}
