package io.ipam;

import static java.util.Objects.requireNonNull;

import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.engine.Engine;
import io.ipam.engine.RealmCreator;
import io.ipam.engine.RealmOpener;
import io.ipam.engine.RealmPhaseException;
import io.ipam.engine.RealmSettings;
import io.ipam.number.Millis;
import io.ipam.pool.PoolCatalog;
import io.ipam.store.Image;
import io.ipam.store.StateStore;
import java.security.SecureRandom;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Creates the engine of an {@link Ipam} from its settings. If that fails, the store is closed.
 * Thread safety: none; used for one engine.
 */
final class StoreFactory {
    /** The maximum of every duration: 100 days. */
    private static final long LONGEST_MILLIS = 100L * 24 * 60 * 60 * 1_000;

    private static final long RETRY_MILLIS = 50;

    private final StateStore store;
    private final Engine.Settings engine;
    private final RealmSettings realm;

    StoreFactory(StateStore store, IpamSettings settings) {
        this.store = requireNonNull(store, "store");
        engine = engineSettings(requireNonNull(settings, "settings"));
        realm = new RealmSettings(
                Math.min(LONGEST_MILLIS, Millis.of(settings.storeTimeout())),
                Math.max(1, Math.min(LONGEST_MILLIS, Millis.of(settings.newsInterval()))),
                settings.statedCoolDown().isPresent()
                        ? OptionalLong.of(Millis.of(settings.coolDown()))
                        : OptionalLong.empty(),
                () -> new SecureRandom().nextLong(),
                settings.clock()::millis,
                settings.foreignEvents());
    }

    static Engine.Settings engineSettings(IpamSettings settings) {
        return new Engine.Settings(
                settings.order(),
                settings.randomSeed(),
                Millis.of(settings.coolDown()),
                settings.reconcileGrace(),
                settings.hashSeeds().getAsLong(),
                settings.statusLimitBytes(),
                settings.listener());
    }

    Engine open() {
        return new OpeningThread(store, false).run(() -> new RealmOpener(store, engine, realm).open());
    }

    Engine openAsFound() {
        return started(() -> new RealmOpener(store, engine, realm).openAsFound());
    }

    /**
     * Opens the realm, or creates it if it does not exist; waits while another process creates it.
     */
    Engine openOrCreate(PoolCatalog catalog) {
        return started(() -> {
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(realm.timeoutMillis());
            while (true) {
                try {
                    createUnlessExists(catalog);
                    return new RealmOpener(store, engine, realm).open();
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

    Engine create(PoolCatalog catalog, StateSnapshot snapshot, RestoreMode mode) {
        return started(() -> {
            creator(catalog, snapshot, mode).create();
            return new RealmOpener(store, engine, realm).open();
        });
    }

    private RealmCreator creator(PoolCatalog catalog, StateSnapshot snapshot, RestoreMode mode) {
        return new RealmCreator(store, engine, realm, catalog, snapshot, mode);
    }

    /** Runs an opening that may commit. */
    private Engine started(Supplier<Engine> opening) {
        return new OpeningThread(store, true).run(opening);
    }
}
