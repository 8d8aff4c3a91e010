package io.ipam.store.testkit;

import io.ipam.address.Address;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Entries that are changed outside commits are noticed, and not overwritten. */
public interface EditContract extends StoreContract {
    /**
     * Deletes the entry of a held address outside a commit, as with a client of the database.
     *
     * @param realm the name of the realm
     * @param address the address
     * @throws Exception if it fails
     */
    void deleteHeld(String realm, Address address) throws Exception;

    /**
     * Inserts an entry outside a commit.
     *
     * @param realm the name of the realm
     * @param held the entry
     * @throws Exception if it fails
     */
    void insertHeld(String realm, Entry.Held held) throws Exception;

    @Test
    default void released_entryDeletedOutsideCommits_isCorrupt() throws Exception {
        RealmWriter writer = edited();
        deleteHeld(realm().name(), Samples.FIRST);
        verifyCorrupt(writer, Samples.released(Samples.held(Samples.FIRST, "cart-0", 1)));
    }

    @Test
    default void renewed_entryDeletedOutsideCommits_isCorrupt() throws Exception {
        RealmWriter writer = edited();
        deleteHeld(realm().name(), Samples.FIRST);
        verifyCorrupt(writer, Samples.renewed(Samples.held(Samples.FIRST, "cart-0", 1), 9));
    }

    @Test
    default void granted_entryInsertedOutsideCommits_isCorrupt() throws Exception {
        RealmWriter writer = edited();
        insertHeld(realm().name(), Samples.held(Samples.SECOND, "intruder", 77));
        verifyCorrupt(writer, Samples.granted(Samples.SECOND, "cart-1", 2));
    }

    @Test
    default void released_generationChangedOutsideCommits_isCorrupt() throws Exception {
        RealmWriter writer = edited();
        deleteHeld(realm().name(), Samples.FIRST);
        insertHeld(realm().name(), Samples.held(Samples.FIRST, "cart-0", 2));
        verifyCorrupt(writer, Samples.released(Samples.held(Samples.FIRST, "cart-0", 1)));
        verifyCorrupt(writer, Samples.renewed(Samples.held(Samples.FIRST, "cart-0", 1), 9));
    }

    @Test
    default void load_afterEdits_showsEntriesAsTheyAre() throws Exception {
        RealmWriter writer = edited();
        Entry.Held intruder = Samples.held(Samples.SECOND, "intruder", 77);
        deleteHeld(realm().name(), Samples.FIRST);
        insertHeld(realm().name(), intruder);
        insertHeld(realm().name(), Samples.stray(Samples.address(2), "p", "by hand"));
        Loaded loaded = Loaded.from(writer.session());
        Guarantee.FAITHFUL.equal(
                Set.of(intruder, Samples.stray(Samples.address(2), "p", "by hand")),
                loaded.set(),
                "the entries after edits, which load must not correct");
        Guarantee.FAITHFUL.equal(
                writer.head(), loaded.head(), "the head, whose count shows that the entries were edited");
    }

    @Test
    default void commit_otherEntryEdited_isDone() throws Exception {
        RealmWriter writer = edited();
        deleteHeld(realm().name(), Samples.FIRST);
        writer.commit(Samples.granted(Samples.SECOND, "cart-1", 2));
    }

    @Test
    default void asFound_afterEdit_acceptsEntries() throws Exception {
        RealmWriter writer = edited();
        Entry.Held intruder = Samples.held(Samples.SECOND, "intruder", 77);
        insertHeld(realm().name(), intruder);
        Commit counted = writer.next(new Change.AsFound());
        Head head = new Head(
                counted.head().revision(),
                counted.head().id(),
                77,
                2,
                counted.head().stampMillis());
        writer.session().commit(writer.head(), new Commit(head, counted.before(), counted.changes()));
        writer.at(head).commit(Samples.released(intruder));
        Loaded loaded = Loaded.from(writer.session());
        Guarantee.GUARDED.equal(loaded.countHeld(), loaded.head().held(), "the count of held addresses after AsFound");
    }

    private RealmWriter edited() {
        RealmWriter writer = realm().created();
        writer.commit(Samples.granted(Samples.FIRST, "cart-0", 1));
        return writer;
    }

    private void verifyCorrupt(RealmWriter writer, Change change) {
        Set<Entry> before = Loaded.from(writer.session()).set();
        Guarantee.GUARDED.thrown(
                CorruptStoreException.class,
                () -> writer.session().commit(writer.head(), writer.next(change, Samples.granted(99, 9))),
                "a commit over an entry that was edited, with " + change);
        Loaded loaded = Loaded.from(realm().session());
        Guarantee.ATOMIC.equal(writer.head(), loaded.head(), "the head after a guard failed");
        Guarantee.ATOMIC.equal(before, loaded.set(), "the entries after a guard failed");
    }
}
