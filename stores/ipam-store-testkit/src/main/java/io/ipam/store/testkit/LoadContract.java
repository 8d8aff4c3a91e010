package io.ipam.store.testkit;

import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.News;
import io.ipam.store.Realm;
import io.ipam.store.StateStore;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A load is one snapshot, even if other sessions commit while it is read. */
public interface LoadContract extends StoreContract {
    @Test
    default void load_allKindsOfChanges_isFoldOfLog() {
        RealmWriter writer = realm().writer();
        List<Commit> log = everyKind(writer);
        Loaded.from(realm().session()).verifyEquals(Fold.of(log));
        Guarantee.COMPLETE.equal(log, RealmWriter.readNews(realm().session(), Head.NONE), "the log");
    }

    @Test
    default void load_entries_areInTheStatedOrder() {
        RealmWriter writer = realm().writer();
        everyKind(writer);
        List<Integer> kinds = new ArrayList<>();
        for (Entry entry : Loaded.from(writer.session()).entries()) {
            kinds.add(kind(entry));
        }
        Guarantee.SNAPSHOT.equal(
                kinds.stream().sorted().toList(), kinds, "pools (0), reserved (1), held (2), cooling (3)");
        Guarantee.SNAPSHOT.equal(4L, kinds.stream().distinct().count(), "the number of kinds of entries");
    }

    private static int kind(Entry entry) {
        if (entry instanceof Entry.OfPool) {
            return 0;
        }
        return entry instanceof Entry.OfReserved ? 1 : entry instanceof Entry.Held ? 2 : 3;
    }

    @Test
    default void load_head_isKnownBeforeEntriesAreRead() {
        RealmWriter writer = realm().created();
        writer.commit(Samples.granted(0, 1));
        try (Image image = writer.session().load()) {
            Guarantee.SNAPSHOT.equal(writer.head(), image.head(), "the head of an image that was not read");
            Guarantee.SNAPSHOT.equal(Optional.of(Samples.REALM), image.realm(), "the settings of an image");
        }
    }

    @Test
    default void load_openImage_isNotChangedByLaterCommits() {
        RealmWriter writer = realm().created();
        Entry.Held held = Samples.held(Samples.FIRST, "cart-0", 1);
        writer.commit(new Change.Granted(held), Samples.poolPut(Samples.BLUE));
        Head before = writer.head();
        StateStore reader = realm().session();
        try (Image image = reader.load()) {
            image.head();
            writer.commit(Samples.released(held), Samples.granted(Samples.SECOND, "cart-1", 2));
            Loaded loaded = Loaded.rest(image);
            Guarantee.SNAPSHOT.equal(before, loaded.head(), "the head of an open image");
            Guarantee.SNAPSHOT.equal(
                    List.of(Samples.BLUE, held),
                    loaded.entries(),
                    "the entries of an image that was opened before a commit");
        }
        Guarantee.SNAPSHOT.equal(writer.head(), Loaded.from(reader).head(), "the head of the next load");
    }

    @Test
    default void load_whileOthersCommit_isOneSnapshot() throws Exception {
        RealmWriter creator = realm().created();
        Entry.Held[] pair = {Samples.held(Samples.FIRST, "a", 1), Samples.held(Samples.SECOND, "b", 1)};
        creator.commit(new Change.Granted(pair[0]), new Change.Granted(pair[1]));
        StateStore reader = realm().session();
        AtomicBoolean reading = new AtomicBoolean(true);
        AtomicLong commits = new AtomicLong();
        Together.run(2, i -> () -> {
            if (i == 0) {
                swapWhile(creator, pair, reading, commits);
                return true;
            }
            try {
                for (int n = 0; n < 20; n++) {
                    verifyPair(loadDuringCommits(reader, commits));
                }
            } finally {
                reading.set(false);
            }
            return true;
        });
    }

    /**
     * Reads the entries of an image after another commit, if the store does not delay that commit.
     */
    private static Loaded loadDuringCommits(StateStore reader, AtomicLong commits) {
        try (Image image = reader.load()) {
            image.head();
            long before = commits.get();
            for (int i = 0; i < 50 && commits.get() == before; i++) {
                LockSupport.parkNanos(1_000_000);
            }
            return Loaded.rest(image);
        }
    }

