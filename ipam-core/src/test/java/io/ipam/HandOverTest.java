package io.ipam;

import static io.ipam.fixture.Owners.db;
import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Pools.v6;
import static io.ipam.fixture.Selections.of;
import static io.ipam.fixture.Selections.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Family;
import io.ipam.allocation.Allocation;
import io.ipam.allocation.AllocationEvent;
import io.ipam.allocation.HandOverResult;
import io.ipam.allocation.HandOverResult.AlreadyHeld;
import io.ipam.allocation.HandOverResult.HandedOver;
import io.ipam.allocation.HandOverResult.HeldByAnother;
import io.ipam.allocation.HandOverResult.NotAllocated;
import io.ipam.allocation.Holding;
import io.ipam.allocation.Observation;
import io.ipam.allocation.ReconcileMode;
import io.ipam.allocation.ReleaseResult;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.fixture.IpamFixture;
import io.ipam.owner.Owner;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolSelections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The hand-over of the addresses of a stateful owner from one incarnation to another. */
class HandOverTest {
    private static final PoolSelections DUAL = PoolSelections.none()
            .withPod(new PoolNames(java.util.Map.of(Family.IPV4, List.of("a"), Family.IPV6, List.of("six"))));

    private final IpamFixture fixture = new IpamFixture(v4("a", 1, 5), v4("b", 2, 5), v6("six", 1, 5));

    @AfterEach
    void theStateIsSound() {
        assertEquals(List.of(), fixture.ipam.state().verify());
    }

    private HandOverResult handOver(String fromUid, String toUid) {
        return fixture.ipam.handOver(db("ignored"), fromUid, toUid);
    }

    private Allocation allocate(Owner owner, PoolSelections selections) {
        return fixture.ask(owner, selections).orElseThrow().get(0);
    }

    private static HeldByAnother heldBy(Allocation held) {
        return new HeldByAnother(held.address(), held.owner(), held.generation());
    }

    @Test
    void handOver_fromTheHolder_renewsEveryAddress() {
        List<Allocation> before = fixture.ask(db("x"), on(DUAL, "eth0", "net1")).orElseThrow();
        HandOverResult result = handOver("x", "y");
        List<Holding> after = result.orElseThrow();
        assertEquals(new HandedOver(after), result);
        assertTrue(result.isHandedOver());
        assertEquals(
                List.of(
                        "eth0 10.1.0.1 from a y",
                        "net1 10.1.0.2 from a y",
                        "eth0 2001:db8:1::1 from six y",
                        "net1 2001:db8:1::2 from six y"),
                after.stream().map(holding -> holding + " " + holding.uid()).toList());
        Set<Long> generations = before.stream().map(Allocation::generation).collect(Collectors.toSet());
        after.forEach(holding -> assertTrue(generations.add(holding.generation()), holding::toString));
        assertEquals(
                after.stream().map(Holding::generation).collect(Collectors.toSet()),
                fixture.ask(db("y"), on(DUAL, "eth0", "net1")).orElseThrow().stream()
                        .map(Allocation::generation)
                        .collect(Collectors.toSet()),
                "a request of the next holder keeps the generations");
    }

    @Test
    void handOver_repeated_changesNothing() {
        Allocation held = allocate(db("x"), of("a"));
        HandOverResult first = fixture.ipam.handOver(db("x"), "x", "y", held.generation());
        AlreadyHeld already = new AlreadyHeld(first.orElseThrow());
        assertEquals(already, handOver("x", "y"));
        assertEquals(already, fixture.ipam.handOver(db("x"), "x", "y", held.generation()));
        assertTrue(already.isHandedOver());
        assertEquals(first.orElseThrow(), already.orElseThrow());
    }

    @Test
    void handOver_fromAnotherUid_changesNothing() {
        Allocation held = allocate(db("x"), of("a"));
        StateSnapshot before = fixture.ipam.state().export();
        HandOverResult result = handOver("z", "y");
        assertEquals(heldBy(held), result);
        assertFalse(result.isHandedOver());
        assertEquals(
                "not handed over: " + result,
                assertThrows(IllegalStateException.class, result::orElseThrow).getMessage());
        assertEquals(before, fixture.ipam.state().export());
    }

