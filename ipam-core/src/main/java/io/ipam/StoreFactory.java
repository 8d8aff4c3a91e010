package io.ipam;

import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.RestoreReport;
import io.ipam.allocation.StateSnapshot;
import io.ipam.engine.Engine;
import io.ipam.engine.RealmCreator;
import io.ipam.engine.RealmOpener;
import io.ipam.engine.RealmSettings;
import io.ipam.number.Millis;
import io.ipam.pool.PoolCatalog;
import io.ipam.store.Image;
import io.ipam.store.StateStore;
import io.ipam.store.StoreException;
import java.security.SecureRandom;
import java.util.OptionalLong;

/**
 * Makes the engine of an {@link Ipam} from its settings. If that fails, the store is closed. Thread
 * safety: none, made for one engine.
 */
final class StoreFactory {
    private final StateStore store;
    private final Engine.Settings engine;
    private final RealmSettings realm;

    StoreFactory(StateStore store, IpamSettings settings) {
        this.store = store;
        engine = engineSettings(settings);
        realm = new RealmSettings(
                Millis.of(settings.storeTimeout()),
                Millis.of(settings.newsInterval()),
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
                settings.listener());
    }

    Engine open() {
        return closingOnFailure(() -> new RealmOpener(store, engine, realm).open());
    }

    Engine openAsFound() {
        return closingOnFailure(() -> new RealmOpener(store, engine, realm).openAsFound());
    }

    Engine openOrCreate(PoolCatalog catalog) {
        return closingOnFailure(() -> {
            createUnlessExists(catalog);
            return new RealmOpener(store, engine, realm).open();
        });
    }

    private void createUnlessExists(PoolCatalog catalog) {
        if (exists()) {
            return;
        }
        try {
            creator(catalog, StateSnapshot.empty(), RestoreMode.REFUSE).create();
        } catch (StoreException e) {
            if (!exists()) {
                throw e;
            } // Otherwise another process was faster.
        }
    }

    private boolean exists() {
        try (Image image = store.load()) {
            return image.head().exists();
        }
    }

    RestoreReport create(PoolCatalog catalog, StateSnapshot snapshot, RestoreMode mode) {
        return closingOnFailure(() -> creator(catalog, snapshot, mode).create());
    }

    private RealmCreator creator(PoolCatalog catalog, StateSnapshot snapshot, RestoreMode mode) {
        return new RealmCreator(store, engine, realm, catalog, snapshot, mode);
    }

    private interface Body<R> {
        R run();
    }

    private <R> R closingOnFailure(Body<R> body) {
        try {
            return body.run();
        } catch (RuntimeException | Error e) {
            store.close();
            throw e;
        }
    }
}
