package io.ipam.engine.commit;

/**
 * Whether other processes commit at the same time. A process that lost to another one reads the
 * news before it decides each further round, until there is none. A store with locks may lock the
 * realm for that.
 *
 * <p>Thread safety: none, used by the committer.
 */
final class Contention {
    private boolean isContended;
    /** Whether the news was read since the last round. The store may hold its lock. */
    private boolean isRead;

    /** Notes that another process committed first. The news contains its commits. */
    void lost() {
        isContended = true;
        isRead = true;
    }

    /** Notes that others committed before a round without changes was confirmed. */
    void overtaken() {
        isContended = true;
        isRead = false;
    }

    /** Whether a round must begin with the news. */
    boolean needsNews() {
        return isContended && !isRead;
    }

    /** Notes that the news was read. */
    void read(boolean areThereAny) {
        isContended = areThereAny;
        isRead = true;
    }

    /** Notes that the news is used or no longer needed; returns whether it was read. */
    boolean endRead() {
        boolean was = isRead;
        isRead = false;
        return was;
    }
}
