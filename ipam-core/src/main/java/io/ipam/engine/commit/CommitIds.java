package io.ipam.engine.commit;

import io.ipam.store.CommitId;
import io.ipam.store.News;

/** The ids of the commits of one process. Thread safety: none, used by the committer. */
public final class CommitIds {
    private final long process;
    private long last;

    /**
     * Ids of a process.
     *
     * @param process 64 random bits, drawn again at every open and create
     */
    public CommitIds(long process) {
        this.process = process;
    }

    /** {@return an id that was never used} */
    public CommitId next() {
        return new CommitId(process, ++last);
    }

    /**
     * {@return whether the news begins with this commit; the store has then accepted it directly
     * after the head}
     *
     * @param news the news after the head
     * @param id the id of the commit
     */
    public static boolean isFirstOf(News news, CommitId id) {
        return news instanceof News.Since since
                && !since.commits().isEmpty()
                && since.commits().get(0).head().id().equals(id);
    }

    /** The seed of delays, which differs between processes. */
    long seed() {
        return process;
    }
}
