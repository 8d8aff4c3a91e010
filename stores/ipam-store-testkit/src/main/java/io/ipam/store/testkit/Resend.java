package io.ipam.store.testkit;

import io.ipam.store.Attempt;
import io.ipam.store.Commit;
import io.ipam.store.Head;
import io.ipam.store.News;
import io.ipam.store.OutcomeUnknownException;
import io.ipam.store.StateStore;
import io.ipam.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;

/** Sends a commit again, as an Ipam does after an unknown outcome. */
final class Resend {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Resend() {}

    /** Sends a commit that took effect again; the answer must show it. */
    static void verify(StateStore session, Head expected, Commit commit) {
        Attempt attempt = session.commit(expected, commit);
        Guarantee.HONEST.check(
                isDone(attempt, commit),
                "a commit that took effect and was sent again must be Done, or Moved with its id"
                        + " as the first of the news; was " + attempt);
    }

    /** {@return whether the answer shows that the commit took effect} */
    static boolean isDone(Attempt attempt, Commit commit) {
        if (attempt instanceof Attempt.Moved moved && moved.news() instanceof News.Since since) {
            List<Commit> commits = since.commits();
            Guarantee.COMPLETE.check(!commits.isEmpty(), "the news of Moved is empty");
            return commits.get(0).head().isSameCommitAs(commit.head());
        }
        return attempt instanceof Attempt.Done;
    }

    /** Sends the same commit until its outcome is known. */
    static Attempt untilKnown(StateStore session, Head expected, Commit commit) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return session.commit(expected, commit);
            } catch (OutcomeUnknownException | StoreUnavailableException e) {
                if (System.nanoTime() - end > 0) {
                    throw new AssertionError(
                            Guarantee.BOUNDED.broken(
                                    "a session does not recover within " + PATIENCE.toSeconds() + " s"),
                            e);
                }
                Thread.sleep(50);
            }
        }
    }

    /** Loads until the store is available. */
    static Loaded load(StateStore session) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return Loaded.from(session);
            } catch (StoreUnavailableException e) {
                if (System.nanoTime() - end > 0) {
                    throw new AssertionError(
                            Guarantee.BOUNDED.broken(
                                    "a session does not recover within " + PATIENCE.toSeconds() + " s"),
                            e);
                }
                Thread.sleep(50);
            }
        }
    }
}
