package io.ipam.store.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.store.Attempt;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.CommitId;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.InMemoryStore;
import io.ipam.store.News;
import io.ipam.store.OutcomeUnknownException;
import io.ipam.store.StateStore;
import io.ipam.store.StoreException;
import io.ipam.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Right and wrong histories of sessions, compared with a log of three commits. */
class CommitHistoryTest {
    private final Commit first = RealmWriter.after(Head.NONE, new CommitId(1, 1), List.of(RealmWriter.creation()));
    private final Commit second = RealmWriter.after(first.head(), new CommitId(2, 1), List.of(Samples.granted(0, 1)));
    private final Commit third = RealmWriter.after(second.head(), new CommitId(1, 2), List.of(Samples.granted(1, 2)));
    private final Commit loser = RealmWriter.after(second.head(), new CommitId(2, 2), List.of(Samples.granted(2, 2)));
    private final List<Commit> log = List.of(first, second, third);
    private final CommitHistory history = new CommitHistory();

    private void committed(long start, long end, Commit commit, Attempt attempt) {
        history.add(new CommitHistory.Committed(
                start, end, expected(commit), commit, Optional.of(attempt), Optional.empty()));
    }

    private void failed(long start, long end, Commit commit, StoreException failure) {
        history.add(new CommitHistory.Committed(
                start, end, expected(commit), commit, Optional.empty(), Optional.of(failure)));
    }

    private Head expected(Commit commit) {
        return commit.equals(first) ? Head.NONE : commit.equals(second) ? first.head() : second.head();
    }

    private void asked(long start, long end, Head known, Commit... news) {
        history.add(new CommitHistory.Asked(start, end, known, new News.Since(List.of(news))));
    }

    private void read(long start, long end, Commit at, Entry... entries) {
        history.add(new CommitHistory.Read(start, end, at.head(), Optional.of(Samples.REALM), List.of(entries)));
    }

    /** Three commits, one after the other, at the instants 10 to 35. */
    private void threeCommits() {
        committed(10, 15, first, new Attempt.Done());
        committed(20, 25, second, new Attempt.Done());
        committed(30, 35, third, new Attempt.Done());
    }

    private void verifyRight() {
        assertEquals(List.of(), HistoryChecker.problems(history, log));
    }

    private void verifyWrong(String problem) {
        List<String> problems = HistoryChecker.problems(history, log);
        assertTrue(
                problems.stream().anyMatch(text -> text.contains(problem)), () -> problem + " is not in " + problems);
    }

    @Test
    void problems_sequentialCalls_none() {
        threeCommits();
        asked(40, 41, Head.NONE, first, second);
        asked(40, 42, second.head(), third);
        asked(43, 44, third.head());
        read(
                45,
                46,
                third,
                Samples.held(Samples.address(0), "cart-0", 1),
                Samples.held(Samples.address(1), "cart-1", 2));
        verifyRight();
    }

    @Test
    void problems_overlappingCalls_none() {
        threeCommits();
        committed(31, 36, loser, new Attempt.Moved(new News.Since(List.of(third))));
        asked(29, 34, second.head());
        asked(29, 34, second.head(), third);
        read(22, 31, second, Samples.held(Samples.address(0), "cart-0", 1));
        verifyRight();
    }

    @Test
    void problems_unknownOutcomeThatTookEffect_none() {
        committed(10, 15, first, new Attempt.Done());
        failed(20, 25, second, new OutcomeUnknownException("?"));
        committed(30, 35, third, new Attempt.Done());
        verifyRight();
    }

    @Test
    void problems_unknownOutcomeWithoutEffect_none() {
        threeCommits();
        failed(26, 27, loser, new OutcomeUnknownException("?"));
        verifyRight();
    }

    @Test
    void problems_doneButNotInLog_found() {
        threeCommits();
        committed(31, 36, loser, new Attempt.Done());
        verifyWrong("Done for revision 3");
    }

    @Test
    void problems_doneWithOtherContentInLog_found() {
        committed(10, 15, first, new Attempt.Done());
        committed(
                20, 25, new Commit(second.head(), second.before(), List.of(new Change.AsFound())), new Attempt.Done());
        committed(30, 35, third, new Attempt.Done());
        verifyWrong("Done for revision 2");
        verifyWrong("which no call sent");
    }

    @Test
    void problems_logWithGap_found() {
        assertTrue(
                HistoryChecker.problems(history, List.of(first, third)).get(0).contains("directly after"));
    }

