package io.ipam.engine.realm;

import io.ipam.engine.commit.CommitIds;
import io.ipam.engine.replica.RealmSettings;
import io.ipam.engine.replica.StoreReplica;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.StateStore;
import io.ipam.store.StoreException;
import io.ipam.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Accepts the entries of a realm as they are. Commits their number and a generation above all of
 * them. An allocation without a generation of its own gets a new one.
 *
 * <p>Thread safety: none, made for one opening.
 */
final class FoundEntries {
    private final OpeningSession session;
    private final StateStore store;
    private final RealmSettings realm;

    FoundEntries(OpeningSession session, RealmSettings realm) {
        this.session = session;
        store = session.store();
        this.realm = realm;
    }

    /** Commits the entries as found; other processes may commit meanwhile. */
    void accept() {
        CommitIds ids = new CommitIds(realm.processIds().getAsLong());
        long deadline = session.deadline();
        while (!attempt(ids, deadline)) {
            if (session.isOver(deadline)) {
                throw new StoreUnavailableException(
                        "other processes keep committing: stop them, and repeat Ipam.openAsFound");
            }
        }
    }

    /** Makes one attempt; returns false if another process was first. */
    private boolean attempt(CommitIds ids, long deadline) {
        Head head;
        Commit commit;
        try (Image image = store.load()) {
            realm.verifyCoolDown(StoreReplica.requireOpen(image));
            head = image.head();
            commit = commitOf(image, ids);
        }
        return session.commit(head, commit, deadline);
    }

    private Commit commitOf(Image image, CommitIds ids) {
        List<Entry.Held> withoutOwnGeneration = new ArrayList<>();
        Map<String, Entry.OfPool> emptyDetached = new TreeMap<>();
        Set<Long> seen = new HashSet<>();
        long held = 0;
        long last = image.head().lastGeneration();
        for (Iterator<Entry> entries = image.entries(); entries.hasNext(); ) {
            Entry next = entries.next();
            if (next instanceof Entry.OfPool pool && pool.detached()) {
                emptyDetached.put(pool.pool().name(), pool);
            }
            if (next instanceof Entry.Held entry) {
                held++;
                emptyDetached.remove(entry.pool());
                last = Math.max(last, entry.generation());
                if (entry.owner().isPresent() && (entry.generation() <= 0 || !seen.add(entry.generation()))) {
                    withoutOwnGeneration.add(entry);
                }
            }
        }
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.AsFound());
        emptyDetached.values().forEach(pool -> changes.add(new Change.PoolGone(pool)));
        for (Entry.Held entry : withoutOwnGeneration) {
            changes.add(new Change.Renewed(entry, withGeneration(entry, ++last)));
        }
        verifySize(changes);
        long stamp = Math.max(realm.clockMillis().getAsLong(), image.head().stampMillis());
        Head after = new Head(image.head().revision() + 1, ids.next(), last, held, stamp);
        return new Commit(after, image.head().id(), changes);
    }

    private static Entry.Held withGeneration(Entry.Held entry, long generation) {
        return new Entry.Held(
                entry.address(), entry.pool(), entry.owner(), entry.interfaceName(), generation, entry.note());
    }

    private void verifySize(List<Change> changes) {
        int needed = changes.stream().mapToInt(store::operations).sum();
        if (needed > store.operationsPerCommit()) {
            throw new StoreException("cannot accept the entries: one commit must give generations to "
                    + count(changes, Change.Renewed.class) + " allocations and remove "
                    + count(changes, Change.PoolGone.class)
                    + " empty detached pools, which is more than the store accepts; set distinct positive"
                    + " generations, and delete the empty detached pools");
        }
    }

    private static long count(List<Change> changes, Class<? extends Change> type) {
        return changes.stream().filter(type::isInstance).count();
    }
}
