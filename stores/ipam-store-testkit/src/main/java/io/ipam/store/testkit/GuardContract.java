package io.ipam.store.testkit;

import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.Realm;
import io.ipam.store.StateStore;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The guard of each kind of change: an entry that is not as the change states it is corruption. */
public interface GuardContract extends StoreContract {
    @Test
    default void granted_addressHeld_isCorrupt() {
        verifyGuard(Samples.granted(Samples.FIRST, "other", 9));
    }

    @Test
    default void granted_sameEntryAgain_isCorrupt() {
        verifyGuard(Samples.granted(Samples.FIRST, "cart-0", 1));
    }

    @Test
    default void renewed_addressNotHeld_isCorrupt() {
        verifyGuard(Samples.renewed(Samples.held(Samples.SECOND, "cart-0", 1), 9));
    }

    @Test
    default void renewed_otherGeneration_isCorrupt() {
        verifyGuard(Samples.renewed(Samples.held(Samples.FIRST, "cart-0", 2), 9));
    }

    @Test
    default void released_addressNotHeld_isCorrupt() {
        verifyGuard(Samples.released(Samples.held(Samples.SECOND, "cart-0", 1)));
    }

    @Test
    default void released_otherGeneration_isCorrupt() {
        verifyGuard(Samples.released(Samples.held(Samples.FIRST, "cart-0", 2)));
    }

    @Test
    default void releasedWithCooling_otherGeneration_isCorrupt() {
        verifyGuard(Samples.cooled(Samples.held(Samples.FIRST, "cart-0", 2), System.currentTimeMillis()));
    }

    @Test
    default void poolPut_nameExists_isCorrupt() {
        verifyGuard(Samples.poolPut(Samples.pool("blue-v4", "10.7.0.0/16")));
    }

    @Test
    default void poolPut_otherDefinitionBefore_isCorrupt() {
        verifyGuard(new Change.PoolPut(Optional.of(Samples.pool("blue-v4", "10.6.0.0/16", "10.6.1.0")), Samples.BLUE));
    }

    @Test
    default void poolPut_otherFlagBefore_isCorrupt() {
        verifyGuard(new Change.PoolPut(Optional.of(new Entry.OfPool(Samples.BLUE.pool(), false, true)), Samples.BLUE));
        verifyGuard(new Change.PoolPut(Optional.of(new Entry.OfPool(Samples.BLUE.pool(), true, false)), Samples.BLUE));
    }

    @Test
    default void poolPut_absentBefore_isCorrupt() {
        Entry.OfPool absent = Samples.pool("red-v4", "10.7.0.0/16");
        verifyGuard(new Change.PoolPut(Optional.of(absent), absent));
    }

    @Test
    default void poolGone_absent_isCorrupt() {
        verifyGuard(new Change.PoolGone(Samples.pool("red-v4", "10.7.0.0/16")));
    }

    @Test
    default void poolGone_otherDefinition_isCorrupt() {
        verifyGuard(new Change.PoolGone(new Entry.OfPool(Samples.BLUE.pool(), true, false)));
    }

    @Test
    default void reservedPut_nameExists_isCorrupt() {
        verifyGuard(Samples.reservedPut(Samples.reserved("infra", "10.6.1.8")));
    }

    @Test
    default void reservedPut_otherDefinitionBefore_isCorrupt() {
        verifyGuard(new Change.ReservedPut(
                Optional.of(Samples.reserved("infra", "10.6.1.8")), Samples.reserved("infra", "10.6.1.7")));
    }

    @Test
    default void reservedPut_absentBefore_isCorrupt() {
        Entry.OfReserved absent = Samples.reserved("none", "10.6.1.8");
        verifyGuard(new Change.ReservedPut(Optional.of(absent), absent));
    }

    @Test
    default void reservedGone_absent_isCorrupt() {
        verifyGuard(new Change.ReservedGone(Samples.reserved("none", "10.6.1.8")));
    }

    @Test
    default void reservedGone_otherDefinition_isCorrupt() {
        verifyGuard(new Change.ReservedGone(
                new Entry.OfReserved(Samples.INFRA.range().asTerminating())));
    }

    @Test
    default void realmPut_realmExists_isCorrupt() {
        verifyGuard(new Change.RealmPut(Optional.empty(), Samples.REALM));
    }

    @Test
    default void realmPut_otherSettingsBefore_isCorrupt() {
        verifyGuard(RealmWriter.realmPut(new Realm(Realm.FORMAT, 1, Realm.Phase.OPEN), Samples.REALM));
        verifyGuard(RealmWriter.realmPut(
                new Realm(Realm.FORMAT, Samples.REALM.coolDownMillis(), Realm.Phase.LOADING), Samples.REALM));
    }

    @Test
    default void guards_entriesAsStated_areAccepted() {
        RealmWriter writer = guarded();
        Entry.Held first = Samples.held(Samples.FIRST, "cart-0", 1);
        Change.Renewed renewed = Samples.renewed(first, 5);
        Realm cooler = new Realm(Realm.FORMAT, 7, Realm.Phase.OPEN);
        Entry.OfPool detached = new Entry.OfPool(Samples.BLUE.pool(), true, false);
        writer.commit(renewed, new Change.PoolPut(Optional.of(Samples.BLUE), detached));
        writer.commit(
                Samples.released(renewed.after()),
                new Change.PoolGone(detached),
                new Change.ReservedGone(Samples.INFRA),
                RealmWriter.realmPut(Samples.REALM, cooler));
        Loaded loaded = Loaded.from(writer.session());
        Guarantee.GUARDED.equal(List.of(), loaded.entries(), "the entries after everything was removed");
        Guarantee.GUARDED.equal(Optional.of(cooler), loaded.realm(), "the settings");
    }

