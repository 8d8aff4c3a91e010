package io.ipam;

import static io.ipam.Bench.db;
import static io.ipam.Bench.given;
import static io.ipam.Bench.of;
import static io.ipam.Bench.on;
import static io.ipam.Bench.pod;
import static io.ipam.Bench.v4;
import static io.ipam.Bench.v6;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Family;
import io.ipam.allocation.Allocation;
import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.RefusalReason;
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
    void twoInterfacesOnOnePoolGetTwoAddresses() {
        Bench bench = new Bench(v4("a", 1, 3));
        assertEquals("eth0 10.1.0.1, net1 10.1.0.2", bench.get(pod("1"), on(of("a"), "eth0", "net1")));
        assertEquals("eth0 10.1.0.1, net1 10.1.0.2", bench.get(pod("1"), on(of("a"), "eth0", "net1")));
        assertEquals("eth0 10.1.0.1", bench.get(pod("1"), of("a")));
        assertEquals("eth0 10.1.0.1, net2 10.1.0.3", bench.get(pod("1"), on(of("a"), "eth0", "net2")));
    }

    @Test
    void oneDemandIsNotToldOfOthers() {
        Bench bench = new Bench(v4("a", 1, 1));
        bench.get(pod("1"), of("a"));
        assertEquals(
                "eth0 IPv4: no free address in a (1 held, 0 cooling, 0 reserved of 1)",
                bench.refused(pod("2"), of("a")).message());
    }

    @Test
    void aRefusedRequestChangesNothing() {
        Bench bench = new Bench(v4("a", 1, 3), v6("b", 6, 1));
        bench.get(pod("1"), PoolSelections.none().withPod(PoolNames.of(Family.IPV6, "b")));
        var before = bench.ipam.state().export();
        PoolSelections both =
                PoolSelections.none().withPod(PoolNames.of(Family.IPV4, "a").with(Family.IPV6, List.of("b")));
        AllocationResult.Refused refused = bench.refused(pod("2"), both);
        assertEquals(RefusalReason.EXHAUSTED, refused.reason());
        assertEquals(
                "eth0 IPv6: no free address in b (1 held, 0 cooling, 0 reserved of 1), beside what the other demands take",
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
                bench.refused(pod("3"), of("none"))
                        .explain()
                        .lines()
                        .findFirst()
                        .orElseThrow());
        assertEquals(before, bench.ipam.state().export());
        AllocationResult.RefusedException thrown =
                assertThrows(AllocationResult.RefusedException.class, refused::orElseThrow);
        assertSame(refused, thrown.refused());
    }

    @Test
    void anEarlierDemandMovesForALaterOne() {
        Bench bench = new Bench(v4("a", 1, 1), v4("b", 2, 1));
        PoolSelections selections = on(PoolSelections.none(), "eth0", "net1")
                .withPod(new PodSelection.PerInterface(List.of(
                        new PodSelection.Item(Optional.of("eth0"), PoolNames.of(Family.IPV4, "a", "b"), false),
                        new PodSelection.Item(Optional.of("net1"), PoolNames.of(Family.IPV4, "a"), false))));
        assertEquals("eth0 10.2.0.1, net1 10.1.0.1", bench.get(pod("1"), selections));
    }

    @Test
    void holdersStayWhereNothingNewIsGiven() {
        Pool pool = v4("a", 1, 1);
        Bench bench = new Bench(pool);
        Allocation held = bench.ask(pod("1"), of("a")).orElseThrow().get(0);
        PoolCatalog disabled =
                bench.ipam.catalog().with(pool.toBuilder().disabled(true).build());
        assertTrue(bench.ipam.update(bench.ipam.catalog(), disabled).isUpdated());
        assertEquals(List.of(held), bench.ask(pod("1"), of("a")).orElseThrow());
        assertEquals(
                RefusalReason.NO_CANDIDATE, bench.refused(pod("2"), of("a")).reason());
    }

    @Test
    void aRecreatedStatefulOwnerKeepsItsAddressWhileItsPoolIsNamed() {
        Bench bench = new Bench(v4("a", 1, 2), v4("b", 2, 2));
        Allocation first = bench.ask(db("x"), of("a")).orElseThrow().get(0);
        Allocation renewed = bench.ask(db("y"), of("b", "a")).orElseThrow().get(0);
        assertEquals(first.address(), renewed.address());
        assertNotEquals(first.generation(), renewed.generation());
        assertEquals(renewed, bench.ask(db("y"), of("b", "a")).orElseThrow().get(0));
        assertEquals("eth0 10.2.0.1", bench.get(db("z"), of("b")));
        assertEquals("0 held, 0 cooling, 0 reserved, 2 free", bench.usage("a"));
    }

    @Test
    void whatAMoveGivesUpMayBeTakenByItsOtherInterface() {
        Bench bench = new Bench(v4("a", 1, 1), v4("b", 2, 1));
        bench.get(db("x"), of("a"));
        PoolSelections crossed = on(PoolSelections.none(), "eth0", "net1")
                .withPod(new PodSelection.PerInterface(List.of(
                        new PodSelection.Item(Optional.of("eth0"), PoolNames.of(Family.IPV4, "b"), false),
                        new PodSelection.Item(Optional.of("net1"), PoolNames.of(Family.IPV4, "a"), false))));
        assertEquals("eth0 10.2.0.1, net1 10.1.0.1", bench.get(db("y"), crossed));
        assertEquals(List.of(), bench.ipam.state().verify());
    }

    @Test
    void givenAddresses() {
        Bench bench = new Bench(v4("a", 1, 4), v4("b", 2, 2));
        assertEquals("eth0 10.1.0.3", bench.get(pod("1"), given(of("b", "a"), "10.1.0.3")));
        assertEquals("eth0 10.1.0.3", bench.get(pod("1"), given(of("b", "a"), "10.1.0.3")));
        assertConflict(
                "eth0 IPv4: 10.1.0.3 is not to be had: it is held by shop/pod-1 (uid 1)",
                bench.refused(pod("2"), given(of("a"), "10.1.0.3")));
        assertConflict(
                "eth0 IPv4: 10.1.0.2 is not to be had: eth0 IPv4 holds 10.1.0.3",
                bench.refused(pod("1"), given(of("a"), "10.1.0.2")));
        assertConflict(
                "eth0 IPv4: 10.1.0.2 is not to be had: it is in none of the pools that may serve eth0 IPv4",
                bench.refused(pod("2"), given(of("b"), "10.1.0.2")));
    }

    private static void assertConflict(String message, AllocationResult.Refused refused) {
        assertEquals(RefusalReason.CONFLICT, refused.reason());
        assertEquals(message, refused.message());
    }

    @Test
    void ordersOfAddresses() {
        Bench next = new Bench(v4("a", 1, 3));
        next.with(next.settings.withOrder(AllocationOrder.NEXT));
        assertEquals("eth0 10.1.0.1", next.get(pod("1"), of("a")));
        next.ipam.release(pod("1"));
        assertEquals("eth0 10.1.0.2, net1 10.1.0.3", next.get(pod("2"), on(of("a"), "eth0", "net1")));
        assertEquals("eth0 10.1.0.1", next.get(pod("3"), of("a")));

        Bench hash = new Bench(v4("a", 1, 200));
        hash.with(hash.settings.withOrder(AllocationOrder.HASH_OF_OWNER));
        String first = hash.get(pod("1"), of("a"));
        hash.get(pod("2"), of("a"));
        hash.ipam.release(pod("1"));
        assertEquals(first, hash.get(pod("1"), of("a")));
    }

    @Test
    void randomAddressesComeFromTheSeed() {
        Set<String> seen = new HashSet<>();
        for (long seed = 0; seed < 20; seed++) {
            String first = randomly(seed);
            assertEquals(first, randomly(seed));
            seen.add(first);
        }
        assertTrue(seen.size() > 15, seen::toString);
    }

    private static String randomly(long seed) {
        Bench bench = new Bench(v4("a", 1, 200));
        bench.with(bench.settings.withOrder(AllocationOrder.RANDOM).withRandomSeed(seed));
        return bench.get(pod("1"), on(of("a"), "eth0", "net1", "net2"));
    }

    @Test
    void aResolutionIsAFirstGuess() {
        Pool pool = v4("a", 1, 3);
        Bench bench = new Bench(pool);
        Resolution old = bench.ipam.resolve(Workload.of(pod("1")), of("a"));
        assertSame(old, bench.ipam.allocate(old).resolution());
        PoolCatalog next = bench.ipam
                .catalog()
                .with(pool.toBuilder().excludeIps("10.1.0.1").build());
        bench.ipam.release(pod("1"));
        bench.ipam.update(bench.ipam.catalog(), next);
        AllocationResult result = bench.ipam.allocate(old);
        assertEquals("eth0 10.1.0.2", Bench.text(result.orElseThrow()));
        assertEquals(next.version(), result.resolution().catalogVersion());
    }

    @Test
    void refusalsBeforeAnyLock() {
        Bench bench = new Bench(v4("a", 1, 3));
        assertEquals(
                RefusalReason.INVALID_REQUEST,
                bench.refused(pod("1"), PoolSelections.none()).reason());
        AllocationResult.Refused unknown = bench.refused(pod("1"), of("nowhere"));
        assertEquals(RefusalReason.NO_CANDIDATE, unknown.reason());
        assertEquals(unknown.resolution().message(), unknown.message());
    }
}
