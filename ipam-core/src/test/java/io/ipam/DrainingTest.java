package io.ipam;

import static io.ipam.fixture.Owners.db;
import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Selections.given;
import static io.ipam.fixture.Selections.of;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.allocation.AllocationEvent;
import io.ipam.allocation.RefusalReason;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.UpdateResult;
import io.ipam.fixture.IpamFixture;
import io.ipam.fixture.Pools;
import io.ipam.house.Await;
import io.ipam.owner.Owner;
import io.ipam.pool.ChangePlan.Blocker.Reason;
import io.ipam.pool.InvalidPoolException;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.Workload;
import io.ipam.store.InMemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Edits that are applied as far as possible: addresses in use drain. */
class DrainingTest {
    private static final Pool WHOLE = v4("a", 1, 6);
    private static final Pool SHRUNK = Pools.pool("a", "10.1.0.0/24", "10.1.0.5-10.1.0.6");

    private final IpamFixture fixture = new IpamFixture(WHOLE);

    private Ipam ipam() {
        return fixture.ipam;
    }

    private UpdateResult drainTo(Pool... pools) {
        return ipam().updateByDraining(ipam().catalog(), PoolCatalog.of(pools));
    }

    private Pool pool(String name) {
        return ipam().catalog().pool(name).orElseThrow();
    }

    private static AddressSet set(String... texts) {
        return AddressSet.parse(Family.IPV4, List.of(texts));
    }

    private void assertSound() {
        assertEquals(List.of(), ipam().state().verify());
    }

    @Test
    void updateByDraining_addressesInUse_keepsOnlyThem() {
        fixture.get(pod("1"), of("a"));
        fixture.get(pod("2"), of("a"));
        assertInstanceOf(
                UpdateResult.Blocked.class,
                ipam().update(ipam().catalog(), ipam().catalog().with(SHRUNK)));
        assertTrue(drainTo(SHRUNK).isUpdated());
        assertEquals(set("10.1.0.1-10.1.0.2"), pool("a").drainingAddresses());
        assertEquals(set("10.1.0.1-10.1.0.2", "10.1.0.5-10.1.0.6"), pool("a").addresses());
        assertEquals(SHRUNK.ipTexts(), pool("a").ipTexts());
        assertEquals("2 held, 0 cooling, 0 reserved, 2 free", fixture.usage("a"));
        assertEquals(2, ipam().usage("a").orElseThrow().draining());
        assertSound();
    }

    @Test
    void release_drainingAddress_leavesThePool() {
        List<AllocationEvent> events = new ArrayList<>();
        fixture.with(fixture.settings.withListener(events::add));
        fixture.get(pod("1"), of("a"));
        fixture.get(pod("2"), of("a"));
        drainTo(SHRUNK);
        assertEquals("eth0 10.1.0.1", fixture.get(pod("1"), of("a")));
        ipam().release(pod("1"));
        assertEquals(set("10.1.0.2"), pool("a").drainingAddresses());
        ipam().release(pod("2"));
        assertEquals(SHRUNK, pool("a"));
        assertEquals(
                3,
                events.stream()
                        .filter(AllocationEvent.Swapped.class::isInstance)
                        .count());
        assertEquals("0 held, 0 cooling, 0 reserved, 2 free", fixture.usage("a"));
        assertSound();
    }

    @Test
    void allocate_onlyDrainingAddressesAreLeft_isRefused() {
        for (String uid : List.of("1", "2", "3")) {
            fixture.get(pod(uid), of("a"));
        }
        drainTo(Pools.pool("a", "10.1.0.0/24", "10.1.0.3"));
        assertEquals(RefusalReason.EXHAUSTED, fixture.refused(pod("9"), of("a")).reason());
        assertTrue(
                fixture.refused(pod("9"), given(of("a"), "10.1.0.1")).message().contains("it is draining"));
        ipam().release(pod("1"));
        assertEquals(RefusalReason.EXHAUSTED, fixture.refused(pod("9"), of("a")).reason());
        assertFalse(ipam().allocate(Workload.of(pod("9")), given(of("a"), "10.1.0.1"))
                .isAllocated());
    }

    @Test
    void allocate_everythingDrains_hasNoUsableAddress() {
        fixture.get(pod("1"), of("a"));
        Pool none = Pool.builder("a", "10.1.0.0/24")
                .ips("10.1.0.1")
                .excludeIps("10.1.0.1")
                .build();
        drainTo(none);
        assertTrue(fixture.refused(pod("9"), of("a")).explain().contains("excludes every address that it lists"));
        assertEquals("eth0 10.1.0.1", fixture.get(pod("1"), of("a")));
    }

