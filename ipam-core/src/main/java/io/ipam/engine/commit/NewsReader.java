package io.ipam.engine.commit;

import io.ipam.allocation.AllocationEvent.Reloaded;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.News;
import org.jspecify.annotations.Nullable;

/** Applies the commits of other processes to a replica. Thread safety: none. */
final class NewsReader<B extends Batch> {
    private final Replica<B> replica;

    NewsReader(Replica<B> replica) {
        this.replica = replica;
    }

    /**
     * Applies news.
     *
     * @return the cause if the realm must be loaded again, otherwise null
     */
    Reloaded.@Nullable Cause apply(News news) {
        if (news instanceof News.Trimmed) {
            return Reloaded.Cause.TRIMMED;
        }
        if (news instanceof News.Since since) {
            for (Commit commit : since.commits()) {
                if (isRewrite(commit)) {
                    return Reloaded.Cause.REWRITTEN;
                }
                verifyFollows(commit);
                replica.apply(commit);
            }
            return null;
        }
        return Reloaded.Cause.DIVERGED;
    }

    private void verifyFollows(Commit commit) {
        if (!commit.follows(replica.head())) {
            throw new CorruptStoreException(
                    "the news after " + replica.head() + " must begin with the next commit, not with " + commit.head());
        }
    }

    /** Whether a commit changes more than a replica can follow. */
    static boolean isRewrite(Commit commit) {
        return commit.changes().stream()
                .anyMatch(change -> change instanceof Change.RealmPut || change instanceof Change.AsFound);
    }
}
