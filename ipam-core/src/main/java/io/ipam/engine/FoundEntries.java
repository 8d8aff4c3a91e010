package io.ipam.engine;

import io.ipam.engine.commit.CommitIds;
import io.ipam.store.Attempt;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.News;
import io.ipam.store.StateStore;
import io.ipam.store.StoreException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Accepts the entries of a realm as they are. Commits their number and a generation above all of
 * them. An allocation without a generation of its own gets a new one.
 *
 * <p>Thread safety: none, made for one opening.
 */
final class FoundEntries {
    private final StateStore store;
    private final RealmSettings realm;

    FoundEntries(StateStore store, RealmSettings realm) {
        this.store = store;
        this.realm = realm;
    }

    /** Commits the entries as found; other processes may commit meanwhile. */
    void accept() {
        CommitIds ids = new CommitIds(realm.processIds().getAsLong());
        while (true) {
            Head head;
            Commit commit;
            try (Image image = store.load()) {
                StoreReplica.requireOpen(image);
                head = image.head();
                commit = commitOf(image, ids);
            }
            Attempt attempt = store.commit(head, commit);
            if (attempt instanceof Attempt.Done || isOwn(attempt, commit)) {
                return;
            }
        }
    }

    private static boolean isOwn(Attempt attempt, Commit commit) {
        return attempt instanceof Attempt.Moved moved
                && moved.news() instanceof News.Since since
                && !since.commits().isEmpty()
                && since.commits().get(0).head().id().equals(commit.head().id());
    }

    private Commit commitOf(Image image, CommitIds ids) {
        List<Entry.Held> withoutOwnGeneration = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        long held = 0;
        long last = image.head().lastGeneration();
        for (Iterator<Entry> entries = image.entries(); entries.hasNext(); ) {
            if (entries.next() instanceof Entry.Held entry) {
                held++;
                last = Math.max(last, entry.generation());
                if (entry.owner().isPresent() && (entry.generation() <= 0 || !seen.add(entry.generation()))) {
                    withoutOwnGeneration.add(entry);
                }
            }
        }
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.AsFound());
        for (Entry.Held entry : withoutOwnGeneration) {
            changes.add(new Change.Renewed(entry, withGeneration(entry, ++last)));
        }
        verifySize(changes);
        long stamp = Math.max(realm.clockMillis().getAsLong(), image.head().stampMillis());
        Head next = new Head(image.head().revision() + 1, ids.next(), last, held, stamp);
        return new Commit(next, image.head().id(), changes);
    }

    private static Entry.Held withGeneration(Entry.Held entry, long generation) {
        return new Entry.Held(
                entry.address(), entry.pool(), entry.owner(), entry.interfaceName(), generation, entry.note());
    }

    private void verifySize(List<Change> changes) {
        int needed = changes.stream().mapToInt(store::operations).sum();
        if (needed > store.operationsPerCommit()) {
            throw new StoreException("cannot accept the entries: " + (changes.size() - 1) + " allocations lack a"
                    + " generation of their own, too many for a commit; set distinct positive generations");
        }
    }
}
