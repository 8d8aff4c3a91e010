package io.ipam.store.testkit;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.ReservedRange;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.CommitId;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.Realm;
import io.ipam.store.StateStore;
import io.ipam.store.UnstorableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every value returns unchanged: from the entries, and from the log. */
public interface ValueContract extends StoreContract {
    @Test
    default void owners_unusualText_isKept() {
        List<String> texts = List.of(
                "\u00e9",
                "e\u0301",
                "E",
                "e",
                "\uD83D\uDE00",
                "\uD835\uDD52\u0338",
                "\u200Fab\u200E",
                " a",
                "a ",
                "a  b",
                "a\tb\nc\rd",
                "'; --",
                "\"\\\"",
                "%_*?[",
                "a/b|c,d;e:f",
                "null",
                "0",
                "{}",
                "\u007F\u0080\uFFFD\uFEFF",
                "\u0130i\u0131I",
                "\u00DF");
        List<Change> changes = new ArrayList<>();
        for (String text : texts) {
            int index = changes.size();
            Owner owner = new Owner(index % 2 == 0, text, text + "x", text);
            changes.add(new Change.Granted(
                    new Entry.Held(Samples.address(index), text, Optional.of(owner), text, index, text)));
        }
        verifyKept(changes);
    }

    @Test
    default void owners_emptyText_isKept() {
        Owner nameless = Owner.stateful("", "vm", "");
        verifyKept(List.of(
                new Change.Granted(new Entry.Held(Samples.address(0), "", Optional.of(nameless), "", 0, "")),
                new Change.Granted(new Entry.Held(Samples.address(1), "", Optional.empty(), "", 0, "")),
                new Change.Cooled(new Entry.Cooling(Samples.address(2), "", nameless, System.currentTimeMillis()))));
    }

    @Test
    default void owners_sameNameOtherKind_areKept() {
        verifyKept(Stream.of(
                        Owner.stateless("shop", "db-0", "u"),
                        Owner.stateful("shop", "db-0", "u"),
                        Owner.stateful("shop", "db-0", ""),
                        Owner.stateless("", "shop/db-0", "u"))
                .map(owner -> new Change.Granted(new Entry.Held(
                        Samples.address(owner.hashCode() & 0xfff), "p", Optional.of(owner), "eth0", 1, "")))
                .toList());
    }

    @Test
    default void texts_longAsKubernetesAllows_areKept() {
        Owner owner = Owner.stateless("n".repeat(63), "p".repeat(253), "u".repeat(128));
        verifyKept(List.of(
                new Change.Granted(new Entry.Held(
                        Samples.address(0),
                        "q".repeat(253),
                        Optional.of(owner),
                        "i".repeat(64),
                        1,
                        "z".repeat(10_000))),
                Samples.poolPut(Samples.pool("r".repeat(253), "10.0.0.0/24"))));
    }

    @Test
    default void texts_thatStoreCannotHold_areUnstorableOrKept() {
        for (String text : List.of("a\u0000b", "\uD800", "\uDC00x", "y".repeat(3_000_000))) {
            RealmWriter writer = realm().fresh().writer();
            Commit created = writer.create();
            Commit commit = writer.next(new Change.Granted(Samples.stray(Samples.FIRST, "p", text)));
            List<Commit> log = new ArrayList<>(List.of(created));
            try {
                writer.session().commit(writer.head(), commit);
                log.add(commit);
            } catch (UnstorableException e) {
                writer.commit();
                log.add(RealmWriter.readNews(writer.session(), created.head()).get(0));
            }
            Guarantee.FAITHFUL.equal(log, RealmWriter.readNews(writer.session(), Head.NONE), "the log");
            Loaded.from(writer.session()).verifyEquals(Fold.of(log));
        }
    }

