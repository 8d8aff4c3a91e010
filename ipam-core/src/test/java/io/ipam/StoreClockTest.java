package io.ipam;

import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Selections.of;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ipam.allocation.PoolSnapshot;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.Workload;
import io.ipam.store.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The time of changes over a store. */
class StoreClockTest {
    private static final Instant REQUEST = Instant.ofEpochMilli(1_000_000);
    private static final Instant BATCH = Instant.ofEpochMilli(2_000_000);

    private static Instant now() {
        return Thread.currentThread().getName().equals("ipam-committer") ? BATCH : REQUEST;
    }

    @Test
    void release_overAStore_hasTheTimeOfItsBatch() {
        IpamSettings settings =
                IpamSettings.defaults().withClock(StoreClockTest::now).withCoolDown(Duration.ofHours(1));
        PoolCatalog catalog = PoolCatalog.of(v4("a", 1));
        try (Ipam ipam = Ipam.create(new InMemoryStore().session(), catalog, settings)) {
            ipam.allocate(Workload.of(pod("p")), of("a")).orElseThrow();
            ipam.release(pod("p"));
            List<PoolSnapshot.Cooling> cooling =
                    ipam.state().export().pools().get(0).cooling();
            assertEquals(
                    List.of(BATCH),
                    cooling.stream().map(PoolSnapshot.Cooling::releasedAt).toList());
        }
    }
}
