package io.ipam.store.testkit;

import io.ipam.store.Attempt;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.Head;
import io.ipam.store.News;
import io.ipam.store.Realm;
import io.ipam.store.StateStore;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Realms that do not exist, their creation, and races of creators. */
public interface CreationContract extends StoreContract {
    @Test
    default void load_realmNotCreated_isEmpty() {
        Loaded loaded = Loaded.from(realm().session());
        Guarantee.SNAPSHOT.equal(Head.NONE, loaded.head(), "the head of a realm that was not created");
        Guarantee.SNAPSHOT.equal(Optional.empty(), loaded.realm(), "the settings of a realm that was not created");
        Guarantee.SNAPSHOT.equal(List.of(), loaded.entries(), "the entries of a realm that was not created");
    }

    @Test
    default void newsAfter_realmNotCreated_isEmpty() {
        Guarantee.COMPLETE.equal(
                News.Since.NONE, realm().session().newsAfter(Head.NONE), "the news of a realm that was not created");
    }

    @Test
    default void newsAfter_headOfRealmNotCreated_isDiverged() {
        RealmWriter writer = realm().writer();
        Head unknown = writer.next().head();
        Guarantee.CONDITION.equal(
                new News.Diverged(), writer.session().newsAfter(unknown), "the news after a head that never existed");
    }

    @Test
    default void commit_afterNone_createsRealm() {
        RealmWriter writer = realm().writer();
        Commit first = writer.create(Samples.granted(0, 1));
        Loaded loaded = Loaded.from(realm().session());
        loaded.verifyEquals(Fold.of(List.of(first)));
        Guarantee.FAITHFUL.equal(Optional.of(Samples.REALM), loaded.realm(), "the settings of a created realm");
    }

    @Test
    default void commit_afterNoneOfCreatedRealm_isMovedWithFirstCommit() {
        Commit first = realm().created().next();
        RealmWriter second = realm().writer();
        Attempt attempt = second.session().commit(Head.NONE, second.next(RealmWriter.creation()));
        Guarantee.CONDITION.check(attempt instanceof Attempt.Moved, "a second creation was " + attempt);
        List<Commit> news = RealmWriter.since(((Attempt.Moved) attempt).news());
        Guarantee.COMPLETE.equal(
                first.before(), news.get(0).head().id(), "the id of revision 1 in the news of a second creation");
    }

    @Test
    default void commit_creationSentTwice_takesEffectOnce() {
        RealmWriter writer = realm().writer();
        Commit first = writer.next(RealmWriter.creation(Samples.granted(0, 1)));
        writer.session().commit(Head.NONE, first);
        Resend.verify(writer.session(), Head.NONE, first);
        Loaded.from(writer.session()).verifyEquals(Fold.of(List.of(first)));
    }

    @Test
    default void commit_manyCreatorsAtOnce_oneIsDone() throws Exception {
        List<RealmWriter> creators =
                List.of(realm().writer(), realm().writer(), realm().writer(), realm().writer(), realm().writer());
        List<Attempt> attempts = Together.run(creators.size(), i -> () -> {
            RealmWriter creator = creators.get(i);
            return creator.attempt(creator.next(RealmWriter.creation(Samples.granted(i, i + 1))));
        });
        Guarantee.CONDITION.equal(
                1L,
                attempts.stream().filter(Attempt.Done.class::isInstance).count(),
                "the number of creators that are done, of " + attempts);
        StateStore session = realm().session();
        Loaded.from(session).verifyEquals(Fold.of(RealmWriter.readNews(session, Head.NONE)));
    }

    @Test
    default void newsAfter_none_returnsLogFromFirstCommit() {
        RealmWriter writer = realm().writer();
        Commit first = writer.create();
        Commit second = writer.commit(Samples.granted(0, 1));
        Guarantee.COMPLETE.equal(
                List.of(first, second), RealmWriter.readNews(realm().session(), Head.NONE), "the news after no head");
    }

    @Test
    default void commit_phaseOpened_isShownByLoad() {
        Realm loading = new Realm(Realm.FORMAT, 60_000, Realm.Phase.LOADING);
        RealmWriter writer = realm().writer();
        writer.commit(new Change.RealmPut(Optional.empty(), loading));
        Guarantee.FAITHFUL.equal(
                Optional.of(loading), Loaded.from(writer.session()).realm(), "the settings of a loading realm");
        writer.commit(RealmWriter.realmPut(loading, Samples.REALM));
        Guarantee.FAITHFUL.equal(
                Optional.of(Samples.REALM), Loaded.from(writer.session()).realm(), "the settings of an opened realm");
    }

    @Test
    default void realms_oneNameStartsWithOther_areSeparate() {
        RealmWriter writer = realm().created();
        Head alone = writer.commit(Samples.granted(0, 1)).head();
        for (String name : List.of(realm().name() + "0", realm().name() + "-a")) {
            TestRealm sibling = realm().sibling(name);
            Guarantee.SNAPSHOT.equal(Head.NONE, Loaded.from(sibling.session()).head(), "the head of realm " + name);
            RealmWriter other = sibling.created();
            Commit grant = other.commit(Samples.granted(1, 7), Samples.granted(2, 8));
            Guarantee.SNAPSHOT.equal(
                    2, Loaded.from(other.session()).entries().size(), "the number of entries of realm " + name);
            Guarantee.COMPLETE.equal(
                    List.of(grant),
                    RealmWriter.readNews(other.session(), Head.NONE).subList(1, 2),
                    "the log of realm " + name);
        }
        Loaded loaded = Loaded.from(writer.session());
        Guarantee.SNAPSHOT.equal(alone, loaded.head(), "the head after commits to other realms");
        Guarantee.SNAPSHOT.equal(1, loaded.entries().size(), "the number of entries after commits to other realms");
    }
}
