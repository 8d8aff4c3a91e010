package io.ipam.store;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A store in memory, for tests and examples: the {@link io.ipam.Ipam}s of one process share a realm
 * as the processes of a database do. It survives no crash.
 *
 * <pre>{@code
 * InMemoryStore store = new InMemoryStore();
 * Ipam first = Ipam.create(store.session(), catalog, settings);
 * Ipam second = Ipam.open(store.session(), settings);
 * }</pre>
 *
 * <p>Cost: a commit O(changes), a load O(entries). Thread safety: safe.
 */
public final class InMemoryStore {
    private static final int OPERATIONS_PER_COMMIT = 1_000;
    private static final int KEPT_COMMITS = 10_000;
    private static final int COMMITS_PER_NEWS = 1_000;

    private final Object lock = new Object();
    private InMemoryRealm realm;
    private final List<Runnable> hints = new CopyOnWriteArrayList<>();

    /** Makes a store whose realm is not created. */
    public InMemoryStore() {
        this(new InMemoryRealm(KEPT_COMMITS, COMMITS_PER_NEWS));
    }

    /** A store with a given realm, for tests that trim early. */
    InMemoryStore(InMemoryRealm realm) {
        this.realm = realm;
    }

    /** Opens a session with the realm of this store. */
    public StateStore session() {
        return new Session();
    }

    /** The realm, for tests that trim it. */
    InMemoryRealm realm() {
        return realm;
    }

    /** {@return a backup} */
    InMemoryRealm backup() {
        return locked(() -> realm.copy());
    }

    /** Replaces the realm by a copy of a backup. */
    void restore(InMemoryRealm backup) {
        locked(() -> {
            realm = backup.copy();
            return realm;
        });
    }

    /** Edits rows outside commits, as a client of a database can. */
    void edit(Consumer<RealmRows> edit) {
        locked(() -> {
            edit.accept(realm.rows());
            return realm;
        });
    }

    private <R> R locked(Supplier<R> body) {
        synchronized (lock) {
            return body.get();
        }
    }

    private final class Session implements StateStore {
        private volatile boolean closed;

        @Override
        public Image load() {
            verifyOpen();
            return locked(() -> new LoadedImage(
                    realm.head(), realm.rows().realm(), realm.rows().entries()));
        }

        @Override
        public News newsAfter(Head known) {
            verifyOpen();
            return locked(() -> realm.newsAfter(known));
        }

        @Override
        public Attempt commit(Head expected, Commit next) {
            verifyOpen();
            verifyFits(next);
            Attempt attempt = locked(() -> realm.commit(expected, next));
            hints.forEach(Runnable::run);
            return attempt;
        }

        @Override
        public void trim(Head head) {
            verifyOpen();
            locked(() -> {
                realm.trim(head);
                return head;
            });
        }

        @Override
        public int operationsPerCommit() {
            return OPERATIONS_PER_COMMIT;
        }

        @Override
        public int operations(Change change) {
            return 1;
        }

        @Override
        public AutoCloseable follow(Runnable hint) {
            hints.add(hint);
            return () -> hints.remove(hint);
        }

        private void verifyFits(Commit commit) {
            int operations =
                    commit.changes().stream().mapToInt(this::operations).sum();
            if (operations > OPERATIONS_PER_COMMIT) {
                throw new UnstorableException("cannot commit " + operations + " operations at once: at most "
                        + OPERATIONS_PER_COMMIT + " are allowed; use several commits");
            }
        }

        private void verifyOpen() {
            if (closed) {
                throw new StoreUnavailableException("the session is closed");
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** Everything, read at once. */
    record LoadedImage(Head head, Optional<Realm> realm, List<Entry> all) implements Image {
        @Override
        public Iterator<Entry> entries() {
            return all.iterator();
        }

        @Override
        public void close() {
            // Holds no resources.
        }
    }
}
