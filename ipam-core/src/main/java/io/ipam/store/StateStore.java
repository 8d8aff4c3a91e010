package io.ipam.store;

/**
 * One session with one realm of a store; the package description lists the guarantees. An {@link
 * io.ipam.Ipam} uses one session and closes it; no other one can use the session.
 *
 * <p>Every call ends within a limit that the store sets, 10 seconds by default; {@link #load}
 * within that limit per batch of entries. A commit that exceeds it throws
 * {@link OutcomeUnknownException}.
 *
 * <p>Failures: {@link StoreUnavailableException} and {@link UnstorableException} mean that <i>this
 * call</i> changed nothing and never will. {@link OutcomeUnknownException} means that the commit
 * may have taken effect, or may still do so while the expected head is the head.
 * {@link CorruptStoreException} means that the entries do not fit the commits.
 *
 * <p>Thread safety: one call at a time, except {@link #close}, which another thread may call during
 * a call.
 */
public interface StateStore extends AutoCloseable {
    /**
     * Reads the state of the realm in one snapshot. {@link #newsAfter} may be called while the
     * image is read.
     */
    Image load();

    /**
     * Reads the commits after a head. It is linearizable: it returns every commit that was
     * confirmed before the call. A store may return only a fixed number of the first commits; then
     * the caller reads on.
     *
     * @param known the head
     */
    News newsAfter(Head known);

    /**
     * Reads the commits after a head, as {@link #newsAfter} does. The caller lost a commit to
     * another process and will commit next. A store with locks may lock the realm first, so that
     * the caller does not lose again. The next call of the session, or a time-out, ends that lock.
     *
     * @param known the head
     */
    default News newsBeforeCommit(Head known) {
        return newsAfter(known);
    }

    /**
     * Appends a commit if the expected head is the head. Sending the same commit again has no
     * further effect.
     *
     * @param expected the head that the commit follows; {@link Head#NONE} creates the realm
     * @param next the commit
     * @return the outcome
     * @throws CorruptStoreException if the head is the expected one, but a guard of a change fails
     */
    Attempt commit(Head expected, Commit next);

    /**
     * Deletes the start of the log and expired cooling entries. The store keeps at least 10,000
     * commits and those of the last 10 minutes, unless it is configured otherwise. It keeps at most
     * 100 times its minimum number of commits, even if a clock that was ahead makes them look
     * recent. It always keeps the last commit. The call may fail without another effect.
     *
     * @param head the head of the caller; an entry that has not expired at its time is kept
     */
    void trim(Head head);

    /** {@return the maximum number of operations of one commit} */
    int operationsPerCommit();

    /**
     * {@return the number of operations that a change needs, at least 1}
     *
     * @param change the change
     */
    int operations(Change change);

    /**
     * Registers a callback for commits of other processes. It is a hint: it may run too
     * often or never, on any thread, and must return at once.
     *
     * @param hint the callback
     * @return the registration, which ends when it is closed
     */
    default AutoCloseable follow(Runnable hint) {
        return () -> {};
    }

    /** Ends a running call and releases all resources. A repeated call has no effect. */
    @Override
    void close();
}