    @Test
    void problems_logThatGrantsTwice_found() {
        Commit again = RealmWriter.after(second.head(), new CommitId(1, 2), List.of(Samples.granted(0, 2)));
        assertTrue(HistoryChecker.problems(history, List.of(first, second, again))
                .get(0)
                .contains("do not fit each other"));
    }

    @Test
    void problems_unavailableAndSentAgain_found() {
        committed(10, 15, first, new Attempt.Done());
        failed(20, 25, second, new StoreUnavailableException("down"));
        committed(26, 27, second, new Attempt.Moved(new News.Since(List.of(second))));
        committed(30, 35, third, new Attempt.Done());
        verifyWrong("reports that it changed nothing");
    }

    @Test
    void problems_commitNeverSent_found() {
        committed(10, 15, first, new Attempt.Done());
        committed(20, 25, second, new Attempt.Done());
        verifyWrong("which no call sent");
    }

    @Test
    void problems_unavailableButInLog_found() {
        committed(10, 15, first, new Attempt.Done());
        committed(20, 25, second, new Attempt.Done());
        failed(30, 35, third, new StoreUnavailableException("down"));
        verifyWrong("reports that it changed nothing");
    }

    @Test
    void problems_newsSkipsCommit_found() {
        threeCommits();
        asked(40, 41, first.head(), third);
        verifyWrong("is not that of the log");
    }

    @Test
    void problems_newsOfLoser_found() {
        threeCommits();
        failed(31, 36, loser, new OutcomeUnknownException("?"));
        asked(32, 33, second.head(), loser);
        verifyWrong("is not that of the log");
    }

    @Test
    void problems_movedWithoutNews_found() {
        threeCommits();
        committed(31, 36, loser, new Attempt.Moved(News.Since.NONE));
        verifyWrong("Moved without news");
    }

    @Test
    void problems_divergedInLog_found() {
        threeCommits();
        history.add(new CommitHistory.Asked(40, 41, second.head(), new News.Diverged()));
        verifyWrong("is Diverged");
    }

    @Test
    void problems_newsAfterForeignHead_found() {
        threeCommits();
        asked(40, 41, loser.head());
        verifyWrong("not in the log, is Since");
    }

    @Test
    void problems_emptyNewsAfterLaterCommitConfirmed_found() {
        threeCommits();
        asked(36, 37, second.head());
        verifyWrong("was shown before a call that read revision 2");
    }

    @Test
    void problems_loadOlderThanNewsOfOtherSession_found() {
        committed(10, 15, first, new Attempt.Done());
        committed(20, 25, second, new Attempt.Done());
        committed(30, 50, third, new Attempt.Done());
        asked(31, 32, second.head(), third);
        read(33, 34, second, Samples.held(Samples.address(0), "cart-0", 1));
        verifyWrong("was shown before a call that read revision 2");
    }

    @Test
    void problems_commitShownBeforeItWasSent_found() {
        threeCommits();
        asked(26, 28, second.head(), third);
        verifyWrong("before it, or one before it, was sent");
    }

    @Test
    void problems_loadWithoutEntry_found() {
        threeCommits();
        read(40, 41, third, Samples.held(Samples.address(0), "cart-0", 1));
        verifyWrong("missing [Held[address=10.6.0.1");
    }

    @Test
    void problems_loadOfUnknownHead_found() {
        threeCommits();
        read(40, 41, loser);
        verifyWrong("a load shows revision 3");
    }

    @Test
    void recording_sessionInMemory_recordsEveryCall() {
        InMemoryStore store = new InMemoryStore();
        StateStore session = history.recording(store.session());
        session.commit(Head.NONE, first);
        session.newsAfter(Head.NONE);
        Loaded.from(session);
        session.close();
        try {
            session.commit(first.head(), second);
        } catch (StoreUnavailableException e) {
            assertEquals(4, history.calls().size());
        }
        List<Class<?>> kinds = new ArrayList<>();
        history.calls().forEach(call -> kinds.add(call.getClass()));
        assertEquals(
                List.of(
                        CommitHistory.Committed.class,
                        CommitHistory.Asked.class,
                        CommitHistory.Read.class,
                        CommitHistory.Committed.class),
                kinds);
        assertEquals(List.of(), HistoryChecker.problems(history, List.of(first)));
    }
}
