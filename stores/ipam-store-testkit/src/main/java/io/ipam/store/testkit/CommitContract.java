package io.ipam.store.testkit;

import io.ipam.store.Attempt;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.CommitId;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.Head;
import io.ipam.store.News;
import io.ipam.store.StateStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Order, condition, and atomicity of commits. */
public interface CommitContract extends StoreContract {
    @Test
    default void commit_onHead_isShownToOtherSessions() {
        RealmWriter writer = realm().created();
        StateStore other = realm().session();
        Head before = writer.head();
        Commit grant = writer.commit(Samples.granted(0, 1));
        Guarantee.COMPLETE.equal(
                new News.Since(List.of(grant)), other.newsAfter(before), "the news of another session after Done");
        Guarantee.ATOMIC.equal(
                Optional.of(Samples.held(Samples.address(0), "cart-0", 1)),
                Loaded.from(other).held(Samples.address(0)),
                "the entry that another session loads after Done");
    }

    @Test
    default void commit_headMoved_returnsNews() {
        RealmWriter writer = realm().created();
        RealmWriter late = realm().writer().at(writer.head());
        Commit grant = writer.commit(Samples.granted(0, 1));
        Commit second = writer.commit(Samples.granted(1, 2));
        Attempt attempt = late.session().commit(late.head(), late.next(Samples.granted(2, 3)));
        Guarantee.CONDITION.check(attempt instanceof Attempt.Moved, "a commit after an old head was " + attempt);
        List<Commit> news = RealmWriter.since(((Attempt.Moved) attempt).news());
        Guarantee.COMPLETE.equal(
                List.of(grant, second).subList(0, Math.max(1, news.size())), news, "the news of Moved");
    }

    @Test
    default void commit_headMoved_changesNothing() {
        RealmWriter writer = realm().writer();
        List<Commit> log = new ArrayList<>(List.of(writer.create()));
        RealmWriter late = realm().writer().at(writer.head());
        log.add(writer.commit(Samples.granted(0, 1)));
        late.session()
                .commit(
                        late.head(),
                        late.next(Samples.granted(1, 1), Samples.poolPut(Samples.pool("p", "10.0.0.0/24"))));
        verifyState(log);
    }

    @Test
    default void commit_headMovedAndGuardWrong_isMoved() {
        RealmWriter writer = realm().created();
        RealmWriter late = realm().writer().at(writer.head());
        writer.commit(Samples.granted(0, 1));
        Attempt attempt = late.session().commit(late.head(), late.next(Samples.granted(0, 2)));
        Guarantee.CONDITION.check(
                attempt instanceof Attempt.Moved,
                "a commit after an old head whose guard fails only because of that must be Moved, was " + attempt);
    }

    @Test
    default void commit_afterMoved_continuesOnNews() {
        RealmWriter writer = realm().created();
        RealmWriter late = realm().writer().at(writer.head());
        writer.commit(Samples.granted(0, 1));
        late.session().commit(late.head(), late.next(Samples.granted(1, 2)));
        late.catchUp();
        late.commit(Samples.granted(1, 2));
        verifyState(RealmWriter.readNews(realm().session(), Head.NONE));
    }

    @Test
    default void commit_sameRevisionOtherId_isDivergedAndChangesNothing() {
        RealmWriter writer = realm().writer();
        List<Commit> log = List.of(writer.create(), writer.commit(Samples.granted(0, 1)));
        Head head = writer.head();
        for (CommitId id : List.of(
                new CommitId(head.id().process(), head.id().sequence() + 1),
                new CommitId(head.id().process() + 1, head.id().sequence()))) {
            Head other = new Head(head.revision(), id, head.lastGeneration(), head.held(), head.stampMillis());
            RealmWriter foreign = realm().writer().at(other);
            Attempt attempt = foreign.session().commit(other, foreign.next(Samples.granted(1, 2)));
            Guarantee.CONDITION.equal(
                    new Attempt.Moved(new News.Diverged()),
                    attempt,
                    "a commit after the head's number with another id");
        }
        verifyState(log);
    }

    @Test
    default void commit_revisionAboveHead_isDivergedAndChangesNothing() {
        RealmWriter writer = realm().writer();
        List<Commit> log = List.of(writer.create());
        RealmWriter foreign = realm().writer().at(writer.head());
        foreign.at(foreign.next(Samples.granted(0, 1)).head());
        Attempt attempt = foreign.session().commit(foreign.head(), foreign.next(Samples.granted(1, 2)));
        Guarantee.ORDER.equal(
                new Attempt.Moved(new News.Diverged()), attempt, "a commit after a revision that does not exist");
        verifyState(log);
    }

    @Test
    default void commit_sentTwice_takesEffectOnce() {
        RealmWriter writer = realm().writer();
        Commit first = writer.create();
        Head expected = writer.head();
        Commit grant = writer.commit(Samples.granted(0, 1));
        Resend.verify(writer.session(), expected, grant);
        Resend.verify(realm().session(), expected, grant);
        verifyState(List.of(first, grant));
    }

