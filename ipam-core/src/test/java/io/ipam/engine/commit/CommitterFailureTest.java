package io.ipam.engine.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.store.Attempt;
import io.ipam.store.Commit;
import io.ipam.store.CommitId;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.News;
import io.ipam.store.OutcomeUnknownException;
import io.ipam.store.PassingStore;
import io.ipam.store.StoreException;
import io.ipam.store.StoreUnavailableException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures of the store, the delays after them, and the end of a committer. */
class CommitterFailureTest extends CommitterFixture {
    private static final long FIRST_DELAY = 8;
    private static final long INTERVAL = 1_000;
    private static final CommitterSettings WITH_DELAYS = new CommitterSettings(INTERVAL, 100, FIRST_DELAY, 640);

    private final FailingStore session = new FailingStore();

    /** A session whose calls all fail in one way, until that is over. */
    private final class FailingStore extends PassingStore {
        private Runnable failure = () -> {};
        private News news = News.Since.NONE;
        private int calls;

        FailingStore() {
            super(store.session());
        }

        void failWith(Runnable next) {
            failure = next;
        }

        void failWith(RuntimeException next) {
            failWith(() -> {
                throw next;
            });
        }

        private void call() {
            calls++;
            failure.run();
        }

        @Override
        public Image load() {
            call();
            return super.load();
        }

        @Override
        public News newsAfter(Head known) {
            call();
            return news;
        }

        @Override
        public Attempt commit(Head expected, Commit next) {
            call();
            return super.commit(expected, next);
        }
    }

    /** A committer that has sent a commit with an unknown outcome. */
    private Committer<NoBatch> committerInDoubt(long nowMillis) {
        Committer<NoBatch> committer = committer(session);
        session.failWith(new OutcomeUnknownException("no answer"));
        committer.step(nowMillis);
        committer.step(nowMillis);
        assertEquals(Committer.Phase.UNKNOWN, committer.phase);
        return committer;
    }

    @Test
    void step_storeThrowsAnUndocumentedException_endsAndAnswers() {
        session.failWith(new IllegalArgumentException("a bug of the store"));
        Committer<NoBatch> committer = committer(session);
        Call<NoBatch, Boolean> sent = add();
        committer.step(0);
        Call<NoBatch, Boolean> waiting = add();
        assertEquals(Pause.END, committer.step(0));
        assertEquals(Pause.END, committer.step(0));
        assertThrows(OutcomeUnknownException.class, sent::result);
        assertEquals(
                "the committer failed: java.lang.IllegalArgumentException: a bug of the store; open the realm again",
                assertThrows(StoreException.class, waiting::result).getMessage());
    }

    @Test
    void step_newsSkipsACommit_endsAsCorrupt() {
        Head skipped = next(replica.head, new CommitId(8, 1)).head();
        session.news = new News.Since(List.of(next(skipped, new CommitId(8, 2))));
        Head before = replica.head;
        inbox.hint();
        assertEquals(Pause.END, committer(session).step(0));
        assertEquals(CorruptStoreException.class, inbox.failure().getClass());
        assertEquals(before, replica.head);
    }

    @Test
    void end_whileAResultWithoutChangesIsConfirmed_failsItsCallWithTheCause() {
        StoreException cause = new StoreException("the schema is gone");
        session.failWith(cause);
        hasNoChanges = true;
        Committer<NoBatch> committer = committer(session);
        Call<NoBatch, Boolean> call = add();
        committer.step(0);
        committer.step(0);
        assertSame(cause, assertThrows(StoreException.class, call::result));
    }

    @Test
    void end_storeFailsWhileACommitIsSent_leavesTheOutcomeUnknown() {
        session.failWith(new StoreException("the schema is gone"));
        Committer<NoBatch> committer = committer(session);
        Call<NoBatch, Boolean> call = add();
        committer.step(0);
        committer.step(0);
        assertEquals(
                "the Ipam stopped (the schema is gone); the outcome of the request is unknown, repeat it",
                assertThrows(OutcomeUnknownException.class, call::result).getMessage());
    }