    /** Renews two addresses with one generation per commit, and grants or releases a third one. */
    private static void swapWhile(RealmWriter writer, Entry.Held[] pair, AtomicBoolean reading, AtomicLong commits) {
        Entry.Held third = Samples.held(Samples.address(2), "c", 1);
        for (int n = 2; reading.get(); n++) {
            Change.Renewed first = Samples.renewed(pair[0], n);
            Change.Renewed second = Samples.renewed(pair[1], n);
            writer.commit(first, second, n % 2 == 0 ? new Change.Granted(third) : Samples.released(third));
            commits.incrementAndGet();
            pair[0] = first.after();
            pair[1] = second.after();
        }
    }

    private static void verifyPair(Loaded loaded) {
        Guarantee.SNAPSHOT.equal(
                loaded.head().held(), loaded.countHeld(), "the number of held entries at " + loaded.head());
        for (Entry.Held held : List.of(
                loaded.held(Samples.FIRST).orElseThrow(),
                loaded.held(Samples.SECOND).orElseThrow())) {
            Guarantee.SNAPSHOT.equal(
                    loaded.head().lastGeneration(),
                    held.generation(),
                    "the generation of " + held + " at " + loaded.head());
        }
    }

    @Test
    default void newsAfter_imageOpen_isAllowed() {
        RealmWriter writer = realm().created();
        Head known = writer.head();
        Commit grants = writer.commit(Samples.granted(0, 1), Samples.granted(1, 2), Samples.granted(2, 3));
        StateStore reader = realm().session();
        try (Image image = reader.load()) {
            Iterator<Entry> entries = image.entries();
            Entry first = entries.next();
            Guarantee.SNAPSHOT.equal(
                    new News.Since(List.of(grants)),
                    reader.newsAfter(known),
                    "the news that is read while an image is open");
            List<Entry> all = new ArrayList<>(List.of(first));
            entries.forEachRemaining(all::add);
            Guarantee.SNAPSHOT.equal(3, all.size(), "the number of entries of an image around a call of newsAfter");
        }
    }

    @Test
    default void load_imageClosedEarlyAndTwice_nextCallsWork() {
        RealmWriter writer = realm().created();
        writer.commit(Samples.granted(0, 1), Samples.granted(1, 2));
        Image image = writer.session().load();
        image.entries().next();
        image.close();
        image.close();
        writer.commit(Samples.granted(2, 3));
        Guarantee.SNAPSHOT.equal(3L, Loaded.from(writer.session()).countHeld(), "the number of held entries");
    }

    @Test
    default void load_manyEntries_areAllRead() {
        RealmWriter writer = realm().created();
        Fold fold = Fold.of(RealmWriter.readNews(writer.session(), Head.NONE));
        int index = 0;
        while (index < 2_500) {
            List<Change> changes = new ArrayList<>();
            int room = Math.min(500, writer.session().operationsPerCommit());
            while (index < 2_500 && writer.session().operations(Samples.granted(index, index + 1)) <= room) {
                room -= writer.session().operations(Samples.granted(index, index + 1));
                changes.add(Samples.granted(index, ++index));
            }
            fold.apply(writer.commit(changes));
        }
        Loaded.from(realm().session()).verifyEquals(fold);
    }

    /** Commits every kind of change, and leaves every kind of entry. */
    private static List<Commit> everyKind(RealmWriter writer) {
        long now = System.currentTimeMillis();
        Entry.Held first = Samples.held(Samples.address(0), "cart-0", 1);
        Entry.Held second = Samples.held(Samples.address(1), "cart-1", 2);
        Entry.OfPool red = Samples.pool("red-v6", "2001:db8::/64", "2001:db8::1-2001:db8::ff");
        Entry.OfReserved other = Samples.reserved("other", "2001:db8::7");
        return List.of(
                writer.create(Samples.poolPut(Samples.BLUE), Samples.poolPut(red), Samples.reservedPut(Samples.INFRA)),
                writer.commit(
                        new Change.Granted(first),
                        new Change.Granted(second),
                        Samples.granted(2, 3),
                        Samples.granted(3, 4)),
                writer.commit(Samples.renewed(first, 5), Samples.cooled(second, now), Samples.reservedPut(other)),
                writer.commit(new Change.Cooled(Samples.cooling(Samples.address(9), "cart-9", now + 1))),
                writer.commit(
                        Samples.released(Samples.held(Samples.address(3), "cart-3", 4)),
                        new Change.PoolGone(red),
                        new Change.ReservedGone(other),
                        new Change.PoolPut(
                                Optional.of(Samples.BLUE), new Entry.OfPool(Samples.BLUE.pool(), true, true))),
                writer.commit(RealmWriter.realmPut(Samples.REALM, new Realm(1, 7_200_000, Realm.Phase.OPEN))),
                writer.commit(new Change.AsFound()));
    }
}
