package io.ipam.store;

import io.ipam.address.Address;
import java.util.Optional;

/** Changes to a database outside of commits: manual edits, backups, trimming. */
public final class StoreEdits {
    private StoreEdits() {}

    public static void deleteHeld(InMemoryStore store, Address address) {
        store.edit(rows -> rows.held().remove(address));
    }

    public static void insertHeld(InMemoryStore store, Entry.Held entry) {
        store.edit(rows -> rows.held().put(entry.address(), entry));
    }

    /** A copy of the current realm; running it restores the copy. */
    public static Runnable backup(InMemoryStore store) {
        InMemoryRealm copy = store.backup();
        return () -> store.restore(copy);
    }

    /** Removes all commits but the last one from the log. */
    public static void trim(InMemoryStore store) {
        store.realm().trimTo(1);
    }

    /** Makes the realm look as if its creation had not ended. */
    public static void setPhase(InMemoryStore store, Realm.Phase phase) {
        Realm realm = store.realm().rows().realm().orElseThrow();
        setRealm(store, new Realm(realm.format(), realm.coolDownMillis(), phase));
    }

    /** Makes the realm look as if a newer version of the library had written it. */
    public static void setFormat(InMemoryStore store, int format) {
        Realm realm = store.realm().rows().realm().orElseThrow();
        setRealm(store, new Realm(format, realm.coolDownMillis(), realm.phase()));
    }

    private static void setRealm(InMemoryStore store, Realm next) {
        Optional<Realm> before = store.realm().rows().realm();
        Head head = store.realm().head();
        Head after = new Head(
                head.revision() + 1,
                new CommitId(7, head.revision()),
                head.lastGeneration(),
                head.held(),
                head.stampMillis());
        Commit commit = new Commit(after, head.id(), java.util.List.of(new Change.RealmPut(before, next)));
        store.realm().commit(head, commit);
    }
}
