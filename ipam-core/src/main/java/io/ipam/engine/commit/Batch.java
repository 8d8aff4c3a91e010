package io.ipam.engine.commit;

import io.ipam.store.Commit;
import io.ipam.store.CommitId;

/**
 * The changes of some operations, decided at one head and not applied. Thread safety: none, used by
 * the committer.
 */
public interface Batch {
    /** {@return whether it has no changes} */
    boolean isEmpty();

    /** {@return the number of store operations that its changes need} */
    int operations();

    /** Remembers the changes so far; {@link #undo} returns to them. */
    void save();

    /** Removes the changes since the last {@link #save}. */
    void undo();

    /**
     * {@return the commit of the changes}
     *
     * @param id the id of the commit
     */
    Commit commit(CommitId id);

    /** Removes everything that the batch has marked in the replica. */
    void discard();

    /**
     * Applies the commit to the replica and queues its events.
     *
     * @param commit the commit of this batch, which the store has accepted
     */
    void apply(Commit commit);
}
