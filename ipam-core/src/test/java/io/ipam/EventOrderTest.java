package io.ipam;

import static io.ipam.fixture.Owners.db;
import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Selections.of;
import static io.ipam.fixture.Selections.on;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ipam.address.Address;
import io.ipam.allocation.AllocationEvent;
import io.ipam.allocation.AllocationEvent.Granted;
import io.ipam.allocation.AllocationEvent.Released;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.ReconcileMode;
import io.ipam.fixture.IpamFixture;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * The listener receives every event once, in the order of the changes of each pool. Requests,
 * releases, catalog updates, and reconciliations run concurrently, and the listener sometimes
 * throws.
 */
class EventOrderTest {
    private static final int THREADS = 3;
    private static final int ACTIONS = 1500;

    private final List<String> wrong = new ArrayList<>();
    private final Map<Address, Granted> held = new TreeMap<>();
    private final Set<Long> seen = new HashSet<>();
    private int events;

    /** One thread delivers at a time: no lock here. */
    private void follow(AllocationEvent event) {
        events++;
        if (event instanceof Granted granted) {
            Granted before = held.put(granted.address(), granted);
            if (before != null && !(granted.renewed() && before.owner().isSameAs(granted.owner()))) {
                wrong.add(granted + " after " + before);
            }
            if (!seen.add(granted.generation())) {
                wrong.add("twice: " + granted);
            }
        } else if (event instanceof Released released) {
            Granted before = held.remove(released.address());
            if (before == null || before.generation() != released.generation()) {
                wrong.add(released + " after " + before);
            }
        }
        if (events % 7 == 0) {
            throw new IllegalStateException("now and then");
        }
    }

    @Test
    void events_concurrentCalls_areTheHistoryOfEachPool() throws Exception {
        IpamFixture fixture = new IpamFixture(v4("a", 1, 3), v4("b", 2, 3));
        AtomicLong clock = new AtomicLong();
        fixture.with(fixture.settings
                .withListener(this::follow)
                .withReconcileGrace(Duration.ZERO)
                .withClock(() -> Instant.ofEpochMilli(clock.incrementAndGet())));
        Ipam ipam = fixture.ipam;
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> done = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            Random random = new Random(t);
            done.add(threads.submit(() -> {
                start.await();
                for (int i = 0; i < ACTIONS; i++) {
                    act(ipam, random);
                }
                return null;
            }));
        }
        for (Future<?> thread : done) {
            thread.get();
        }
        threads.shutdown();
        assertEquals(List.of(), wrong);
        assertEquals(List.of(), ipam.state().verify());
        Map<Address, Long> told = new TreeMap<>();
        held.forEach((address, granted) -> told.put(address, granted.generation()));
        Map<Address, Long> actual = new TreeMap<>();
        for (PoolSnapshot pool : ipam.state().export().pools()) {
            pool.held().forEach(record -> actual.put(record.address(), record.generation()));
        }
        assertEquals(actual, told);
        assertEquals(events / 7, ipam.listenerFailures());
    }

    private static void act(Ipam ipam, Random random) {
        String uid = "" + random.nextInt(4);
        PoolSelections selections = random.nextBoolean() ? of("a", "b") : on(of("b", "a"), "eth0", "net1");
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> ipam.allocate(Workload.of(pod(uid)), selections);
            case 3 -> ipam.allocate(Workload.of(db(uid)), selections);
            case 4 -> ipam.release(pod(uid));
            case 5 -> ipam.release(db(uid));
            case 6 -> ipam.reconcile(ipam.observe(), List.of(pod("0"), pod("1"), db("")), ReconcileMode.FREE);
            default -> {
                PoolCatalog before = ipam.catalog();
                ipam.updateByForce(
                        before,
                        before.pool("a").isPresent() && random.nextBoolean()
                                ? before.without("a")
                                : before.with(v4("a", 1, 3).toBuilder()
                                        .disabled(random.nextBoolean())
                                        .build()));
            }
        }
    }
}
