package io.ipam.engine.commit;

/**
 * Whether other processes commit at the same time. A process that has lost reads the news before it
 * decides its next rounds, until it finds none. If the store has locks, it reads them under one.
 *
 * <p>Thread safety: none, used by the committer.
 */
final class Contention {
    private boolean isContended;
    /** Whether the news were read since the last round. The store may hold its lock. */
    private boolean isRead;

    /** Another process committed first. Its commits are the news. */
    void lost() {
        isContended = true;
        isRead = true;
    }

    /** Whether a round must begin with the news. */
    boolean needsNews() {
        return isContended && !isRead;
    }

    /** The news were read. */
    void read(boolean areThereAny) {
        isContended = areThereAny;
        isRead = true;
    }

    /** The news that were read are used, or no longer needed; returns whether they were read. */
    boolean endRead() {
        boolean was = isRead;
        isRead = false;
        return was;
    }
}