    @Test
    default void cooling_anyEntry_isNotGuarded() {
        RealmWriter writer = realm().created();
        long now = System.currentTimeMillis();
        writer.commit(new Change.Cooled(Samples.cooling(Samples.FIRST, "a", now)));
        writer.commit(new Change.Cooled(Samples.cooling(Samples.FIRST, "b", now + 1)));
        Guarantee.GUARDED.equal(
                List.of(Samples.cooling(Samples.FIRST, "b", now + 1)),
                Loaded.from(writer.session()).entries(),
                "the entries after an address cooled twice");
    }

    @Test
    default void granted_addressCooling_endsCooling() {
        RealmWriter writer = realm().created();
        Entry.Held held = Samples.held(Samples.FIRST, "cart-1", 2);
        writer.commit(new Change.Cooled(Samples.cooling(Samples.FIRST, "a", System.currentTimeMillis())));
        writer.commit(new Change.Granted(held));
        Guarantee.GUARDED.equal(
                List.of(held), Loaded.from(writer.session()).entries(), "the entries of a granted address that cooled");
        writer.commit(Samples.released(held));
        Guarantee.GUARDED.equal(
                List.of(),
                Loaded.from(writer.session()).entries(),
                "the entries after a release without cool-down: the cooling entry of before must not return");
    }

    @Test
    default void released_realmWithoutCoolDown_oldCoolingNeverReturns() {
        RealmWriter writer = realm().created();
        Entry.Held held = Samples.held(Samples.FIRST, "cart-1", 2);
        Realm none = new Realm(Realm.FORMAT, 0, Realm.Phase.OPEN);
        writer.commit(new Change.Cooled(Samples.cooling(Samples.FIRST, "a", System.currentTimeMillis())));
        writer.commit(RealmWriter.realmPut(Samples.REALM, none));
        writer.commit(new Change.Granted(held));
        writer.commit(Samples.released(held));
        Guarantee.GUARDED.equal(
                List.of(), Loaded.from(writer.session()).entries(), "the entries after a release without cool-down");
        writer.commit(RealmWriter.realmPut(none, Samples.REALM));
        Guarantee.GUARDED.equal(
                List.of(),
                Loaded.from(writer.session()).entries(),
                "the entries after a cool-down begins: an older cooling entry must not return");
        writer.commit(new Change.Granted(held));
        writer.commit(Samples.cooled(held, System.currentTimeMillis()));
        Entry.Held again = Samples.held(Samples.FIRST, "cart-1", 3);
        writer.commit(new Change.Granted(again));
        writer.commit(Samples.released(again));
        Guarantee.GUARDED.equal(
                List.of(),
                Loaded.from(writer.session()).entries(),
                "the entries after a release without a cooling entry in a realm with a cool-down");
    }

    @Test
    default void corrupt_sessionAfterwards_isUsable() {
        RealmWriter writer = guarded();
        Guarantee.GUARDED.thrown(
                CorruptStoreException.class,
                () -> writer.session().commit(writer.head(), writer.next(Samples.granted(Samples.FIRST, "other", 9))),
                "a commit that grants a held address");
        Guarantee.ATOMIC.equal(
                List.of(), RealmWriter.readNews(writer.session(), writer.head()), "the news after a guard failed");
        writer.commit(Samples.granted(Samples.SECOND, "other", 9));
    }

    @Test
    default void corrupt_message_namesEntry() {
        RealmWriter writer = guarded();
        CorruptStoreException failure = Guarantee.GUARDED.thrown(
                CorruptStoreException.class,
                () -> writer.session().commit(writer.head(), writer.next(Samples.granted(Samples.FIRST, "other", 9))),
                "a commit that grants a held address");
        Guarantee.GUARDED.check(
                failure.getMessage() != null && failure.getMessage().contains(Samples.FIRST.toString()),
                "the message must name the entry, address " + Samples.FIRST + ": " + failure.getMessage());
    }

    private RealmWriter guarded() {
        RealmWriter writer = realm().writer();
        writer.create(
                Samples.poolPut(Samples.BLUE),
                Samples.reservedPut(Samples.INFRA),
                Samples.granted(Samples.FIRST, "cart-0", 1));
        return writer;
    }

    private void verifyGuard(Change wrong) {
        RealmWriter writer = realm().fresh().writer();
        Commit first = writer.create(
                Samples.poolPut(Samples.BLUE),
                Samples.reservedPut(Samples.INFRA),
                Samples.granted(Samples.FIRST, "cart-0", 1));
        StateStore session = writer.session();
        Guarantee.GUARDED.thrown(
                CorruptStoreException.class, () -> session.commit(writer.head(), writer.next(wrong)), "" + wrong);
        Guarantee.ATOMIC.equal(
                List.of(first), RealmWriter.readNews(session, Head.NONE), "the log after a guard failed for " + wrong);
        Loaded.from(session).verifyEquals(Fold.of(List.of(first)));
    }
}
