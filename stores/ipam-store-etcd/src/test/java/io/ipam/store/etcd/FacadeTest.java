package io.ipam.store.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.ipam.AllocationResult;
import io.ipam.Ipam;
import io.ipam.IpamSettings;
import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.Allocation;
import io.ipam.allocation.HandOverResult;
import io.ipam.allocation.HeldAddress;
import io.ipam.allocation.ReleaseResult;
import io.ipam.allocation.UpdateResult;
import io.ipam.house.Await;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Workload;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@link Ipam} on a server of etcd. Two processes share a realm, each with its own channel. After
 * each test, the replica of each process equals the store and the other replica.
 */
@Tag("etcd")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FacadeTest {
    private static final AtomicInteger REALMS = new AtomicInteger();
    private static final IpamSettings SETTINGS = IpamSettings.defaults().withCoolDown(Duration.ZERO);
    private static final PoolSelections BOTH = PoolSelections.none()
            .withPod(new PoolNames(Map.of(Family.IPV4, List.of("blue-v4"), Family.IPV6, List.of("blue-v6"))));
    private static final PoolCatalog CATALOG = PoolCatalog.of(
            Pool.builder("blue-v4", "10.6.0.0/16").ips("10.6.1.1-10.6.1.9").build(),
            Pool.builder("blue-v6", "2001:db8:6::/64")
                    .ips("2001:db8:6::1-2001:db8:6::9")
                    .build());
    private static final Pool RED =
            Pool.builder("red-v4", "10.7.0.0/16").ips("10.7.1.1").build();
    private static final PoolSelections FROM_RED = PoolSelections.none().withPod(PoolNames.of(Family.IPV4, RED.name()));

    @TempDir
    static Path folder;

    private static EtcdNodes nodes;

    private final String realm = "facade-" + REALMS.incrementAndGet();
    private final List<Ipam> opened = new ArrayList<>();
    private final List<ManagedChannel> channels = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        nodes = new EtcdNodes(folder, 1);
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @AfterEach
    void verifyAndClose() {
        opened.forEach(Ipam::sync);
        for (Ipam ipam : opened) {
            assertEquals(List.of(), ipam.state().verify());
            assertEquals(opened.get(0).state().export(), ipam.state().export());
        }
        opened.forEach(Ipam::close);
        channels.forEach(ManagedChannel::shutdownNow);
    }

    private EtcdStore session() {
        ManagedChannel channel = EtcdHooks.channelTo(nodes.ports().get(0));
        channels.add(channel);
        return EtcdStore.of(channel, realm);
    }

    private Ipam keep(Ipam ipam) {
        opened.add(ipam);
        return ipam;
    }

    private Ipam create() {
        return keep(Ipam.create(session(), CATALOG, SETTINGS));
    }

    private Ipam open() {
        return keep(Ipam.open(session(), SETTINGS));
    }

    private void close(Ipam ipam) {
        ipam.close();
        opened.remove(ipam);
    }

    private static Owner pod(String name) {
        return Owner.stateless("shop", name, "uid-" + name);
    }

    private static List<Allocation> allocate(Ipam ipam, Owner owner) {
        return ipam.allocate(Workload.of(owner), BOTH).orElseThrow();
    }

    private static List<String> addresses(Ipam ipam, String pod) {
        return allocate(ipam, pod(pod)).stream()
                .map(one -> one.address().toString())
                .toList();
    }

    @Test
    void openOrCreate_inTwoProcessesAtOnce_opensOneRealm() throws Exception {
        EtcdStore left = session();
        EtcdStore right = session();
        ExecutorService processes = Executors.newFixedThreadPool(2);
        try {
            List<Future<Ipam>> racing = processes.invokeAll(List.of(
                    () -> Ipam.openOrCreate(left, CATALOG, SETTINGS),
                    () -> Ipam.openOrCreate(right, CATALOG, SETTINGS)));
            for (Future<Ipam> process : racing) {
                assertEquals(CATALOG, keep(process.get()).catalog());
            }
        } finally {
            processes.shutdownNow();
        }
        assertThrows(StoreException.class, () -> Ipam.create(session(), CATALOG, SETTINGS));
    }

    @Test
    void allocate_inTwoProcesses_returnsDifferentAddressesAndRepeatsThem() {
        Ipam left = create();
        Ipam right = open();
        assertEquals(List.of("10.6.1.1", "2001:db8:6::1"), addresses(left, "p"));
        assertEquals(List.of("10.6.1.2", "2001:db8:6::2"), addresses(right, "q"));
        assertEquals(List.of("10.6.1.1", "2001:db8:6::1"), addresses(right, "p"));
    }

    @Test
    void allocate_byManyCallersOfTwoProcesses_fillsThePoolsOnce() throws Exception {
        List<Ipam> processes = List.of(create(), open());
        ExecutorService callers = Executors.newFixedThreadPool(16);
        try {
            List<Future<AllocationResult>> results = callers.invokeAll(IntStream.range(0, 20)
                    .mapToObj(i -> (Callable<AllocationResult>)
                            () -> processes.get(i % 2).allocate(Workload.of(pod("p" + i)), BOTH))
                    .toList());
            int granted = 0;
            for (Future<AllocationResult> result : results) {
                granted += result.get() instanceof AllocationResult.Allocated ? 1 : 0;
            }
            assertEquals(9, granted);
        } finally {
            callers.shutdownNow();
        }
        processes.get(0).sync();
        assertEquals(9, processes.get(0).usage("blue-v6").orElseThrow().held());
    }

    @Test
    void release_inAnotherProcess_freesTheAddresses() {
        Ipam left = create();
        Ipam right = open();
        addresses(left, "p");
        Allocation first = allocate(left, pod("q")).get(0);
        assertEquals(2, right.release(pod("p")).size());
        assertInstanceOf(ReleaseResult.Released.class, right.release(pod("q"), first.address(), first.generation()));
        assertEquals(List.of("10.6.1.1", "2001:db8:6::1"), addresses(left, "r"));
        assertInstanceOf(
                ReleaseResult.NotAllocated.class, right.release(pod("p")).get(0));
    }

    @Test
    void release_realmWithCoolDown_isTheLastChoiceOfOthers() {
        Ipam left = keep(Ipam.create(session(), CATALOG, IpamSettings.defaults().withCoolDown(Duration.ofHours(1))));
        Ipam right = keep(Ipam.open(session(), IpamSettings.defaults()));
        addresses(left, "p");
        left.release(pod("p"));
        assertEquals(List.of("10.6.1.2", "2001:db8:6::2"), addresses(right, "q"));
        right.state().changeCoolDown(Duration.ZERO);
        assertEquals(List.of("10.6.1.1", "2001:db8:6::1"), addresses(left, "r"));
    }

    @Test
    void update_inOneProcess_isTheCatalogOfTheOther() {
        Ipam left = create();
        Ipam right = open();
        assertTrue(left.update(CATALOG, CATALOG.with(RED)).isUpdated());
        right.sync();
        assertEquals(CATALOG.with(RED), right.catalog());
        right.allocate(Workload.of(pod("p")), FROM_RED).orElseThrow();
        assertInstanceOf(UpdateResult.Blocked.class, left.update(left.catalog(), CATALOG));
        assertTrue(left.updateByForce(left.catalog(), CATALOG).isUpdated());
        right.release(pod("p"));
        left.sync();
        assertTrue(left.usage(RED.name()).isEmpty());
    }

    @Test
    void handOver_inAnotherProcess_changesTheHolder() {
        Ipam left = create();
        Ipam right = open();
        Owner before = Owner.stateful("shop", "db-0", "uid-1");
        Owner after = Owner.stateful("shop", "db-0", "uid-2");
        List<Allocation> granted = allocate(left, before);
        assertInstanceOf(HandOverResult.HandedOver.class, right.handOver(after, "uid-1", "uid-2"));
        left.sync();
        assertEquals(
                after,
                left.holder(granted.get(0).address())
                        .flatMap(HeldAddress::owner)
                        .orElseThrow());
        assertInstanceOf(HandOverResult.AlreadyHeld.class, left.handOver(after, "uid-1", "uid-2"));
    }

    /** The watch is faster than the interval of an hour. */
    @Test
    void revision_commitOfOtherProcess_isSeenBeforeTheInterval() {
        Ipam left = create();
        Ipam idle = keep(Ipam.open(session(), SETTINGS.withNewsInterval(Duration.ofHours(1))));
        addresses(left, "p");
        Await.until("the idle process has the commit", () -> idle.revision() == left.revision());
    }

    @Test
    void open_afterCloseOfAllProcesses_findsTheGrants() {
        Ipam left = create();
        addresses(left, "p");
        close(left);
        Ipam next = open();
        assertEquals(List.of("10.6.1.1", "2001:db8:6::1"), addresses(next, "p"));
        assertEquals(1, next.usage("blue-v4").orElseThrow().held());
        assertThrows(IllegalStateException.class, () -> addresses(left, "p"));
    }

    /** The request waits while the server is away. */
    @Test
    void allocate_serverKilledAndRestarted_succeeds() throws Exception {
        Ipam left = create();
        Ipam right = keep(Ipam.open(session(), SETTINGS.withStoreTimeout(Duration.ofMinutes(2))));
        ManagedChannel channel = channels.get(1);
        addresses(left, "p");
        nodes.killAll();
        CompletableFuture<List<String>> waiting = CompletableFuture.supplyAsync(() -> addresses(right, "q"));
        Await.until("a call fails", () -> channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE);
        nodes.startAll();
        assertEquals(List.of("10.6.1.2", "2001:db8:6::2"), waiting.get(60, TimeUnit.SECONDS));
        assertEquals(List.of("10.6.1.3", "2001:db8:6::3"), addresses(left, "r"));
    }

    @Test
    void release_keyDeletedByHand_stopsTheProcessAndOpenAsFoundAcceptsIt() {
        Ipam left = create();
        addresses(left, "p");
        Keys keys = Keys.of("/ipam", realm);
        EtcdHooks.execute(
                channels.get(0),
                new Txn(
                        List.of(Condition.exists(keys.held() + "10.6.1.1")),
                        List.of(Operation.Delete.one(keys.held() + "10.6.1.1")),
                        List.of()));
        CorruptStoreException found = assertThrows(CorruptStoreException.class, () -> left.release(pod("p")));
        assertTrue(found.getMessage().contains("10.6.1.1"), found.getMessage());
        close(left);
        assertThrows(CorruptStoreException.class, () -> Ipam.open(session(), SETTINGS));
        Ipam accepted = keep(Ipam.openAsFound(session(), SETTINGS));
        assertEquals(
                List.of(Address.parse("2001:db8:6::1")),
                accepted.heldBy(pod("p")).stream().map(HeldAddress::address).toList());
        assertEquals(2, addresses(accepted, "p").size());
    }
}
