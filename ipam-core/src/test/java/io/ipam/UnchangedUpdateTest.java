package io.ipam;

import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Selections.of;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.allocation.UpdateResult;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.Workload;
import io.ipam.store.InMemoryStore;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Updates that change no pool, or only labels, over a store. */
class UnchangedUpdateTest {
    private static final Pool VERSION_16 =
            v4("a", 1, 5).toBuilder().labels(Map.of("resourceVersion", "16")).build();
    private static final Pool VERSION_17 =
            v4("a", 1, 5).toBuilder().labels(Map.of("resourceVersion", "17")).build();

    private final InMemoryStore store = new InMemoryStore();
    private final Ipam ipam = Ipam.create(
            store.session(),
            PoolCatalog.of(v4("a", 1, 5), v4("b", 2, 5)),
            IpamSettings.defaults().withCoolDown(Duration.ZERO));

    @AfterEach
    void close() {
        ipam.close();
    }

    @Test
    void update_toAnEqualCatalog_makesNoCommit() {
        long before = ipam.revision();
        PoolCatalog now = ipam.catalog();
        assertTrue(ipam.update(now, now).isUpdated());
        assertTrue(ipam.update(now, now.with(v4("a", 1, 5))).isUpdated());
        assertTrue(ipam.updateByForce(now, PoolCatalog.of(v4("b", 2, 5), v4("a", 1, 5)))
                .isUpdated());
        assertEquals(before, ipam.revision());
    }

    @Test
    void update_ofLabelsOnly_isOneCommitAndReachesOthers() {
        ipam.allocate(Workload.of(pod("1")), of("a")).orElseThrow();
        long before = ipam.revision();
        PoolCatalog now = ipam.catalog();
        assertTrue(ipam.update(now, now.with(VERSION_17)).isUpdated());
        assertEquals(before + 1, ipam.revision());
        try (Ipam other = Ipam.open(store.session(), IpamSettings.defaults())) {
            assertEquals("17", other.catalog().pool("a").orElseThrow().labels().get("resourceVersion"));
            assertEquals(1, other.usage("a").orElseThrow().held());
        }
    }

    /** A process with an older catalog cannot replace the labels of a newer one. */
    @Test
    void update_expectingOlderLabels_isOutdated() {
        PoolCatalog old = ipam.catalog();
        assertTrue(ipam.update(old, old.with(VERSION_17)).isUpdated());
        assertInstanceOf(UpdateResult.Outdated.class, ipam.update(old, old.with(VERSION_16)));
    }
}
