package io.ipam;

import static io.ipam.fixture.Pools.disabled;
import static io.ipam.fixture.Pools.pool;
import static io.ipam.fixture.Pools.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.ReleaseResult;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.allocation.UpdateResult;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.InterfaceRequest;
import io.ipam.resolution.PodSelection;
import io.ipam.resolution.PoolFilter;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Resolution;
import io.ipam.resolution.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Interleavings that once failed. */
class EngineRaceTest {
    /** The common pool may have only one thread. */
    private static final Executor OWN_THREAD = task -> new Thread(task).start();

    private static final Family V4 = Family.ofNumber(4).orElseThrow();
    private static final Pool A = v4("a", 1, 9);
    private static final Pool B = v4("b", 2, 9);

    private static PoolSelections on(String interfaceName, String pool) {
        return on(List.of(interfaceName), List.of(pool));
    }

    private static PoolSelections on(List<String> interfaces, List<String> pools) {
        List<PodSelection.Item> items = new ArrayList<>();
        for (int i = 0; i < interfaces.size(); i++) {
            items.add(new PodSelection.Item(
                    Optional.of(interfaces.get(i)), PoolNames.of(V4, List.of(pools.get(i))), false));
        }
        return PoolSelections.none()
                .withInterfaces(interfaces.stream().map(InterfaceRequest::of).toList())
                .withPod(new PodSelection.PerInterface(items));
    }

    private static Workload pod(String name) {
        return Workload.builder(Owner.stateless("shop", name, "uid-" + name)).build();
    }

    /**
     * The plan of a pool that changes its subnet reads its former ledger, which must be locked in
     * order.
     */
    @Test
    void plan_poolChangesSubnet_doesNotDeadlock() throws Exception {
        Ipam ipam = Ipam.of(PoolCatalog.of(A, B));
        PoolCatalog moved = PoolCatalog.of(pool("a", "10.3.0.0/24", "10.3.0.1"), disabled(B));
        PoolSelections both = on(List.of("eth0", "net1"), List.of("a", "b"));
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Void> requests = CompletableFuture.runAsync(
                () -> {
                    for (int i = 0; !stop.get(); i++) {
                        Workload pod = pod("p" + i % 7);
                        ipam.allocate(pod, both);
                        ipam.release(pod.owner());
                    }
                },
                OWN_THREAD);
        CompletableFuture<Void> updates = CompletableFuture.runAsync(
                () -> {
                    for (int i = 0; i < 2_000; i++) {
                        assertInstanceOf(UpdateResult.Blocked.class, ipam.update(ipam.catalog(), moved));
                    }
                },
                OWN_THREAD);
        updates.get(Duration.ofMinutes(1).toSeconds(), TimeUnit.SECONDS);
        stop.set(true);
        requests.get(Duration.ofMinutes(1).toSeconds(), TimeUnit.SECONDS);
        assertEquals(List.of(), ipam.state().verify());
    }

    /**
     * A record of an owner is read without the lock of the ledger while another thread enlarges its
     * arrays. The owner must be found while it holds an address, and not afterwards.
     */
    @Test
    void ownerOf_recordsGrowConcurrently_findsOwner() throws Exception {
        for (int round = 0; round < 20; round++) {
            Pool large = pool("large", "10.16.0.0/16", "10.16.0.0-10.16.63.255");
            Ipam ipam = Ipam.of(PoolCatalog.of(large));
            PoolSelections there = on("eth0", "large");
            String prefix = "r" + round + "-";
            CompletableFuture<Void> others = CompletableFuture.runAsync(
                    () -> {
                        for (int i = 0; i < 4_000; i++) {
                            ipam.allocate(pod(prefix + i), there).orElseThrow();
                        }
                    },
                    OWN_THREAD);
            Workload one = pod("one");
            while (!others.isDone()) {
                Address first = ipam.allocate(one, there).orElseThrow().get(0).address();
                assertEquals(
                        first, ipam.allocate(one, there).orElseThrow().get(0).address());
                assertInstanceOf(
                        ReleaseResult.Released.class, ipam.release(one.owner()).get(0));
                assertInstanceOf(
                        ReleaseResult.NotAllocated.class,
                        ipam.release(one.owner()).get(0));
            }
            others.get(Duration.ofMinutes(1).toSeconds(), TimeUnit.SECONDS);
            assertEquals(List.of(), ipam.state().verify());
        }
    }

