package io.ipam.store.testkit;

import io.ipam.store.Attempt;
import io.ipam.store.Commit;
import io.ipam.store.CommitId;
import io.ipam.store.Head;
import io.ipam.store.News;
import io.ipam.store.OutcomeUnknownException;
import io.ipam.store.StateStore;
import io.ipam.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * News for a session that will commit next. It is as complete as other news. A lock that the store
 * acquires for it ends with the next call, with the session, or after a time.
 */
public interface TurnContract extends StoreContract {
    @Test
    default void newsBeforeCommit_headAndOlderHeads_returnTheSameAsNewsAfter() {
        RealmWriter writer = realm().writer();
        List<Commit> log = new ArrayList<>(List.of(writer.create()));
        for (int i = 0; i < 5; i++) {
            log.add(writer.commit(Samples.granted(i, i + 1)));
        }
        StateStore session = realm().session();
        for (int i = 0; i < log.size(); i++) {
            Guarantee.COMPLETE.equal(
                    log.subList(i + 1, log.size()),
                    RealmWriter.since(session.newsBeforeCommit(log.get(i).head())),
                    "the news before a commit after " + log.get(i).head());
        }
    }

    @Test
    default void newsBeforeCommit_sameRevisionOtherId_isDiverged() {
        RealmWriter writer = realm().created();
        Head known = writer.head();
        CommitId id = new CommitId(known.id().process(), 99);
        Head other = new Head(known.revision(), id, known.lastGeneration(), known.held(), known.stampMillis());
        Guarantee.CONDITION.equal(
                new News.Diverged(),
                writer.session().newsBeforeCommit(other),
                "the news after the head with another id");
        writer.commit(Samples.granted(0, 1));
    }

    @Test
    default void newsBeforeCommit_commitFollows_isDone() {
        RealmWriter winner = realm().created();
        RealmWriter loser = realm().writer().at(winner.head());
        winner.commit(Samples.granted(0, 1));
        Attempt lost = loser.session().commit(loser.head(), loser.next(Samples.granted(1, 2)));
        Guarantee.CONDITION.check(lost instanceof Attempt.Moved, "a commit on an old head must be Moved, was " + lost);
        RealmWriter.since(loser.session().newsBeforeCommit(winner.head()));
        Commit commit = loser.at(winner.head()).next(Samples.granted(1, 2));
        Attempt attempt = Resend.untilKnown(loser.session(), loser.head(), commit);
        Guarantee.CONDITION.check(Resend.isDone(attempt, commit), "a commit after the news before it was " + attempt);
        Guarantee.COMPLETE.equal(
                List.of(commit),
                RealmWriter.readNews(winner.session(), winner.head()),
                "the news of the other session");
    }

    /** Each of these calls ends the lock of the store, if there is one. */
    @Test
    default void newsBeforeCommit_anotherCallFollows_othersCommit() {
        RealmWriter other = realm().created();
        StateStore session = realm().session();
        List<Runnable> calls = List.of(
                () -> session.newsAfter(other.head()),
                () -> session.load().close(),
                () -> session.trim(other.head()),
                () -> other.at(committed(session, other.head())));
        for (int i = 0; i < calls.size(); i++) {
            session.newsBeforeCommit(other.head());
            calls.get(i).run();
            long before = System.nanoTime();
            other.commit(Samples.granted(i, i + 1));
            Guarantee.BOUNDED.check(
                    System.nanoTime() - before < TimeUnit.SECONDS.toNanos(30),
                    "a commit waited for a session that had made another call");
        }
    }

    private static Head committed(StateStore session, Head after) {
        RealmWriter writer = new RealmWriter(session).at(after);
        return writer.commit(Samples.granted(100, 100)).head();
    }

    @Test
    default void newsBeforeCommit_sessionClosed_othersCommit() {
        RealmWriter other = realm().created();
        StateStore session = realm().session();
        session.newsBeforeCommit(other.head());
        session.close();
        other.commit(Samples.granted(0, 1));
    }

    /** A process that stops between two calls, such as a frozen one. */
    @Test
    default void newsBeforeCommit_noCallFollows_othersCommitAfterATimeOut() {
        RealmWriter other = realm().created();
        StateStore session = realm().session();
        session.newsBeforeCommit(other.head());
        Commit commit = other.next(Samples.granted(0, 1));
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!isIn(other, commit)) {
            Guarantee.BOUNDED.check(
                    System.nanoTime() < limit, "a session that makes no call stops the others for 60 s");
        }
        Guarantee.COMPLETE.check(
                RealmWriter.readNews(session, other.head()).contains(commit),
                "the session that made no call must see the commits of others with its next call");
    }

    private static boolean isIn(RealmWriter writer, Commit commit) {
        try {
            Attempt attempt = writer.session().commit(writer.head(), commit);
            return attempt instanceof Attempt.Done
                    || (attempt instanceof Attempt.Moved moved
                            && RealmWriter.since(moved.news()).contains(commit));
        } catch (StoreUnavailableException | OutcomeUnknownException locked) {
            return false; // The same commit is sent again, which shows whether it took effect.
        }
    }

    @Test
    default void newsBeforeCommit_manySessionsInTurns_haveOneOrder() throws Exception {
        Head start = realm().created().head();
        List<RealmWriter> writers = List.of(realm().writer(), realm().writer(), realm().writer());
        List<List<Commit>> made = Together.run(writers.size(), i -> () -> {
            List<Commit> mine = new ArrayList<>();
            RealmWriter writer = writers.get(i).at(start);
            while (mine.size() < 10) {
                int index = 100 * i + mine.size();
                mine.add(writer.commitInTurn(Samples.granted(index, index + 1)));
            }
            return mine;
        });
        List<Commit> log = RealmWriter.readNews(realm().session(), start);
        Guarantee.ORDER.equal(30, log.size(), "the number of commits after three writers of 10");
        for (List<Commit> mine : made) {
            Guarantee.COMPLETE.check(log.containsAll(mine), "a confirmed commit is not in the log");
        }
    }
}
