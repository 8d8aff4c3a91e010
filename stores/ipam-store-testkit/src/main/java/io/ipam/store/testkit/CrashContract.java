package io.ipam.store.testkit;

import io.ipam.store.Attempt;
import io.ipam.store.Commit;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.Head;
import io.ipam.store.StateStore;
import io.ipam.store.StoreException;
import io.ipam.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Durability: commits that were confirmed or shown survive a crash. */
public interface CrashContract extends StoreContract {
    /**
     * Kills the server without warning ({@code kill -9}) and starts it again. An embedded store
     * kills the process that has its files open, or leaves its files as after a crash. Open
     * sessions stay open, and must recover by themselves.
     *
     * @throws Exception if it fails
     */
    void crash() throws Exception;

    @Test
    default void crash_confirmedCommits_survive() throws Exception {
        RealmWriter writer = realm().writer();
        List<Commit> log = new ArrayList<>(List.of(writer.create()));
        for (int i = 0; i < 10; i++) {
            log.add(writer.commit(Samples.granted(i, i + 1)));
        }
        crash();
        StateStore session = realm().session();
        Resend.load(session).verifyEquals(Fold.of(log));
        Guarantee.DURABLE.equal(log, RealmWriter.readNews(session, Head.NONE), "the log after a crash");
    }

    @Test
    default void crash_sessionOfBefore_recovers() throws Exception {
        RealmWriter writer = realm().created();
        crash();
        Commit next = writer.next(Samples.granted(0, 1));
        Attempt attempt = Resend.untilKnown(writer.session(), writer.head(), next);
        Guarantee.HONEST.check(Resend.isDone(attempt, next), "a commit of a session of before a crash was " + attempt);
        Guarantee.DURABLE.equal(1L, Resend.load(writer.session()).countHeld(), "the number of held addresses");
    }

    @Test
    default void crash_shownCommits_survive() throws Exception {
        RealmWriter creator = realm().created();
        Head start = creator.head();
        StateStore follower = realm().session();
        List<Commit> confirmed = new ArrayList<>();
        List<Commit> shown = new ArrayList<>();
        CountDownLatch running = new CountDownLatch(100);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> writing = threads.submit(() -> commitUntilFailure(creator, confirmed, running));
            Future<?> following = threads.submit(() -> followUntilFailure(follower, start, shown, running));
            while (!writing.isDone() && !following.isDone() && !running.await(10, TimeUnit.MILLISECONDS)) {
                Thread.onSpinWait();
            }
            crash();
            creator.session().close();
            follower.close();
            Together.result(writing, 60);
            Together.result(following, 60);
        } finally {
            threads.shutdownNow();
        }
        StateStore session = realm().session();
        Resend.load(session);
        List<Commit> log = RealmWriter.readNews(session, start);
        Guarantee.DURABLE.check(
                log.size() >= confirmed.size()
                        && log.subList(0, confirmed.size()).equals(confirmed),
                "of " + confirmed.size() + " confirmed commits the log has " + log.size());
        Guarantee.DURABLE.check(
                log.size() >= shown.size() && log.subList(0, shown.size()).equals(shown),
                "of " + shown.size() + " commits that the news has shown the log has " + log.size());
        Guarantee.ORDER.check(
                log.size() <= confirmed.size() + 1, "the log has commits that were never sent: " + log.size());
    }

    private static void commitUntilFailure(RealmWriter writer, List<Commit> confirmed, CountDownLatch running) {
        try {
            for (int i = 0; i < 2_000; i++) {
                Commit next = writer.next(Samples.granted(i, i + 1));
                if (!(writer.session().commit(writer.head(), next) instanceof Attempt.Done)) {
                    return;
                }
                confirmed.add(next);
                running.countDown();
                writer.at(next.head());
            }
        } catch (StoreException e) {
            Guarantee.HONEST.check(!(e instanceof CorruptStoreException), "a commit during a crash reports " + e);
        }
    }

    private static void followUntilFailure(StateStore session, Head start, List<Commit> shown, CountDownLatch running) {
        Head last = start;
        try {
            while (true) {
                for (Commit commit : RealmWriter.since(session.newsAfter(last))) {
                    shown.add(commit);
                    running.countDown();
                    last = commit.head();
                }
            }
        } catch (StoreException e) {
            Guarantee.HONEST.check(
                    e instanceof StoreUnavailableException, "a call for news during a crash reports " + e);
        }
    }
}