    /**
     * While a request is resolved, a new catalog is published that does not change its pool, and
     * another owner is served there. In the old catalog the request would get b's first address, in
     * the new one a's; it must never get b's second.
     */
    @Test
    void allocate_concurrentUpdate_usesOneCatalog() {
        Ipam[] ipam = new Ipam[1];
        AtomicBoolean first = new AtomicBoolean(true);
        PoolFilter meanwhile = (pool, demand) -> {
            if (first.getAndSet(false)) {
                PoolCatalog before = ipam[0].catalog();
                assertTrue(ipam[0].update(before, before.with(A)).isUpdated());
                assertEquals(
                        "10.2.0.1",
                        ipam[0].allocate(pod("x"), on("eth0", "b"))
                                .orElseThrow()
                                .get(0)
                                .address()
                                .toString());
            }
            return Optional.empty();
        };
        ipam[0] =
                Ipam.of(PoolCatalog.of(disabled(A), B), IpamSettings.defaults().withFilters(List.of(meanwhile)));
        PoolSelections both = PoolSelections.none().withPod(PoolNames.of(V4, List.of("a", "b")));
        AllocationResult result = ipam[0].allocate(pod("y"), both);
        assertEquals("10.1.0.1", result.orElseThrow().get(0).address().toString());
        assertEquals(
                ipam[0].catalog().version(),
                ((AllocationResult.Allocated) result).resolution().catalogVersion());
    }

    /**
     * A record of an unknown interface is adopted only once, even by a request that was resolved
     * before.
     */
    @Test
    void allocate_recordWithoutInterface_isAdoptedOnce() {
        Ipam ipam = Ipam.of(PoolCatalog.of(A));
        Owner owner = pod("p").owner();
        PoolSnapshot.Held record = new PoolSnapshot.Held(Address.parse("10.1.0.5"), owner, "", 7);
        ipam.state()
                .restore(
                        new StateSnapshot(
                                7,
                                List.of(new PoolSnapshot(
                                        "a", Optional.empty(), Optional.empty(), List.of(record), List.of()))),
                        RestoreMode.REFUSE);
        Resolution early = ipam.resolve(pod("p"), on("net1", "a"));
        Address first =
                ipam.allocate(pod("p"), on("eth0", "a")).orElseThrow().get(0).address();
        Address second = ipam.allocate(early).orElseThrow().get(0).address();
        assertEquals(Address.parse("10.1.0.5"), first);
        assertNotEquals(first, second);
        assertEquals(
                first,
                ipam.allocate(pod("p"), on("eth0", "a")).orElseThrow().get(0).address());
        assertEquals(List.of(), ipam.state().verify());
    }

    /** Detached pools of a document must not claim the same address. */
    @Test
    void restore_overlappingDetachedPools_stayDisjoint() {
        Ipam ipam = Ipam.of(PoolCatalog.EMPTY);
        StateSnapshot snapshot = new StateSnapshot(9, List.of(detached("a", "x", 8), detached("other", "y", 9)));
        var report = ipam.state().restore(snapshot, RestoreMode.HOLD);
        assertEquals(1, report.problems().size(), report::toString);
        assertTrue(report.problems().get(0).rule().contains("must not have an address of another pool"));
    }

    private static PoolSnapshot detached(String name, String owner, long generation) {
        Pool pool = v4(name, 1, 9);
        PoolSnapshot.Held held =
                new PoolSnapshot.Held(Address.parse("10.1.0.1"), pod(owner).owner(), "eth0", generation);
        return new PoolSnapshot(name, Optional.of(pool), Optional.empty(), List.of(held), List.of());
    }
}