    @Test
    default void addresses_lowestAndHighestOfBothFamilies_areKept() {
        verifyKept(Stream.of(
                        "0.0.0.0",
                        "127.255.255.255",
                        "128.0.0.0",
                        "255.255.255.255",
                        "10.1.1.1",
                        "::",
                        "::1",
                        "::a01:101",
                        "7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
                        "8000::",
                        "2001:db8::",
                        "2001:db8:0:0:8000::",
                        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")
                .map(Address::parse)
                .map(address -> Samples.granted(address, "a", 1))
                .toList());
    }

    @Test
    default void strays_withoutOwnerOrPool_areKept() {
        verifyKept(List.of(
                new Change.Granted(Samples.stray(Samples.address(0), "no-such-pool", "{\"pod\":\"?\"}")),
                new Change.Granted(Samples.stray(Samples.address(1), "", "")),
                new Change.Granted(new Entry.Held(
                        Samples.address(2), "p", Optional.of(Samples.owner("a")), "", 0, "{\"interface\":\"eth0\"}"))));
    }

    @Test
    default void pools_everyField_isKept() {
        Pool full = Samples.fullPool();
        Pool six = Pool.builder("six", "2001:db8::/32")
                .ips("2001:db8::-2001:db8:ffff::")
                .build();
        verifyKept(List.of(
                Samples.poolPut(new Entry.OfPool(full, false, false)),
                Samples.poolPut(new Entry.OfPool(six, true, false)),
                Samples.poolPut(
                        new Entry.OfPool(Pool.builder("empty", "10.1.0.0/24").build(), false, true)),
                Samples.poolPut(
                        new Entry.OfPool(Pool.builder("both", "10.2.0.0/31").build(), true, true))));
    }

    @Test
    default void reservedRanges_bothFamiliesAndTerminating_areKept() {
        ReservedRange six = Samples.reserved("six", "2001:db8::1-2001:db8::ffff", "2001:db9::")
                .range();
        verifyKept(List.of(
                Samples.reservedPut(Samples.reserved("many", "10.0.0.1", "10.0.0.3-10.0.0.9")),
                Samples.reservedPut(new Entry.OfReserved(six.asTerminating())),
                Samples.reservedPut(new Entry.OfReserved(
                        new ReservedRange("none", six.family(), AddressSet.empty(six.family()), false)))));
    }

    @Test
    default void cooling_allFields_areKept() {
        long now = System.currentTimeMillis();
        verifyKept(List.of(
                new Change.Cooled(Samples.cooling(Samples.address(0), "a", now)),
                new Change.Cooled(Samples.cooling(Address.parse("2001:db8::5"), "b", now + 1)),
                new Change.Cooled(new Entry.Cooling(
                        Samples.address(2), "gone", Owner.stateful("", "vm", "u-2"), now + 86_400_000))));
    }

    @Test
    default void generations_highest_areKept() {
        verifyKept(List.of(
                Samples.granted(0, Long.MAX_VALUE),
                Samples.granted(1, Long.MAX_VALUE - 1),
                Samples.granted(2, 1L << 53)));
    }

    @Test
    default void heads_extremeIdsAndCounts_areKept() {
        for (long process : new long[] {Long.MIN_VALUE, -1, 1, Long.MAX_VALUE}) {
            RealmWriter writer = new RealmWriter(realm().fresh().session(), process);
            writer.create();
            Head head = new Head(
                    2,
                    new CommitId(process, Long.MAX_VALUE),
                    Long.MAX_VALUE,
                    0,
                    writer.head().stampMillis() + (1L << 40));
            Commit extreme = new Commit(head, writer.head().id(), List.of());
            writer.session().commit(writer.head(), extreme);
            Guarantee.FAITHFUL.equal(head, Loaded.from(writer.session()).head(), "a head");
            Guarantee.FAITHFUL.equal(
                    List.of(extreme), RealmWriter.readNews(writer.session(), writer.head()), "a commit in the log");
            writer.at(head).commit();
        }
    }

    @Test
    default void realms_extremeSettings_areKept() {
        RealmWriter writer = realm().created();
        Realm extreme = new Realm(Integer.MAX_VALUE, Long.MAX_VALUE / 2, Realm.Phase.LOADING);
        Commit commit = writer.commit(RealmWriter.realmPut(Samples.REALM, extreme));
        Guarantee.FAITHFUL.equal(
                Optional.of(extreme), Loaded.from(writer.session()).realm(), "the settings of a realm");
        List<Commit> log = RealmWriter.readNews(writer.session(), Head.NONE);
        Guarantee.FAITHFUL.equal(commit, log.get(1), "a change of the settings in the log");
    }

    @Test
    default void asFound_changesNoEntry() {
        RealmWriter writer = realm().created();
        writer.commit(Samples.granted(0, 1));
        List<Entry> before = Loaded.from(writer.session()).entries();
        Commit asFound = writer.commit(new Change.AsFound());
        Loaded after = Loaded.from(writer.session());
        Guarantee.FAITHFUL.equal(before, after.entries(), "the entries after AsFound");
        Guarantee.FAITHFUL.equal(asFound.head(), after.head(), "the head after AsFound");
    }

    /** Commits the changes, and requires them in the log and in the entries. */
    private void verifyKept(List<? extends Change> changes) {
        RealmWriter writer = realm().writer();
        List<Commit> log = new ArrayList<>(List.of(writer.create()));
        for (Change change : changes) {
            log.add(writer.commit(change));
        }
        StateStore session = realm().session();
        Guarantee.FAITHFUL.equal(log, RealmWriter.readNews(session, Head.NONE), "the log");
        Loaded.from(session).verifyEquals(Fold.of(log));
    }
}
