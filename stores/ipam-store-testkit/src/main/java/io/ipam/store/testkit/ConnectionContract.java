package io.ipam.store.testkit;

import io.ipam.store.Attempt;
import io.ipam.store.Commit;
import io.ipam.store.Head;
import io.ipam.store.OutcomeUnknownException;
import io.ipam.store.StateStore;
import io.ipam.store.StoreException;
import io.ipam.store.StoreUnavailableException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Honesty: the outcome of a commit whose request or answer is lost. */
public interface ConnectionContract extends StoreContract {
    /**
     * Opens a session whose connection can be broken, for example through {@link CuttingProxy}.
     *
     * @param realm the name of the realm
     * @return the session and its connection
     * @throws Exception if it fails */
    BreakableSession openBreakableSession(String realm) throws Exception;

    /** A session, and the connection between it and its store. */
    interface BreakableSession {
        /** {@return the session} */
        StateStore session();

        /** Breaks the connection when the next call sends a request, before the store gets it. */
        void loseNextRequest();

        /**
         * Breaks the connection after the store gets the request of the next call, before it
         * answers.
         */
        void loseNextAnswer();
    }

    @Test
    default void commit_answerLost_isNotReportedAsFailed() throws Exception {
        RealmWriter creator = realm().created();
        BreakableSession broken = breakable();
        RealmWriter writer = connected(broken, creator.head());
        Commit grant = writer.next(Samples.granted(0, 1));
        broken.loseNextAnswer();
        Optional<StoreException> failure = failure(writer, grant);
        boolean landed =
                !RealmWriter.readNews(creator.session(), creator.head()).isEmpty();
        failure.ifPresent(e -> Guarantee.HONEST.check(
                e instanceof OutcomeUnknownException || (e instanceof StoreUnavailableException && !landed),
                "a commit whose answer was lost " + (landed ? "took effect" : "did not take effect") + ", and reports "
                        + e));
        verifyOnce(writer, grant);
    }

    @Test
    default void commit_requestLost_isNotReportedAsDone() throws Exception {
        RealmWriter creator = realm().created();
        BreakableSession broken = breakable();
        RealmWriter writer = connected(broken, creator.head());
        Commit grant = writer.next(Samples.granted(0, 1));
        broken.loseNextRequest();
        Optional<StoreException> failure = failure(writer, grant);
        failure.ifPresent(e -> Guarantee.HONEST.check(
                e instanceof OutcomeUnknownException || e instanceof StoreUnavailableException,
                "a commit whose request was lost reports " + e));
        if (failure.isEmpty()) {
            Guarantee.HONEST.equal(
                    List.of(grant), RealmWriter.readNews(creator.session(), creator.head()), "the log after Done");
        }
        verifyOnce(writer, grant);
    }

    @Test
    default void commit_answerLostAndOthersCommit_isFoundInNews() throws Exception {
        RealmWriter creator = realm().created();
        BreakableSession broken = breakable();
        RealmWriter writer = connected(broken, creator.head());
        Commit grant = writer.next(Samples.granted(0, 1));
        broken.loseNextAnswer();
        failure(writer, grant);
        creator.commitWhenFree(Samples.granted(1, 2));
        List<Commit> log = RealmWriter.readNews(creator.session(), writer.head());
        Attempt attempt = Resend.untilKnown(writer.session(), writer.head(), grant);
        Guarantee.HONEST.equal(
                log.get(0).equals(grant),
                Resend.isDone(attempt, grant),
                "whether the log has the commit, and the answer");
        Guarantee.ORDER.equal(
                log, RealmWriter.readNews(creator.session(), writer.head()), "the log after the commit was sent again");
    }

    @Test
    default void commit_otherReleasedGrantOfLostAnswer_isNotCorrupt() throws Exception {
        RealmWriter creator = realm().created();
        BreakableSession broken = breakable();
        RealmWriter writer = connected(broken, creator.head());
        Commit first = writer.next(Samples.granted(0, 1));
        broken.loseNextAnswer();
        failure(writer, first);
        Attempt attempt = Resend.untilKnown(writer.session(), writer.head(), first);
        Guarantee.HONEST.check(
                Resend.isDone(attempt, first), "the commit whose answer was lost, sent again: " + attempt);
        writer.at(first.head()).commit(Samples.released(Samples.held(Samples.address(0), "cart-0", 1)));
    }

    @Test
    default void newsAndLoad_connectionLost_areUnavailableAndWorkAgain() throws Exception {
        RealmWriter creator = realm().created();
        Commit grant = creator.commit(Samples.granted(0, 1));
        BreakableSession broken = breakable();
        connected(broken, creator.head());
        broken.loseNextRequest();
        unavailableOr(() -> broken.session().newsAfter(creator.head()));
        Loaded loaded = Resend.load(broken.session());
        Guarantee.FAITHFUL.equal(grant.head(), loaded.head(), "the head after a lost connection");
        broken.loseNextAnswer();
        unavailableOr(() -> Loaded.from(broken.session()));
        Guarantee.FAITHFUL.equal(1L, Resend.load(broken.session()).countHeld(), "the number of held addresses");
    }

    @Test
    default void fuzz_lostRequestsAndAnswers_haveOneOrder() {
        StoreFuzzer.of(() -> realm().session())
                .withBrokenConnections(() -> openBreakableSession(realm().name()))
                .run();
    }

    private BreakableSession breakable() throws Exception {
        BreakableSession broken = openBreakableSession(realm().name());
        realm().closing(broken.session());
        return broken;
    }

    /** Makes the session connect. */
    private static RealmWriter connected(BreakableSession broken, Head head) {
        broken.session().newsAfter(head);
        return new RealmWriter(broken.session()).at(head);
    }

    private static Optional<StoreException> failure(RealmWriter writer, Commit commit) {
        try {
            Attempt attempt = writer.session().commit(writer.head(), commit);
            Guarantee.HONEST.check(
                    Resend.isDone(attempt, commit),
                    "a commit without a competitor whose connection broke was " + attempt);
            return Optional.empty();
        } catch (StoreException e) {
            return Optional.of(e);
        }
    }

    private static void unavailableOr(Runnable call) {
        try {
            call.run();
        } catch (StoreException e) {
            Guarantee.HONEST.check(
                    e instanceof StoreUnavailableException, "a call that reads and loses its connection reports " + e);
        }
    }

    private void verifyOnce(RealmWriter writer, Commit commit) throws Exception {
        Attempt attempt = Resend.untilKnown(writer.session(), writer.head(), commit);
        Guarantee.HONEST.check(Resend.isDone(attempt, commit), "the same commit, sent until it was known: " + attempt);
        StateStore other = realm().session();
        Guarantee.ORDER.equal(
                List.of(commit), RealmWriter.readNews(other, writer.head()), "the log after a commit was sent again");
        Loaded.from(other).verifyEquals(Fold.of(RealmWriter.readNews(other, Head.NONE)));
    }
}
