package io.ipam.engine.realm;

import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Selections.of;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.Ipam;
import io.ipam.IpamSettings;
import io.ipam.house.Await;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.Workload;
import io.ipam.store.InMemoryStore;
import io.ipam.store.PassingStore;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The end of an open realm while its listener runs. */
class OpenRealmTest {
    private static final PoolCatalog CATALOG = PoolCatalog.of(v4("a", 1));

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch storeClosed = new CountDownLatch(1);
    private final CountDownLatch left = new CountDownLatch(1);

    private PassingStore session() {
        return new PassingStore(new InMemoryStore().session()) {
            @Override
            public void close() {
                super.close();
                storeClosed.countDown();
            }
        };
    }

    /** Stays in the first event until a thread waits for the listener. */
    private void stayUntilWaitedFor(Thread closer) {
        entered.countDown();
        if (left.getCount() > 0) {
            Await.until("close waits for the listener", () -> isJoining(closer));
        }
        left.countDown();
    }

    private static boolean isJoining(Thread closer) {
        return Arrays.stream(closer.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(EventThread.class.getName())
                        && frame.getMethodName().equals("join"));
    }

    @Test
    void close_listenerRuns_waitsForIt() throws InterruptedException {
        Thread closer = Thread.currentThread();
        IpamSettings settings = IpamSettings.defaults().withListener(event -> stayUntilWaitedFor(closer));
        Ipam ipam = Ipam.create(session(), CATALOG, settings);
        ipam.allocate(Workload.of(pod("p")), of("a")).orElseThrow();
        assertTrue(entered.await(60, TimeUnit.SECONDS));
        ipam.close();
        assertEquals(0, left.getCount());
    }

    @Test
    void close_byTheListener_endsTheIpam() throws InterruptedException {
        AtomicReference<Ipam> ipam = new AtomicReference<>();
        IpamSettings settings = IpamSettings.defaults().withListener(event -> {
            ipam.get().close();
            left.countDown();
        });
        ipam.set(Ipam.create(session(), CATALOG, settings));
        ipam.get().allocate(Workload.of(pod("p")), of("a")).orElseThrow();
        assertTrue(left.await(60, TimeUnit.SECONDS));
        assertEquals(0, storeClosed.getCount());
    }
}