    @Test
    void handOver_nothingHeld_isNotAllocated() {
        assertEquals(new NotAllocated(), handOver("x", "y"));
        allocate(db("x"), of("a"));
        fixture.ipam.release(db("x"));
        assertEquals(new NotAllocated(), handOver("x", "y"));
        assertEquals(new NotAllocated(), fixture.ipam.handOver(db("x"), "x", "y", 1));
        assertThrows(IllegalStateException.class, () -> handOver("x", "y").orElseThrow());
    }

    @Test
    void handOver_toTheHolderItself_changesNothing() {
        Allocation held = allocate(db("x"), of("a"));
        assertEquals(held.generation(), handOver("x", "x").orElseThrow().get(0).generation());
        assertEquals(heldBy(held), handOver("y", "y"));
    }

    @Test
    void handOver_staleGeneration_changesNothing() {
        Allocation first = allocate(db("x"), of("a"));
        handOver("x", "y");
        long back = handOver("y", "x").orElseThrow().get(0).generation();
        assertNotEquals(first.generation(), back);
        assertEquals(
                new HeldByAnother(first.address(), db("x"), back),
                fixture.ipam.handOver(db("x"), "x", "y", first.generation()),
                "the same uid under another generation");
        assertTrue(fixture.ipam.handOver(db("x"), "x", "y", back).isHandedOver());
    }

    @Test
    void handOver_generationOfAnyGrant_handsEverythingOver() {
        List<Allocation> held =
                fixture.ask(db("x"), on(of("a"), "eth0", "net1")).orElseThrow();
        HandOverResult result =
                fixture.ipam.handOver(db("x"), "x", "y", held.get(1).generation());
        assertEquals(2, result.orElseThrow().size());
    }

    @Test
    void handOver_partHeldByTheNext_renewsTheRest() {
        allocate(db("x"), on(of("a"), "eth0"));
        long own = allocate(db("y"), on(of("b"), "net1")).generation();
        List<Holding> held = handOver("x", "y").orElseThrow();
        assertEquals(List.of("y", "y"), held.stream().map(Holding::uid).toList());
        assertNotEquals(own, held.get(0).generation());
        assertEquals(own, held.get(1).generation());
    }

    @Test
    void handOver_generationOfTheNext_isRefused() {
        Allocation old = allocate(db("x"), on(of("a"), "eth0"));
        long own = allocate(db("y"), on(of("b"), "net1")).generation();
        assertEquals(heldBy(old), fixture.ipam.handOver(db("x"), "x", "y", own));
    }

    @Test
    void handOver_partHeldByAThird_changesNothing() {
        allocate(db("x"), on(of("a"), "eth0"));
        Allocation third = allocate(db("z"), on(of("b"), "net1"));
        StateSnapshot before = fixture.ipam.state().export();
        assertEquals(heldBy(third), handOver("x", "y"));
        assertEquals(before, fixture.ipam.state().export());
    }

    @Test
    void handOver_failedMigration_keepsTheAddressOfTheSource() {
        Allocation source = allocate(db("source"), of("a"));
        handOver("source", "target");
        assertTrue(handOver("target", "source").isHandedOver());
        assertEquals(
                ReleaseResult.HeldByAnother.class,
                fixture.ipam.release(db("target")).get(0).getClass());
        assertEquals("eth0 " + source.address(), fixture.get(db("source"), of("a")));
        assertTrue(fixture.ipam.release(db("source")).get(0).isReleased());
    }

    @Test
    void handOver_otherOwners_areUnchanged() {
        allocate(pod("x"), of("a"));
        allocate(Owner.stateful("shop", "db-1", "x"), of("a"));
        allocate(Owner.stateful("other", "db-0", "x"), of("a"));
        StateSnapshot before = fixture.ipam.state().export();
        assertEquals(new NotAllocated(), handOver("x", "y"));
        assertEquals(before, fixture.ipam.state().export());
    }

    @Test
    void handOver_emptyUid_isAnUnknownIncarnation() {
        allocate(db(""), of("a"));
        assertTrue(handOver("", "x").isHandedOver());
        assertTrue(handOver("x", "").isHandedOver());
        assertEquals("", handOver("", "").orElseThrow().get(0).uid());
    }

