package io.ipam.engine.realm;

import static java.util.Objects.requireNonNull;

import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.engine.replica.RealmPhaseException;
import io.ipam.engine.replica.RealmSettings;
import io.ipam.engine.replica.StoreReplica;
import io.ipam.engine.state.StateSettings;
import io.ipam.pool.PoolCatalog;
import io.ipam.store.Image;
import io.ipam.store.OutcomeUnknownException;
import io.ipam.store.StateStore;
import io.ipam.store.StoreException;
import io.ipam.store.StoreUnavailableException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Opens or creates a realm on a thread of its own, and starts the threads of the process. If that
 * fails, the store is closed.
 *
 * <p>Thread safety: none; used for one realm.
 */
public final class RealmOpener {
    private static final long RETRY_MILLIS = 50;

    private final StateStore store;
    private final OpeningSession session;
    private final StateSettings state;
    private final RealmSettings realm;

    /**
     * An opener of a realm.
     *
     * @param store the session, which is closed with the realm, or if the opening fails
     * @param state the settings of the state
     * @param realm the settings of the realm
     * @throws IllegalStateException if the session was used before
     */
    public RealmOpener(StateStore store, StateSettings state, RealmSettings realm) {
        this.store = UsedSessions.use(requireNonNull(store, "store"));
        session = new OpeningSession(store, realm.timeoutMillis());
        this.state = state;
        this.realm = realm;
    }

    /**
     * Opens the realm.
     *
     * @throws StoreException if the realm does not exist, is loading, has a newer format, or has
     *     another cool-down than the settings state
     * @throws io.ipam.store.CorruptStoreException if its entries do not fit its head
     */
    public OpenRealm open() {
        return new OpeningThread(session, false).run(this::load);
    }

    /**
     * Opens the realm, and accepts its entries as found. They are counted, and allocations without
     * a unique generation get a new one.
     *
     * @throws StoreException if the realm does not exist, is loading, or has a newer format
     */
    public OpenRealm openAsFound() {
        return new OpeningThread(session, true).run(() -> {
            new FoundEntries(session, realm).accept();
            return loadCommitted();
        });
    }

    /**
     * Opens the realm, or creates it if it does not exist; waits while another process creates it.
     */
    public OpenRealm openOrCreate(PoolCatalog catalog) {
        return new OpeningThread(session, true).run(() -> {
            long deadline = session.deadline();
            while (true) {
                try {
                    return createUnlessExists(catalog) ? loadCommitted() : load();
                } catch (RealmPhaseException e) { // Another process creates the realm.
                    if (session.isOver(deadline)) {
                        throw e;
                    }
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS));
                }
            }
        });
    }

    /** Returns whether this process has created the realm. */
    private boolean createUnlessExists(PoolCatalog catalog) {
        boolean exists;
        try (Image image = store.load()) {
            exists = image.head().exists();
        }
        if (!exists) {
            creator(catalog, StateSnapshot.empty(), RestoreMode.REFUSE).createNew();
        }
        return !exists;
    }

    /** Creates the realm with the records of a snapshot, and opens it. */
    public OpenRealm create(PoolCatalog catalog, StateSnapshot snapshot, RestoreMode mode) {
        return new OpeningThread(session, true).run(() -> {
            creator(catalog, snapshot, mode).create();
            return loadCommitted();
        });
    }

    private RealmCreator creator(PoolCatalog catalog, StateSnapshot snapshot, RestoreMode mode) {
        return new RealmCreator(session, state, realm, catalog, snapshot, mode);
    }

    /**
     * Loads a realm that this opening has changed. A StoreUnavailableException would state that
     * nothing was changed.
     */
    private OpenRealm loadCommitted() {
        try {
            return load();
        } catch (StoreUnavailableException e) {
            throw new OutcomeUnknownException(
                    "the realm was changed, but cannot be loaded: " + e.getMessage() + "; open the realm", e);
        }
    }

    private OpenRealm load() {
        StoreReplica.Loaded loaded;
        try (Image image = store.load()) {
            loaded = StoreReplica.load(image, state, realm.clockMillis().getAsLong());
        }
        realm.verifyCoolDown(loaded.realm());
        // The image is closed: the committer calls the store from now on.
        return new OpenRealm(store, realm, loaded);
    }
}
