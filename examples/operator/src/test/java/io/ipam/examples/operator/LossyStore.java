package io.ipam.examples.operator;

import io.ipam.Ipam;
import io.ipam.IpamSettings;
import io.ipam.pool.PoolCatalog;
import io.ipam.store.Attempt;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.InMemoryStore;
import io.ipam.store.News;
import io.ipam.store.StateStore;
import io.ipam.store.StoreException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** A store in memory that can lose all grants, such as a backup of the time before them. */
final class LossyStore implements Supplier<StateStore> {
    private volatile InMemoryStore present = new InMemoryStore();
    private final AtomicReference<InMemoryStore> atGrant = new AtomicReference<>();
    private final AtomicReference<InMemoryStore> atNews = new AtomicReference<>();
    private final CountDownLatch news = new CountDownLatch(1);
    private final CountDownLatch request = new CountDownLatch(1);
    private final CountDownLatch grant = new CountDownLatch(1);
    private volatile String requester = "";

    @Override
    public StateStore get() {
        return new Session();
    }

    /** Loses the grants now. */
    void loseGrants(IpamSettings settings) {
        try (Ipam reader = Ipam.open(present.session(), settings)) {
            present = without(reader.catalog(), settings);
        }
    }

    /** Loses the grants when a grant is committed, before this commit. */
    void loseGrantsAtNextGrant(PoolCatalog catalog, IpamSettings settings) {
        atGrant.set(without(catalog, settings));
    }

    /**
     * Loses the grants when a pod waits for its first address. Its request is decided first
     * afterwards; those of other pods wait. Returns when the process looks for news, which it gets
     * when the pod waits.
     */
    void loseGrantsAtRequest(String pod, PoolCatalog catalog, IpamSettings settings) {
        requester = pod;
        atNews.set(without(catalog, settings));
        await(news);
    }

    /** Must be called for each request. */
    void requested(String pod) {
        if (pod.equals(requester)) {
            request.countDown();
        } else if (!requester.isEmpty()) {
            await(grant);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(1, TimeUnit.MINUTES)) {
                throw new AssertionError("not reached");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void lose(InMemoryStore lossy) {
        if (lossy != null) {
            present = lossy;
        }
    }

    private static InMemoryStore without(PoolCatalog catalog, IpamSettings settings) {
        InMemoryStore store = new InMemoryStore();
        Ipam.create(store.session(), catalog, settings).close();
        return store;
    }

    private final class Session implements StateStore {
        private InMemoryStore store = present;
        private StateStore session = store.session();

        private StateStore session() {
            if (store != present) {
                session.close();
                store = present;
                session = store.session();
            }
            return session;
        }

        @Override
        public Image load() {
            return session().load();
        }

        @Override
        public News newsAfter(Head known) {
            InMemoryStore lossy = atNews.getAndSet(null);
            if (lossy != null) {
                news.countDown();
                await(request);
                lose(lossy);
            }
            return session().newsAfter(known);
        }

        @Override
        public Attempt commit(Head expected, Commit commit) {
            boolean grants = commit.changes().stream().anyMatch(Change.Granted.class::isInstance);
            if (grants) {
                lose(atGrant.getAndSet(null));
            }
            Attempt attempt = session().commit(expected, commit);
            if (grants && request.getCount() == 0) {
                grant.countDown();
            }
            return attempt;
        }

        @Override
        public void trim(Head head) {
            session().trim(head);
        }

        @Override
        public int operationsPerCommit() {
            return session.operationsPerCommit();
        }

        @Override
        public int operations(Change change) {
            return session.operations(change);
        }

        @Override
        public void close() throws StoreException {
            session.close();
        }
    }
}