    @Test
    void updateByDraining_repeatedAndReverted_restoresThePool() {
        fixture.get(pod("1"), of("a"));
        drainTo(SHRUNK);
        Pool draining = pool("a");
        drainTo(SHRUNK);
        assertEquals(draining, pool("a"));
        assertInstanceOf(UpdateResult.Blocked.class, ipam().update(ipam().catalog(), PoolCatalog.of(SHRUNK)));
        assertTrue(ipam().update(ipam().catalog(), ipam().catalog().with(v4("b", 2, 2)))
                .isUpdated());
        assertEquals(draining, pool("a"));
        drainTo(WHOLE);
        assertEquals(WHOLE, pool("a"));
        assertEquals("1 held, 0 cooling, 0 reserved, 5 free", fixture.usage("a"));
        assertSound();
    }

    @Test
    void update_anotherPoolGetsADrainingAddress_isRefused() {
        fixture.get(pod("1"), of("a"));
        fixture.get(pod("2"), of("a"));
        drainTo(SHRUNK);
        Pool other = Pools.pool("b", "10.1.0.0/24", "10.1.0.1");
        Assertions.assertThrows(
                io.ipam.pool.InvalidCatalogException.class,
                () -> ipam().catalog().with(other));
        ipam().release(pod("1"));
        assertTrue(ipam().update(ipam().catalog(), ipam().catalog().with(other)).isUpdated());
        assertEquals("eth0 10.1.0.1", fixture.get(pod("9"), of("b")));
        assertSound();
    }

    /** An edit that moves an address in use to another pool stays blocked. */
    @Test
    void updateByDraining_addressMovesToAnotherPool_isBlocked() {
        fixture.get(pod("1"), of("a"));
        UpdateResult result = drainTo(SHRUNK, Pools.pool("b", "10.1.0.0/24", "10.1.0.1"));
        UpdateResult.Blocked blocked = assertInstanceOf(UpdateResult.Blocked.class, result);
        assertEquals(Reason.ADDRESS_IN_USE, blocked.plan().blockers().get(0).reason());
        assertEquals(WHOLE, pool("a"));
    }

    @Test
    void updateByDraining_addressBecomesTheGateway_isBlocked() {
        fixture.get(pod("1"), of("a"));
        assertInstanceOf(
                UpdateResult.Blocked.class,
                drainTo(SHRUNK.toBuilder().gateway("10.1.0.1").build()));
        assertInstanceOf(UpdateResult.Blocked.class, drainTo(v4("a", 2, 6)));
    }

    @Test
    void updateByDraining_poolRemovedAndBack_continuesItsAddresses() {
        fixture.get(pod("1"), of("a"));
        assertTrue(drainTo().isUpdated());
        assertEquals(1, ipam().heldBy(pod("1")).size());
        assertTrue(drainTo(SHRUNK).isUpdated());
        assertEquals(set("10.1.0.1"), pool("a").drainingAddresses());
        assertSound();
    }

    @Test
    void release_drainingWithCoolDown_keepsTheCoolDownOfTheAddress() {
        fixture.coolingFor(Duration.ofSeconds(10));
        fixture.get(pod("1"), of("a"));
        drainTo(SHRUNK);
        ipam().release(pod("1"));
        assertEquals(SHRUNK, pool("a"));
        drainTo(v4("a", 1, 2));
        assertEquals("0 held, 1 cooling, 0 reserved, 1 free", fixture.usage("a"));
        assertSound();
    }

    @Test
    void stateful_recreatedPod_keepsItsDrainingAddress() {
        fixture.get(db("u1"), of("a"));
        drainTo(SHRUNK);
        assertEquals("eth0 10.1.0.1", fixture.get(db("u2"), of("a")));
        assertEquals("eth0 10.1.0.5", fixture.get(db("u2"), given(of("a"), "10.1.0.5")));
        assertEquals(SHRUNK, pool("a"));
        assertSound();
    }

    /** The process that released it ended before the second commit. */
    @Test
    void open_releasedDrainingAddress_isRemoved() {
        InMemoryStore store = new InMemoryStore();
        Pool drained = Pool.builder("a", "10.1.0.0/24")
                .ips("10.1.0.5-10.1.0.6")
                .drainingIps(List.of("10.1.0.1"))
                .build();
        Ipam.create(store.session(), PoolCatalog.of(drained), IpamSettings.defaults())
                .close();
        try (Ipam ipam = Ipam.open(store.session(), IpamSettings.defaults())) {
            ipam.sync(); // After the commit that the opening requested.
            ipam.sync();
            assertTrue(
                    ipam.catalog().pool("a").orElseThrow().drainingAddresses().isEmpty());
        }
    }

