package io.ipam.engine.realm;

import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.engine.replica.RealmSettings;
import io.ipam.engine.state.StateSettings;
import io.ipam.pool.PoolCatalog;
import io.ipam.store.StateStore;

/** The steps of an opening that a simulation runs without threads. */
public final class OpeningSteps {
    private OpeningSteps() {}

    /** Creates a realm as {@link RealmOpener#create} does, but does not open it. */
    public static void create(
            StateStore store,
            StateSettings state,
            RealmSettings realm,
            PoolCatalog catalog,
            StateSnapshot snapshot,
            RestoreMode mode) {
        new RealmCreator(session(store, realm), state, realm, catalog, snapshot, mode).create();
    }

    /** Accepts the entries of a realm as {@link RealmOpener#openAsFound} does. */
    public static void acceptAsFound(StateStore store, RealmSettings realm) {
        new FoundEntries(session(store, realm), realm).accept();
    }

    private static OpeningSession session(StateStore store, RealmSettings realm) {
        return new OpeningSession(store, realm.timeoutMillis());
    }
}
