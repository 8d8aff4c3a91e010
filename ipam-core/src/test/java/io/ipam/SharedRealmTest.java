package io.ipam;

import static io.ipam.fixture.Owners.db;
import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Pools.v6;
import static io.ipam.fixture.Selections.of;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.allocation.AllocationEvent;
import io.ipam.allocation.ReleaseResult;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.allocation.Stray;
import io.ipam.allocation.UpdateResult;
import io.ipam.fixture.IpamFixture;
import io.ipam.house.Await;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Workload;
import io.ipam.store.Head;
import io.ipam.store.InMemoryStore;
import io.ipam.store.News;
import io.ipam.store.PassingStore;
import io.ipam.store.StateStore;
import io.ipam.store.StoreException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The facade over a store that two processes share. */
class SharedRealmTest {
    private static final IpamSettings SETTINGS =
            IpamSettings.defaults().withNewsInterval(Duration.ofMillis(5)).withStoreTimeout(Duration.ofMinutes(1));

    private final InMemoryStore store = new InMemoryStore();
    private final List<Ipam> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(Ipam::close);
    }

    private Ipam keep(Ipam ipam) {
        opened.add(ipam);
        return ipam;
    }

    private Ipam create(Pool... pools) {
        return keep(Ipam.create(store.session(), PoolCatalog.of(pools), SETTINGS));
    }

    private Ipam create(StateSnapshot snapshot, Pool... pools) {
        return keep(Ipam.create(store.session(), PoolCatalog.of(pools), snapshot, RestoreMode.HOLD, SETTINGS));
    }

    private Ipam open() {
        return keep(Ipam.open(store.session(), SETTINGS));
    }

    @Test
    void openOrCreate_inTwoProcessesAtOnce_opensOneRealm() throws Exception {
        ExecutorService processes = Executors.newFixedThreadPool(2);
        try {
            for (int i = 0; i < 200; i++) {
                InMemoryStore shared = new InMemoryStore();
                List<Future<Ipam>> racing = processes.invokeAll(
                        List.of(() -> openOrCreate(shared), () -> openOrCreate(shared)), 60, TimeUnit.SECONDS);
                for (Future<Ipam> process : racing) {
                    try (Ipam ipam = process.get()) {
                        assertTrue(ipam.catalog().pool("a").isPresent());
                    }
                }
            }
        } finally {
            processes.shutdownNow();
        }
    }

    private static Ipam openOrCreate(InMemoryStore shared) {
        return Ipam.openOrCreate(shared.session(), PoolCatalog.of(v4("a", 1, 9)), SETTINGS);
    }

    private static String get(Ipam ipam, Owner owner, PoolSelections selections) {
        return IpamFixture.text(ipam.allocate(Workload.of(owner), selections).orElseThrow());
    }

    @Test
    void allocate_inTwoProcesses_returnsDifferentAddresses() {
        Ipam first = create(v4("a", 1, 9));
        Ipam second = open();
        assertEquals("eth0 10.1.0.1", get(first, pod("p"), of("a")));
        assertEquals("eth0 10.1.0.2", get(second, pod("q"), of("a")));
        assertEquals("eth0 10.1.0.1", get(second, pod("p"), of("a")));
        first.sync();
        assertEquals(first.state().export(), second.state().export());
        assertEquals(List.of(), first.state().verify());
        assertEquals(List.of(), second.state().verify());
    }

    @Test
    void release_inAnotherProcess_freesTheAddress() {
        Ipam first = create(v4("a", 1, 1));
        Ipam second = open();
        get(first, pod("p"), of("a"));
        assertInstanceOf(AllocationResult.Refused.class, second.allocate(Workload.of(pod("q")), of("a")));
        assertInstanceOf(ReleaseResult.Released.class, second.release(pod("p")).get(0));
        assertEquals("eth0 10.1.0.1", get(first, pod("q"), of("a")));
    }

    @Test
    void open_afterAClose_findsTheGrants() {
        Ipam first = create(v4("a", 1, 9), v6("b", 1, 9));
        get(first, pod("p"), of("a"));
        first.close();
        Ipam second = open();
        assertEquals(1, second.usage("a").orElseThrow().held());
        assertEquals("eth0 10.1.0.1", get(second, pod("p"), of("a")));
        assertThrows(IllegalStateException.class, () -> get(first, pod("q"), of("a")));
    }

    @Test
    void update_inOneProcess_isTheCatalogOfTheOther() {
        Ipam first = create(v4("a", 1, 9));
        Ipam second = open();
        PoolCatalog next = first.catalog().with(v4("b", 2, 9));
        assertTrue(first.update(first.catalog(), next).isUpdated());
        second.sync();
        assertEquals(next, second.catalog());
        assertEquals("eth0 10.2.0.1", get(second, pod("p"), of("b")));
        assertInstanceOf(
                UpdateResult.Blocked.class,
                first.update(first.catalog(), first.catalog().without("b")));
        first.sync();
        assertTrue(first.updateByForce(first.catalog(), first.catalog().without("b"))
                .isUpdated());
        second.sync();
        assertEquals(1, second.usage("b").orElseThrow().held());
        second.release(pod("p"));
        first.sync();
        assertTrue(first.usage("b").isEmpty());
        assertEquals(List.of(), first.state().verify());
        assertEquals(List.of(), second.state().verify());
    }

    @Test
    void create_ofARealmThatExists_isRefused() {
        create(v4("a", 1, 9));
        PoolCatalog catalog = PoolCatalog.of(v4("a", 1, 9));
        StoreException refused =
                assertThrows(StoreException.class, () -> Ipam.create(store.session(), catalog, SETTINGS));
        assertEquals("the realm exists: open it with Ipam.open", refused.getMessage());
    }

    @Test
    void openOrCreate_byManyProcessesAtOnce_createsOneRealm() throws Exception {
        PoolCatalog catalog = PoolCatalog.of(v4("a", 1, 9));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<Ipam>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(threads.submit(() -> Ipam.openOrCreate(store.session(), catalog, SETTINGS)));
        }
        for (Future<Ipam> one : all) {
            assertEquals(catalog, keep(one.get(60, TimeUnit.SECONDS)).catalog());
        }
        threads.shutdown();
        assertEquals("eth0 10.1.0.1", get(opened.get(0), pod("p"), of("a")));
        assertEquals("eth0 10.1.0.2", get(opened.get(7), pod("q"), of("a")));
    }

    @Test
    void update_overAStore_reportsItsEventOnce() throws Exception {
        BlockingQueue<AllocationEvent> events = new LinkedBlockingQueue<>();
        PoolCatalog catalog = PoolCatalog.of(v4("a", 1, 9));
        Ipam ipam = keep(Ipam.create(store.session(), catalog, SETTINGS.withListener(events::add)));
        PoolCatalog next = catalog.with(v4("b", 2, 9));
        assertTrue(ipam.update(catalog, next).isUpdated());
        assertEquals(new AllocationEvent.Swapped(next.version()), events.poll(60, TimeUnit.SECONDS));
        ipam.close();
        assertTrue(events.isEmpty());
    }

    @Test
    void open_ofARealmThatDoesNotExist_isRefused() {
        assertThrows(StoreException.class, this::open);
    }

    @Test
    void allocate_byManyThreadsOfTwoProcesses_assignsNoAddressTwice() throws Exception {
        Ipam first = create(v4("a", 1, 200));
        Ipam second = open();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < 220; i++) {
            Owner owner = pod("p" + i);
            Ipam ipam = i % 2 == 0 ? first : second;
            answers.add(threads.submit(
                    () -> ipam.allocate(Workload.of(owner), of("a")) instanceof AllocationResult.Allocated one
                            ? IpamFixture.text(one.allocations())
                            : ""));
        }
        Set<String> seen = new HashSet<>();
        int refused = 0;
        for (Future<String> answer : answers) {
            String text = answer.get(60, TimeUnit.SECONDS);
            refused += text.isEmpty() ? 1 : 0;
            assertTrue(text.isEmpty() || seen.add(text), text);
        }
        threads.shutdown();
        assertEquals(20, refused);
        assertEquals(List.of(), first.state().verify());
    }

    @Test
    void listener_ofOneProcess_receivesOwnEventsAndForeignOnesOnRequest() throws Exception {
        BlockingQueue<AllocationEvent> events = new LinkedBlockingQueue<>();
        Ipam first = keep(Ipam.create(
                store.session(),
                PoolCatalog.of(v4("a", 1, 9)),
                SETTINGS.withListener(events::add).withForeignEvents(true)));
        Ipam second = open();
        get(first, pod("p"), of("a"));
        AllocationEvent.Granted own =
                assertInstanceOf(AllocationEvent.Granted.class, events.poll(60, TimeUnit.SECONDS));
        assertEquals(Address.parse("10.1.0.1"), own.address());
        get(second, pod("q"), of("a"));
        AllocationEvent.Foreign foreign =
                assertInstanceOf(AllocationEvent.Foreign.class, events.poll(60, TimeUnit.SECONDS));
        assertEquals(Address.parse("10.1.0.2"), ((AllocationEvent.Granted) foreign.event()).address());
        second.release(pod("q"));
        AllocationEvent.Foreign release =
                assertInstanceOf(AllocationEvent.Foreign.class, events.poll(60, TimeUnit.SECONDS));
        assertEquals(Address.parse("10.1.0.2"), ((AllocationEvent.Released) release.event()).address());
    }

    /** If the sum of times overflowed, news would be requested continuously. */
    @Test
    void settings_withUnlimitedTimes_requestNewsOnlyForResults() {
        AtomicInteger requests = new AtomicInteger();
        StateStore counting = new PassingStore(store.session()) {
            @Override
            public News newsAfter(Head known) {
                requests.incrementAndGet();
                return super.newsAfter(known);
            }

            @Override
            public AutoCloseable follow(Runnable hint) {
                return () -> {};
            }
        };
        Duration unlimited = ChronoUnit.FOREVER.getDuration();
        PoolCatalog catalog = PoolCatalog.of(v4("a", 1, 200));
        IpamSettings settings = SETTINGS.withNewsInterval(unlimited).withStoreTimeout(unlimited);
        try (Ipam ipam = Ipam.create(counting, catalog, settings)) {
            for (int i = 0; i < 200; i++) {
                get(ipam, pod("p" + i), of("a"));
                ipam.sync();
            }
            assertEquals(200, requests.get());
        }
    }

    @Test
    void listener_renewalAndUpdateOfAnotherProcess_receivesBothAsForeign() throws Exception {
        BlockingQueue<AllocationEvent> events = new LinkedBlockingQueue<>();
        Ipam first = create(v4("a", 1, 9));
        Ipam second = keep(
                Ipam.open(store.session(), SETTINGS.withListener(events::add).withForeignEvents(true)));
        get(first, db("u1"), of("a"));
        get(first, db("u2"), of("a"));
        assertTrue(first.updateByForce(first.catalog(), PoolCatalog.EMPTY).isUpdated());
        List<AllocationEvent> foreign = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            foreign.add(assertInstanceOf(AllocationEvent.Foreign.class, events.poll(60, TimeUnit.SECONDS))
                    .event());
        }
        assertEquals(
                false,
                assertInstanceOf(AllocationEvent.Granted.class, foreign.get(0)).renewed());
        AllocationEvent.Granted renewal = assertInstanceOf(AllocationEvent.Granted.class, foreign.get(1));
        assertTrue(renewal.renewed());
        assertEquals(db("u2"), renewal.owner());
        assertEquals(new AllocationEvent.Swapped(second.catalog().version()), foreign.get(2));
    }

    @Test
    void releaseStray_inOneProcess_freesTheAddressInAll() {
        Address stray = Address.parse("10.1.0.1");
        StateSnapshot snapshot =
                new StateSnapshot(0, List.of(), List.of(Stray.unowned("a", stray, "unreadable")), Set.of());
        Ipam first = create(snapshot, v4("a", 1, 1));
        Ipam second = open();
        assertFalse(first.state().releaseStray(Address.parse("10.1.0.2")));
        assertTrue(second.state().releaseStray(stray));
        assertFalse(first.state().releaseStray(stray));
        assertEquals("eth0 10.1.0.1", get(first, pod("p"), of("a")));
        assertEquals(List.of(), second.state().verify());
    }

    @Test
    void age_noNews_growsWithTime() {
        create(v4("a", 1, 1));
        Ipam waiting = keep(Ipam.open(
                new PassingStore(store.session()) {
                    @Override
                    public AutoCloseable follow(Runnable hint) {
                        return () -> {};
                    }
                },
                SETTINGS.withNewsInterval(Duration.ofHours(1))));
        Await.until("an age of two milliseconds", () -> waiting.state().age().compareTo(Duration.ofMillis(2)) >= 0);
        assertTrue(waiting.state().age().compareTo(Duration.ofHours(1)) < 0);
    }

    @Test
    void openPool_inOneProcess_opensItInAll() {
        Ipam first = create(new StateSnapshot(0, List.of(), List.of(), Set.of("a")), v4("a", 1, 1));
        Ipam second = open();
        assertInstanceOf(AllocationResult.Refused.class, first.allocate(Workload.of(pod("p")), of("a")));
        assertFalse(first.state().openPool("unknown"));
        assertTrue(second.state().openPool("a"));
        assertFalse(first.state().openPool("a"));
        assertEquals("eth0 10.1.0.1", get(first, pod("p"), of("a")));
        assertEquals(List.of(), second.state().verify());
    }
}