    @Test
    void restore_releasedDrainingAddress_isRemovedWithTheNextRequest() {
        Pool drained = Pool.builder("a", "10.1.0.0/24")
                .ips("10.1.0.5-10.1.0.6")
                .drainingIps(List.of("10.1.0.1"))
                .build();
        Ipam ipam = Ipam.of(PoolCatalog.of(drained), IpamSettings.defaults());
        ipam.state().restore(ipam.state().export(), RestoreMode.REFUSE);
        ipam.release(pod("none"));
        assertTrue(ipam.catalog().pool("a").orElseThrow().drainingAddresses().isEmpty());
    }

    @Test
    void restart_withExportAndCatalog_keepsDraining() {
        fixture.get(pod("1"), of("a"));
        drainTo(SHRUNK);
        Ipam next = Ipam.of(ipam().catalog(), fixture.settings);
        next.state().restore(ipam().state().export(), RestoreMode.REFUSE);
        assertEquals(1, next.usage("a").orElseThrow().draining());
        next.release(pod("1"));
        assertEquals(SHRUNK, next.catalog().pool("a").orElseThrow());
        assertEquals(List.of(), next.state().verify());
    }

    @Test
    void build_drainingAddressThatIsListed_isRefused() {
        for (List<String> texts :
                List.of(List.of("10.1.0.5"), List.of("10.1.0.200"), List.of("10.2.0.1"), List.of("x"))) {
            InvalidPoolException refused = Assertions.assertThrows(
                    InvalidPoolException.class,
                    () -> SHRUNK.toBuilder()
                            .gateway("10.1.0.200")
                            .drainingIps(texts)
                            .build());
            assertEquals("drainingIPs[0]", refused.problems().get(0).where());
        }
    }

    /**
     * Concurrent requests, releases, and edits of two pools: locks are always acquired in order.
     */
    @Test
    void updateByDraining_whileThreadsRequest_staysSound() throws Exception {
        fixture.ipam = Ipam.of(PoolCatalog.of(v4("a", 1, 9), v4("b", 2, 9)), fixture.settings);
        Ipam shared = fixture.ipam;
        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<Future<?>> running = new ArrayList<>();
        for (int thread = 0; thread < 2; thread++) {
            int first = thread * 100;
            running.add(threads.submit(() -> {
                for (int i = 0; i < 4_000; i++) {
                    Owner owner = pod("" + (first + i % 7));
                    shared.allocate(Workload.of(owner), i % 2 == 0 ? of("b", "a") : of("a", "b"));
                    if (i % 3 != 0) {
                        shared.release(owner);
                    }
                }
            }));
        }
        running.add(threads.submit(() -> {
            for (int i = 0; i < 1_000; i++) {
                PoolCatalog now = shared.catalog();
                shared.updateByDraining(now, PoolCatalog.of(v4("b", 2, 1 + i % 9), v4("a", 1, 9 - i % 9)));
            }
        }));
        threads.shutdown();
        assertTrue(threads.awaitTermination(60, TimeUnit.SECONDS));
        for (Future<?> one : running) {
            one.get();
        }
        assertSound();
        for (int owner = 0; owner < 200; owner++) {
            shared.release(pod("" + owner));
        }
        assertTrue(drainTo(v4("a", 1, 2), v4("b", 2, 2)).isUpdated());
        assertEquals(PoolCatalog.of(v4("a", 1, 2), v4("b", 2, 2)), shared.catalog());
        assertSound();
    }

    @Test
    void release_drainingAddressOverAStore_leavesThePoolInEveryProcess() {
        InMemoryStore store = new InMemoryStore();
        IpamSettings settings = IpamSettings.defaults().withNewsInterval(Duration.ofMillis(5));
        try (Ipam one = Ipam.create(store.session(), PoolCatalog.of(WHOLE), settings);
                Ipam other = Ipam.open(store.session(), settings)) {
            one.allocate(Workload.of(pod("1")), of("a")).orElseThrow();
            one.allocate(Workload.of(pod("2")), of("a")).orElseThrow();
            assertTrue(
                    one.updateByDraining(one.catalog(), PoolCatalog.of(SHRUNK)).isUpdated());
            long revision = one.revision();
            assertTrue(
                    one.updateByDraining(one.catalog(), PoolCatalog.of(SHRUNK)).isUpdated());
            assertEquals(revision, one.revision());
            other.sync();
            assertEquals(2, other.usage("a").orElseThrow().draining());
            other.release(pod("1"));
            Await.until(
                    "10.1.0.1 leaves the pool",
                    () -> set("10.1.0.2")
                            .equals(other.catalog().pool("a").orElseThrow().drainingAddresses()));
            try (Ipam late = Ipam.open(store.session(), settings)) {
                assertEquals(
                        set("10.1.0.2"), late.catalog().pool("a").orElseThrow().drainingAddresses());
                late.release(pod("2"));
                Await.until(
                        "10.1.0.2 leaves the pool",
                        () -> late.catalog().pool("a").orElseThrow().equals(SHRUNK));
                assertEquals(List.of(), late.state().verify());
            }
            one.sync();
            assertEquals(SHRUNK, one.catalog().pool("a").orElseThrow());
            assertEquals(List.of(), one.state().verify());
        }
    }

