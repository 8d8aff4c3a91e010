package io.ipam;

import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Selections.of;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.allocation.AllocationEvent;
import io.ipam.allocation.AllocationEvent.Reloaded;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.Workload;
import io.ipam.store.Attempt;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.CommitId;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.InMemoryStore;
import io.ipam.store.News;
import io.ipam.store.PassingStore;
import io.ipam.store.Realm;
import io.ipam.store.StateStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Loading a realm again: rule 2. */
class ReloadTest {
    private static final IpamSettings SETTINGS =
            IpamSettings.defaults().withNewsInterval(Duration.ofHours(1)).withStoreTimeout(Duration.ofMinutes(1));

    /** A session that another store takes over. */
    private static final class FailingOver extends PassingStore {
        private volatile StateStore now;

        FailingOver(StateStore first) {
            super(first);
            now = first;
        }

        @Override
        public Image load() {
            return now.load();
        }

        @Override
        public News newsAfter(Head known) {
            return now.newsAfter(known);
        }

        @Override
        public Attempt commit(Head expected, Commit next) {
            return now.commit(expected, next);
        }
    }

    @Test
    void sync_afterAFailOver_loadsAndReportsTheLostGrants() throws Exception {
        PoolCatalog catalog = PoolCatalog.of(v4("a", 1, 9));
        InMemoryStore old = new InMemoryStore();
        InMemoryStore next = new InMemoryStore();
        Ipam.create(old.session(), catalog, SETTINGS).close();
        Ipam.create(next.session(), catalog, SETTINGS).close();
        BlockingQueue<AllocationEvent> events = new LinkedBlockingQueue<>();
        FailingOver store = new FailingOver(old.session());
        try (Ipam ipam = Ipam.open(store, SETTINGS.withListener(events::add))) {
            ipam.allocate(Workload.of(pod("p")), of("a")).orElseThrow();
            assertInstanceOf(AllocationEvent.Granted.class, events.poll(60, TimeUnit.SECONDS));
            store.now = next.session();
            ipam.sync();
            Reloaded reloaded = assertInstanceOf(Reloaded.class, events.poll(60, TimeUnit.SECONDS));
            assertEquals(Reloaded.Cause.DIVERGED, reloaded.cause());
            assertEquals(
                    List.of("10.1.0.1"),
                    reloaded.lost().stream()
                            .map(one -> one.address().toString())
                            .toList());
            ipam.allocate(Workload.of(pod("q")), of("a")).orElseThrow();
            assertEquals(List.of(), ipam.state().verify());
        }
    }

    /** The commit that removed it is lost. */
    @Test
    void sync_afterAFailOver_removesReleasedDrainingAddresses() {
        Pool draining = Pool.builder("a", "10.1.0.0/24")
                .ips("10.1.0.5")
                .drainingIps(List.of("10.1.0.1"))
                .build();
        InMemoryStore old = new InMemoryStore();
        Ipam.create(old.session(), PoolCatalog.of(v4("a", 1, 9)), SETTINGS).close();
        FailingOver store = new FailingOver(old.session());
        try (Ipam ipam = Ipam.open(store, SETTINGS)) {
            store.now = withPool(draining).session();
            ipam.sync();
            ipam.sync();
            assertEquals(
                    List.of("10.1.0.5"), ipam.catalog().pool("a").orElseThrow().ipTexts());
            assertTrue(
                    ipam.catalog().pool("a").orElseThrow().drainingAddresses().isEmpty());
        }
    }

    /** A realm that no process has opened. */
    private static InMemoryStore withPool(Pool pool) {
        InMemoryStore store = new InMemoryStore();
        Realm realm = new Realm(Realm.FORMAT, 0, Realm.Phase.OPEN);
        Commit first = new Commit(
                new Head(1, new CommitId(7, 1), 0, 0, 0),
                Head.NONE.id(),
                List.of(
                        new Change.RealmPut(Optional.empty(), realm),
                        new Change.PoolPut(Optional.empty(), new Entry.OfPool(pool, false, false))));
        assertInstanceOf(Attempt.Done.class, store.session().commit(Head.NONE, first));
        return store;
    }
}
