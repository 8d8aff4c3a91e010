package io.ipam.store.testkit;

import io.ipam.store.Attempt;
import io.ipam.store.Commit;
import io.ipam.store.Head;
import io.ipam.store.News;
import io.ipam.store.StateStore;
import java.util.List;

/** Sends a commit again, as an Ipam does after an unknown outcome. */
final class Resend {
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
    static Attempt untilKnown(StateStore session, Head expected, Commit commit) {
        return Retry.untilAvailable(() -> session.commit(expected, commit));
    }

    /** Loads until the store is available. */
    static Loaded load(StateStore session) {
        return Retry.untilAvailable(() -> Loaded.from(session));
    }
}
