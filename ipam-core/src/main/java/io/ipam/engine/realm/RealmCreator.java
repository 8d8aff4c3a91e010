package io.ipam.engine.realm;

import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.engine.commit.CommitIds;
import io.ipam.engine.replica.RealmPhaseException;
import io.ipam.engine.replica.RealmSettings;
import io.ipam.engine.state.EngineState;
import io.ipam.engine.state.StateSettings;
import io.ipam.engine.swap.Restorer;
import io.ipam.pool.PoolCatalog;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.Realm;
import io.ipam.store.StateStore;
import io.ipam.store.StoreException;
import io.ipam.store.UnstorableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Creates a realm with all records of a snapshot, in as many commits as the store needs. Until
 * the last one the realm is loading: no process allocates from it. A creation that was interrupted
 * is continued by a creation with the same input.
 *
 * <p>Thread safety: none, made for one creation.
 */
final class RealmCreator {
    private final OpeningSession session;
    private final StateStore store;
    private final CommitIds ids;
    private final EngineState state;
    private final long coolDownMillis;
    private final long nowMillis;
    private Head head = Head.NONE;

    /**
     * A creation.
     *
     * @param session the session; it stays open
     * @param settings the settings of the state; the cool-down is that of the realm
     * @param realm the settings of the realm
     * @param catalog the pools
     * @param snapshot the imported records
     * @param mode the treatment of records that do not fit
     * @throws io.ipam.allocation.InvalidStateException in mode REFUSE, with every record that does
     *     not fit
     */
    RealmCreator(
            OpeningSession session,
            StateSettings settings,
            RealmSettings realm,
            PoolCatalog catalog,
            StateSnapshot snapshot,
            RestoreMode mode) {
        this.session = session;
        store = session.store();
        coolDownMillis = realm.coolDownMillis().orElse(0);
        ids = new CommitIds(realm.processIds().getAsLong());
        nowMillis = realm.clockMillis().getAsLong();
        state = new Restorer(snapshot, catalog, settings.withCoolDown(coolDownMillis), 0, nowMillis).restore(mode);
        snapshot.closedPools().stream()
                .filter(pool -> catalog.pool(pool).isEmpty())
                .findFirst()
                .ifPresent(pool -> {
                    throw new IllegalArgumentException("the closed pool " + pool
                            + " must be in the catalog: create the pool, or drop its name from closedPools");
                });
    }

    /**
     * Creates the realm.
     *
     * @throws StoreException if the realm exists, or another process creates it
     */
    void create() {
        create(present());
    }

    /**
     * Creates the realm, but does not continue another creation, whose records this one may lack.
     *
     * @throws RealmPhaseException if the realm exists or is loading
     */
    void createNew() {
        List<Entry> written = present();
        if (head.exists()) {
            throw RealmPhaseException.loading();
        }
        create(written);
    }

    private void create(List<Entry> written) {
        RealmContent content = new RealmContent(state);
        List<List<Change>> parts = split(content.changes(written));
        for (int i = 0; i < parts.size(); i++) {
            append(parts.get(i), i == parts.size() - 1, content.lastGeneration());
        }
    }

    /** Commits a part; in two parts if it is too large for the store. */
    private void append(List<Change> part, boolean isLast, long lastGeneration) {
        try {
            commit(withRealm(part, !head.exists(), isLast), lastGeneration);
        } catch (UnstorableException e) {
            int half = part.size() / 2;
            if (half == 0) {
                throw e;
            }
            append(part.subList(0, half), false, lastGeneration);
            append(part.subList(half, part.size()), isLast, lastGeneration);
        }
    }

    /** The entries that an interrupted creation has written. */
    private List<Entry> present() {
        List<Entry> entries = new ArrayList<>();
        try (Image image = store.load()) {
            head = image.head();
            if (image.realm().filter(one -> one.phase() == Realm.Phase.OPEN).isPresent()) {
                throw new RealmPhaseException("the realm exists: open it with Ipam.open");
            }
            image.realm().filter(one -> one.coolDownMillis() != coolDownMillis).ifPresent(one -> {
                throw new StoreException("the interrupted creation has a cool-down of " + one.coolDownMillis()
                        + " ms, this one has " + coolDownMillis + " ms: continue with that of the interrupted one");
            });
            image.entries().forEachRemaining(entries::add);
        }
        return entries;
    }

    /** At least one part; each fits in a commit together with the settings of the realm. */
    private List<List<Change>> split(List<Change> changes) {
        Change.RealmPut put = new Change.RealmPut(Optional.empty(), realm(Realm.Phase.LOADING));
        int room = store.operationsPerCommit() - 2 * store.operations(put);
        List<List<Change>> parts = new ArrayList<>();
        List<Change> part = new ArrayList<>();
        int used = 0;
        for (Change change : changes) {
            int needed = store.operations(change);
            if (used + needed > room && !part.isEmpty()) {
                parts.add(part);
                part = new ArrayList<>();
                used = 0;
            }
            part.add(change);
            used += needed;
        }
        parts.add(part);
        return parts;
    }

    private Realm realm(Realm.Phase phase) {
        return new Realm(Realm.FORMAT, coolDownMillis, phase);
    }

    private List<Change> withRealm(List<Change> part, boolean isFirst, boolean isLast) {
        List<Change> changes = new ArrayList<>(part);
        Realm loading = realm(Realm.Phase.LOADING);
        Realm open = realm(Realm.Phase.OPEN);
        if (isFirst) {
            changes.add(0, new Change.RealmPut(Optional.empty(), isLast ? open : loading));
        } else if (isLast) {
            changes.add(new Change.RealmPut(Optional.of(loading), open));
        }
        return changes;
    }

    private void commit(List<Change> changes, long lastGeneration) {
        long granted = changes.stream().filter(Change.Granted.class::isInstance).count();
        long stamp = Math.max(head.stampMillis(), nowMillis);
        Head next = new Head(head.revision() + 1, ids.next(), lastGeneration, head.held() + granted, stamp);
        if (!session.commit(head, new Commit(next, head.id(), changes), session.deadline())) {
            throw new RealmPhaseException("another process is creating this realm: open the realm afterwards");
        }
        head = next;
    }
}
