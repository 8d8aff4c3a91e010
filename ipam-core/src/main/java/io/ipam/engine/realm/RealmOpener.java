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
import io.ipam.store.StateStore;
import io.ipam.store.StoreException;
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
    private final StateSettings state;
    private final RealmSettings realm;

    /**
     * An opener of a realm.
     *
     * @param store the session, which is closed with the realm, or if the opening fails
     * @param state the settings of the state
     * @param realm the settings of the realm
     */
    public RealmOpener(StateStore store, StateSettings state, RealmSettings realm) {
        this.store = requireNonNull(store, "store");
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
        return new OpeningThread(store, false).run(this::load);
    }

    /**
     * Opens the realm, and accepts its entries as found. They are counted, and allocations without
     * a unique generation get a new one.
     *
     * @throws StoreException if the realm does not exist, is loading, or has a newer format
     */
    public OpenRealm openAsFound() {
        return new OpeningThread(store, true).run(() -> {
            new FoundEntries(store, realm).accept();
            return load();
        });
    }

    /**
     * Opens the realm, or creates it if it does not exist; waits while another process creates it.
     */
    public OpenRealm openOrCreate(PoolCatalog catalog) {
        return new OpeningThread(store, true).run(() -> {
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(realm.timeoutMillis());
            while (true) {
                try {
                    createUnlessExists(catalog);
                    return load();
                } catch (RealmPhaseException e) { // Another process creates the realm.
                    if (System.nanoTime() > deadline) {
                        throw e;
                    }
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS));
                }
            }
        });
    }

    private void createUnlessExists(PoolCatalog catalog) {
        boolean exists;
        try (Image image = store.load()) {
            exists = image.head().exists();
        }
        if (!exists) {
            creator(catalog, StateSnapshot.empty(), RestoreMode.REFUSE).createNew();
        }
    }

    /** Creates the realm with the records of a snapshot, and opens it. */
    public OpenRealm create(PoolCatalog catalog, StateSnapshot snapshot, RestoreMode mode) {
        return new OpeningThread(store, true).run(() -> {
            creator(catalog, snapshot, mode).create();
            return load();
        });
    }

    private RealmCreator creator(PoolCatalog catalog, StateSnapshot snapshot, RestoreMode mode) {
        return new RealmCreator(store, state, realm, catalog, snapshot, mode);
    }

    private OpenRealm load() {
        StoreReplica.Loaded loaded;
        try (Image image = store.load()) {
            loaded = StoreReplica.load(image, state, realm.clockMillis().getAsLong());
        }
        verifyCoolDown(loaded.realm().coolDownMillis());
        // The image is closed: the committer calls the store from now on.
        return new OpenRealm(store, realm, loaded);
    }

    private void verifyCoolDown(long present) {
        if (realm.coolDownMillis().orElse(present) != present) {
            throw new StoreException("the realm has a cool-down of " + present + " ms, the settings state "
                    + realm.coolDownMillis().getAsLong()
                    + " ms: omit withCoolDown, and use IpamState.changeCoolDown to change it");
        }
    }
}