    /** The held and the requested addresses of pool a, and the state that an Ipam must report. */
    private static final class Model {
        private final Map<Integer, Owner> held = new HashMap<>();
        private final TreeSet<Integer> wanted = new TreeSet<>(List.of(1, 2, 3, 4, 5, 6));

        /** Allocates if the number is below 50, releases below 75, and otherwise edits the pool. */
        void make(Ipam ipam, int operation) {
            Owner owner = pod("" + operation % 8);
            if (operation < 50) {
                allocate(ipam, owner);
            } else if (operation < 75) {
                ipam.release(owner);
                held.values().remove(owner);
            } else {
                edit(ipam, operation * 37 % 64);
            }
        }

        private void allocate(Ipam ipam, Owner owner) {
            boolean isAllocated = ipam.allocate(Workload.of(owner), of("a")).isAllocated();
            boolean holds = held.containsValue(owner);
            Integer free = wanted.stream()
                    .filter(n -> !held.containsKey(n))
                    .findFirst()
                    .orElse(null);
            assertEquals(holds || free != null, isAllocated);
            if (!holds && free != null) {
                held.put(free, owner);
            }
        }

        private void edit(Ipam ipam, int bits) {
            wanted.clear();
            IntStream.rangeClosed(1, 6).filter(n -> (bits >> (n - 1) & 1) != 0).forEach(wanted::add);
            Pool next = Pools.pool(
                    "a", "10.1.0.0/24", wanted.stream().map(n -> "10.1.0." + n).toArray(String[]::new));
            UpdateResult result;
            do {
                result = ipam.updateByDraining(ipam.catalog(), PoolCatalog.of(next));
            } while (result instanceof UpdateResult.Outdated);
            assertTrue(result.isUpdated());
        }

        /**
         * The pool has the requested addresses and the held ones; addresses that are only held
         * drain.
         */
        boolean isShownBy(Ipam ipam) {
            Pool now = ipam.catalog().pool("a").orElseThrow();
            return IntStream.rangeClosed(1, 6).allMatch(n -> {
                Address address = Address.parse("10.1.0." + n);
                boolean drains = held.containsKey(n) && !wanted.contains(n);
                return now.addresses().contains(address) == (wanted.contains(n) || drains)
                        && now.drainingAddresses().contains(address) == drains;
            });
        }
    }

    @Property(tries = 300)
    void operations_inMemory_agreeWithAModel(@ForAll @Size(max = 30) List<@IntRange(max = 99) Integer> operations) {
        Ipam ipam = Ipam.of(PoolCatalog.of(WHOLE));
        Model model = new Model();
        for (int operation : operations) {
            model.make(ipam, operation);
            assertTrue(model.isShownBy(ipam), ipam.catalog().pools()::toString);
        }
        assertEquals(List.of(), ipam.state().verify());
    }

    /** Over a store an address leaves with the commit after its release. */
    @Property(tries = 40)
    void operations_inTwoProcesses_agreeWithAModel(
            @ForAll @Size(max = 30) List<@IntRange(max = 199) Integer> operations) {
        InMemoryStore store = new InMemoryStore();
        IpamSettings settings = IpamSettings.defaults().withNewsInterval(Duration.ofMillis(1));
        try (Ipam one = Ipam.create(store.session(), PoolCatalog.of(WHOLE), settings);
                Ipam other = Ipam.open(store.session(), settings)) {
            Model model = new Model();
            for (int operation : operations) {
                Ipam process = operation < 100 ? one : other;
                process.sync();
                model.make(process, operation % 100);
            }
            Await.until("both agree with the model", () -> model.isShownBy(one) && model.isShownBy(other));
            assertEquals(List.of(), one.state().verify());
            assertEquals(List.of(), other.state().verify());
        }
    }
}