    @Test
    void handOver_hostileTexts_areUidsLikeAnyOther() {
        String huge = "\u0000\uD800 \u202E".repeat(100_000);
        allocate(db("x"), of("a"));
        assertTrue(handOver("x", huge).isHandedOver());
        assertEquals(huge, handOver("x", huge).orElseThrow().get(0).uid());
        assertTrue(handOver(huge, "x").isHandedOver());
        assertEquals(new NotAllocated(), fixture.ipam.handOver(Owner.stateful(huge, huge, ""), huge, "x"));
    }

    @Test
    void handOver_statelessOwner_isRefused() {
        allocate(pod("1"), of("a"));
        String message = "owner must be stateful, was the stateless shop/pod-1 (uid 1)";
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> fixture.ipam.handOver(pod("1"), "1", "2"))
                        .getMessage());
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> fixture.ipam.handOver(pod("1"), "1", "2", 1))
                        .getMessage());
    }

    @Test
    void handOver_fullOrRemovedPool_needsNoFreeAddress() {
        IpamFixture full = new IpamFixture(v4("a", 1, 1), v4("b", 2, 5));
        full.get(db("x"), of("a"));
        assertTrue(full.ipam.handOver(db("x"), "x", "y").isHandedOver());
        full.ipam
                .updateByForce(full.ipam.catalog(), full.ipam.catalog().without("a"))
                .orElseThrow();
        assertTrue(full.ipam.handOver(db("x"), "y", "z").isHandedOver());
        assertEquals(List.of(), full.ipam.state().verify());
        assertTrue(full.ipam.release(db("z")).get(0).isReleased());
        assertTrue(full.ipam.usage("a").isEmpty());
    }

    @Test
    void handOver_listener_getsRenewals() {
        List<AllocationEvent> events = new ArrayList<>();
        fixture.with(fixture.settings.withListener(events::add));
        fixture.get(db("x"), on(of("a"), "eth0", "net1"));
        events.clear();
        List<Holding> held = handOver("x", "y").orElseThrow();
        handOver("x", "y");
        handOver("x", "z");
        List<String> expected = new ArrayList<>();
        for (Holding holding : held) {
            expected.add(db("y") + " " + holding + " " + holding.generation() + " " + expected.size() + " true");
        }
        assertEquals(
                expected,
                events.stream()
                        .map(AllocationEvent.Granted.class::cast)
                        .map(event -> event.owner() + " " + event.interfaceName() + " " + event.address() + " from "
                                + event.pool() + " " + event.generation() + " " + event.position() + " "
                                + event.renewed())
                        .toList());
    }

    @Test
    void handOver_afterAnObservation_isNoOrphan() {
        fixture.with(fixture.settings.withReconcileGrace(Duration.ZERO));
        allocate(db("x"), of("a"));
        Observation observation = fixture.ipam.observe();
        handOver("x", "y");
        assertEquals(
                List.of(),
                fixture.ipam
                        .reconcile(observation, List.of(), ReconcileMode.FREE)
                        .suspected());
    }

    @Test
    void handOver_exportedAndRestored_keepsTheUidAndTheGeneration() {
        allocate(db("x"), of("a"));
        List<Holding> held = handOver("x", "y").orElseThrow();
        StateSnapshot state = fixture.ipam.state().export();
        Ipam restarted = Ipam.of(fixture.ipam.catalog(), fixture.settings);
        restarted.state().restore(state, RestoreMode.REFUSE);
        assertEquals(new AlreadyHeld(held), restarted.handOver(db("x"), "x", "y"));
    }

    @Test
    void handOver_null_isNamed() {
        assertEquals("owner", nullOf(() -> fixture.ipam.handOver(null, "x", "y")));
        assertEquals("fromUid", nullOf(() -> fixture.ipam.handOver(pod("1"), null, "y")));
        assertEquals("toUid", nullOf(() -> fixture.ipam.handOver(pod("1"), "x", null, 1)));
    }

    private static String nullOf(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(NullPointerException.class, call).getMessage();
    }
}