    @Test
    default void commit_sentAgainAfterLaterCommits_changesNothing() {
        RealmWriter writer = realm().writer();
        List<Commit> log = new ArrayList<>(List.of(writer.create()));
        Head expected = writer.head();
        Commit grant = writer.commit(Samples.granted(0, 1));
        log.add(grant);
        log.add(writer.commit(Samples.released(Samples.held(Samples.address(0), "cart-0", 1))));
        log.add(writer.commit(Samples.granted(1, 2)));
        Resend.verify(writer.session(), expected, grant);
        verifyState(log);
    }

    @Test
    default void commit_manySessionsAtOneHead_oneIsDone() throws Exception {
        RealmWriter creator = realm().created();
        List<RealmWriter> writers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            writers.add(realm().writer().at(creator.head()));
        }
        List<Attempt> attempts = Together.run(writers.size(), i -> () -> {
            RealmWriter writer = writers.get(i);
            return writer.attempt(writer.next(Samples.granted(i, i + 1)));
        });
        Guarantee.CONDITION.equal(
                1L,
                attempts.stream().filter(Attempt.Done.class::isInstance).count(),
                "the number of commits after one head that are done, of " + attempts);
        verifyState(RealmWriter.readNews(realm().session(), Head.NONE));
    }

    @Test
    default void commit_manySessionsInTurns_haveOneOrder() throws Exception {
        RealmWriter creator = realm().created();
        List<RealmWriter> writers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            writers.add(realm().writer().at(creator.head()));
        }
        List<List<Commit>> done = Together.run(writers.size(), i -> () -> {
            List<Commit> mine = new ArrayList<>();
            for (int n = 0; n < 8; n++) {
                mine.add(writers.get(i).commitWhenFree(Samples.granted(8 * i + n, 8 * i + n + 1)));
            }
            return mine;
        });
        List<Commit> log = RealmWriter.readNews(realm().session(), Head.NONE);
        Guarantee.ORDER.equal(33, log.size(), "the number of commits after 32 that were done and the creation");
        done.forEach(
                mine -> Guarantee.COMPLETE.check(log.containsAll(mine), "a commit that was done is not in the log"));
        verifyState(log);
    }

    @Test
    default void commit_withoutChanges_movesHead() {
        RealmWriter writer = realm().created();
        Commit empty = writer.commit();
        Guarantee.ORDER.equal(empty.head(), Loaded.from(realm().session()).head(), "the head after an empty commit");
    }

    @Test
    default void commit_oneGuardOfManyFails_changesNothing() {
        RealmWriter writer = realm().writer();
        List<Commit> log = new ArrayList<>(List.of(writer.create(Samples.poolPut(Samples.pool("p", "10.0.0.0/24")))));
        log.add(writer.commit(Samples.granted(9, 1)));
        List<Change> changes = List.of(
                Samples.granted(0, 2),
                Samples.poolPut(Samples.pool("q", "10.1.0.0/24")),
                Samples.reservedPut(Samples.reserved("r", "10.1.0.1")),
                Samples.granted(9, 3));
        for (List<Change> order : List.of(changes, reversed(changes))) {
            Guarantee.GUARDED.thrown(
                    CorruptStoreException.class,
                    () -> writer.session().commit(writer.head(), writer.next(order)),
                    "a commit that grants a held address");
            verifyState(log);
        }
    }

    @Test
    default void commit_otherSessionIdleAfterMoved_isDoneInTime() throws Exception {
        RealmWriter writer = realm().created();
        RealmWriter idle = realm().writer().at(writer.head());
        writer.commit(Samples.granted(0, 1));
        idle.session().commit(idle.head(), idle.next(Samples.granted(1, 2)));
        long start = System.nanoTime();
        Commit next = writer.next(Samples.granted(2, 3));
        Attempt attempt = Resend.untilKnown(writer.session(), writer.head(), next);
        Guarantee.BOUNDED.check(
                Resend.isDone(attempt, next), "a commit while a session is idle after Moved was " + attempt);
        Duration waited = Duration.ofNanos(System.nanoTime() - start);
        Guarantee.BOUNDED.check(
                waited.toSeconds() < 30, "a session that is idle after Moved stopped the others for " + waited);
    }

    /** Requires that the log and the state of the realm are exactly these commits. */
    private void verifyState(List<Commit> log) {
        StateStore session = realm().session();
        Guarantee.ATOMIC.equal(log, RealmWriter.readNews(session, Head.NONE), "the log");
        Loaded.from(session).verifyEquals(Fold.of(log));
    }

    private static List<Change> reversed(List<Change> changes) {
        List<Change> reversed = new ArrayList<>(changes);
        Collections.reverse(reversed);
        return reversed;
    }
}
