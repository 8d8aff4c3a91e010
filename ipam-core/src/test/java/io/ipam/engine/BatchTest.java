package io.ipam.engine;

import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Selections.of;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ipam.Ipam;
import io.ipam.IpamSettings;
import io.ipam.address.Address;
import io.ipam.allocation.AllocationEvent;
import io.ipam.allocation.AllocationOrder;
import io.ipam.engine.commit.Call;
import io.ipam.engine.decision.GrantOutcome;
import io.ipam.engine.decision.ReleaseTarget;
import io.ipam.engine.decision.Step;
import io.ipam.engine.replica.PlantedFault;
import io.ipam.engine.replica.RealmSettings;
import io.ipam.engine.state.EventQueue;
import io.ipam.engine.state.StateSettings;
import io.ipam.fixture.PlainRequest;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.Workload;
import io.ipam.store.InMemoryStore;
import io.ipam.store.PassingStore;
import io.ipam.store.StateStore;
import io.ipam.store.UnstorableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Requests that one batch decides together. */
class BatchTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final List<AllocationEvent> events = new ArrayList<>();
    private final InMemoryStore store = new InMemoryStore();
    private final PoolCatalog catalog = PoolCatalog.of(v4("a", 1, 2));
    private final IpamSettings settings = IpamSettings.defaults()
            .withCoolDown(HOUR)
            .withClock(Clock.fixed(Instant.ofEpochSecond(1_000), ZoneOffset.UTC));

    private SimulatedMember open(StateStore session) {
        EventQueue queue = new EventQueue(Optional.of(events::add));
        return SimulatedMember.open(
                session,
                new StateSettings(HOUR.toMillis(), 0, Long.MAX_VALUE, Duration.ZERO, queue),
                new RealmSettings(1_000, 1_000, OptionalLong.empty(), () -> 7, settings.clock()::millis, false),
                PlantedFault.NONE);
    }

    private static Call<?, Step<GrantOutcome>> grant(SimulatedMember member, String uid, String... interfaces) {
        PoolCatalog current = member.catalog();
        PlainRequest.Demand[] demands = Stream.of(interfaces)
                .map(name -> PlainRequest.demand(name, PlainRequest.pools(current, "a")))
                .toArray(PlainRequest.Demand[]::new);
        return member.grant(PlainRequest.of(pod(uid), current, demands), AllocationOrder.LOWEST, 0);
    }

    private static String text(Call<?, Step<GrantOutcome>> call) {
        Step.Done<?> done = assertInstanceOf(Step.Done.class, call.result());
        return done.result() instanceof GrantOutcome.Granted granted
                ? granted.grants().get(0).address().toString()
                : done.result().getClass().getSimpleName();
    }

    /** All addresses are cooling, and each is granted once, before the batch is committed. */
    @Test
    void batch_coolingAddresses_grantsEachOnce() {
        try (Ipam ipam = Ipam.create(store.session(), catalog, settings)) {
            for (String uid : List.of("p", "q")) {
                ipam.allocate(Workload.of(pod(uid)), of("a")).orElseThrow();
            }
            List.of("p", "q").forEach(uid -> ipam.release(pod(uid)));
        }
        SimulatedMember member = open(store.session());
        List<Call<?, Step<GrantOutcome>>> calls = new ArrayList<>();
        List.of("r", "s", "t").forEach(uid -> calls.add(grant(member, uid, "eth0")));
        for (int i = 0; i < 10; i++) {
            member.step(i);
        }
        assertEquals(
                List.of("10.1.0.1", "10.1.0.2", "Exhausted"),
                calls.stream().map(BatchTest::text).toList());
        assertEquals(List.of(), member.check());
    }

    /** A request that does not fit takes no room from the next one. */
    @Test
    void batch_requestTooLarge_hasRoomForTheNextOne() {
        Ipam.create(store.session(), catalog, settings).close();
        SimulatedMember member = open(new PassingStore(store.session()) {
            @Override
            public int operationsPerCommit() {
                return 1;
            }
        });
        Call<?, Step<GrantOutcome>> large = grant(member, "p", "eth0", "net1");
        Call<?, Step<GrantOutcome>> small = grant(member, "q", "eth0");
        for (int i = 0; i < 5; i++) {
            member.step(i);
        }
        assertThrows(UnstorableException.class, large::result);
        assertEquals("10.1.0.1", text(small));
        member.deliverEvents();
        assertEquals(1, events.size());
        assertEquals(
                pod("q"),
                assertInstanceOf(AllocationEvent.Granted.class, events.get(0)).owner());
        assertEquals(List.of(), member.check());
    }

    /** The last release of a detached pool removes the pool, too. */
    @Test
    void batch_releaseEmptiesADetachedPool_countsItsRemoval() {
        try (Ipam ipam = Ipam.create(store.session(), catalog, settings)) {
            ipam.allocate(Workload.of(pod("p")), of("a")).orElseThrow();
            ipam.updateByForce(ipam.catalog(), PoolCatalog.EMPTY);
        }
        SimulatedMember member = open(new PassingStore(store.session()) {
            @Override
            public int operationsPerCommit() {
                return 1;
            }
        });
        Call<?, ?> release = member.release(pod("p"), new ReleaseTarget.Everything());
        for (int i = 0; i < 5; i++) {
            member.step(i);
        }
        assertThrows(UnstorableException.class, release::result);
    }

    @Test
    void batch_grants_shareACommit() {
        Ipam.create(store.session(), catalog, settings).close();
        SimulatedMember member = open(store.session());
        long before = member.head().revision();
        List<Call<?, Step<GrantOutcome>>> calls = List.of(grant(member, "p", "eth0"), grant(member, "q", "eth0"));
        for (int i = 0; i < 10; i++) {
            member.step(i);
        }
        assertEquals(
                List.of("10.1.0.1", "10.1.0.2"),
                calls.stream().map(BatchTest::text).toList());
        assertEquals(before + 1, member.head().revision());
    }

    /** The address stays held until the commit of the release is applied. */
    @Test
    void batch_releaseBeforeARequestForTheLastAddress_servesTheRequest() {
        try (Ipam ipam = Ipam.create(store.session(), catalog, settings)) {
            for (String uid : List.of("p", "q")) {
                ipam.allocate(Workload.of(pod(uid)), of("a")).orElseThrow();
            }
        }
        SimulatedMember member = open(store.session());
        member.release(pod("p"), new ReleaseTarget.Everything());
        Call<?, Step<GrantOutcome>> request = grant(member, "r", "eth0");
        for (int i = 0; i < 10; i++) {
            member.step(i);
        }
        assertEquals("10.1.0.1", text(request));
    }

    @Test
    void batch_oneAddressGivenTwice_refusesTheSecondAndNamesTheHolder() {
        Ipam.create(store.session(), catalog, settings).close();
        SimulatedMember member = open(store.session());
        List<Call<?, Step<GrantOutcome>>> calls = new ArrayList<>();
        for (String uid : List.of("p", "q")) {
            PlainRequest.Demand demand =
                    PlainRequest.given("eth0", "10.1.0.2", PlainRequest.pools(member.catalog(), "a"));
            calls.add(member.grant(PlainRequest.of(pod(uid), member.catalog(), demand), AllocationOrder.LOWEST, 0));
        }
        for (int i = 0; i < 10; i++) {
            member.step(i);
        }
        assertEquals("10.1.0.2", text(calls.get(0)));
        Step.Done<?> refused = assertInstanceOf(Step.Done.class, calls.get(1).result());
        assertEquals(
                new GrantOutcome.Conflict(0, Address.parse("10.1.0.2"), "it is held by " + pod("p")), refused.result());
    }
}
