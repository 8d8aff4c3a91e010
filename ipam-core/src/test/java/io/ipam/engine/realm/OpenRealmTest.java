package io.ipam.engine.realm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.Ipam;
import io.ipam.IpamFixture;
import io.ipam.IpamSettings;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.Workload;
import io.ipam.store.InMemoryStore;
import io.ipam.store.PassingStore;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The end of an open realm while its listener runs. */
class OpenRealmTest {
    private static final PoolCatalog CATALOG = PoolCatalog.of(IpamFixture.v4("a", 1, 9));

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

    private void stayUntilTheStoreIsClosed() {
        entered.countDown();
        try {
            assertTrue(storeClosed.await(10, TimeUnit.SECONDS));
            Thread.sleep(50); // A close that does not wait returns meanwhile.
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        left.countDown();
    }

    @Test
    void close_listenerRuns_waitsForIt() throws InterruptedException {
        IpamSettings settings = IpamSettings.defaults().withListener(event -> stayUntilTheStoreIsClosed());
        Ipam ipam = Ipam.create(session(), CATALOG, settings);
        ipam.allocate(Workload.of(IpamFixture.pod("p")), IpamFixture.of("a")).orElseThrow();
        assertTrue(entered.await(10, TimeUnit.SECONDS));
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
        ipam.get()
                .allocate(Workload.of(IpamFixture.pod("p")), IpamFixture.of("a"))
                .orElseThrow();
        assertTrue(left.await(10, TimeUnit.SECONDS));
        assertEquals(0, storeClosed.getCount());
    }
}