    /** The store has refused the commit, because its guards did not hold. */
    @Test
    void end_storeRefusesACommitAsCorrupt_failsItsCallWithTheCause() {
        CorruptStoreException cause = new CorruptStoreException("a row is missing");
        session.failWith(cause);
        Committer<NoBatch> committer = committer(session);
        Call<NoBatch, Boolean> call = add();
        committer.step(0);
        committer.step(0);
        assertSame(cause, assertThrows(CorruptStoreException.class, call::result));
    }

    @Test
    void end_storeRefusesACommitInDoubtAsCorrupt_leavesTheOutcomeUnknown() {
        Call<NoBatch, Boolean> call = add();
        Committer<NoBatch> committer = committerInDoubt(0);
        session.failWith(new CorruptStoreException("a row is missing"));
        assertEquals(Pause.END, committer.step(1));
        assertThrows(OutcomeUnknownException.class, call::result);
    }

    /** The time limit begins with the first step after the close. */
    @Test
    void close_commitInDoubt_isSentAgainUntilTheTimeLimit() {
        Call<NoBatch, Boolean> call = add();
        Committer<NoBatch> committer = committerInDoubt(0);
        assertNotEquals(Pause.END, committer.step(500));
        inbox.close();
        assertNotEquals(Pause.END, committer.step(510));
        assertNotEquals(Pause.END, committer.step(609));
        assertFalse(call.isAnswered());
        assertEquals(Pause.END, committer.step(610));
        assertThrows(OutcomeUnknownException.class, call::result);
    }

    @Test
    void close_whileLoading_isWaitedForUntilTheTimeLimit() {
        Committer<NoBatch> committer = committer(session);
        session.news = new News.Trimmed();
        inbox.hint();
        committer.step(0);
        assertEquals(Committer.Phase.LOADING, committer.phase);
        session.failWith(new StoreUnavailableException("down"));
        inbox.close();
        assertNotEquals(Pause.END, committer.step(500));
        assertNotEquals(Pause.END, committer.step(599));
        int calls = session.calls;
        assertEquals(Pause.END, committer.step(600));
        assertEquals(calls, session.calls);
    }

    /** A short outage after a long one must not pause a process for the maximum delay. */
    @ParameterizedTest
    @ValueSource(strings = {"news", "confirmation", "commit", "load"})
    void step_callOfTheStoreSucceeds_nextFailureBeginsWithTheFirstDelay(String call) {
        Committer<NoBatch> committer = committer(session, WITH_DELAYS);
        hasNoChanges = call.equals("confirmation");
        if (call.equals("load")) {
            session.news = new News.Trimmed();
            inbox.hint();
            committer.step(0);
            session.news = News.Since.NONE;
        } else if (!call.equals("news")) {
            add();
        }
        session.failWith(new StoreUnavailableException("down"));
        long now = INTERVAL;
        long lastDelay = 0;
        for (int failures = 0; failures < 4; now += INTERVAL) {
            Pause pause = committer.step(now);
            assertNotEquals(Pause.END, pause);
            if (!pause.endsEarly()) {
                failures++;
                lastDelay = pause.millis();
            }
        }
        assertTrue(lastDelay > FIRST_DELAY);
        session.failWith(() -> {});
        int before = session.calls;
        for (; session.calls == before; now += INTERVAL) {
            assertNotEquals(Pause.END, committer.step(now));
        }
        session.failWith(new StoreUnavailableException("down"));
        Pause pause = committer.step(now);
        assertFalse(pause.endsEarly());
        assertTrue(pause.millis() <= FIRST_DELAY, pause::toString);
    }

    /** The hint is used up, and the next one may never arrive. */
    @Test
    void step_requestForNewsFailsAfterAHint_isRepeatedAfterTheDelay() {
        Committer<NoBatch> committer = committer(session, WITH_DELAYS);
        session.failWith(new StoreUnavailableException("down"));
        inbox.hint();
        Pause pause = committer.step(0);
        assertEquals(1, session.calls);
        committer.step(pause.millis());
        assertEquals(2, session.calls);
    }
}
