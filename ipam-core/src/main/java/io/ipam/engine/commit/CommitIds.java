package io.ipam.engine.commit;

import io.ipam.store.CommitId;

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

    /** The seed of delays, which differs between processes. */
    long seed() {
        return process;
    }
}
