package io.ipam.engine.realm;

import io.ipam.engine.commit.CommitIds;
import io.ipam.store.Attempt;
import io.ipam.store.Commit;
import io.ipam.store.CommitId;
import io.ipam.store.Head;
import io.ipam.store.News;
import io.ipam.store.OutcomeUnknownException;
import io.ipam.store.StateStore;
import io.ipam.store.StoreException;
import io.ipam.store.StoreUnavailableException;
import io.ipam.store.UnstorableException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The session of one opening. It sends a commit repeatedly until its outcome is known. The retries
 * end at a deadline, or when the caller of the opening gives up.
 *
 * <p>Thread safety: one thread at a time, except {@link #giveUp}.
 */
final class OpeningSession {
    private static final long RETRY_MILLIS = 10;

    private final StateStore store;
    private final long timeoutMillis;
    private volatile boolean isGivenUp;

    /**
     * A session of an opening.
     *
     * @param store the session with the store
     * @param timeoutMillis the maximum time of the retries
     */
    OpeningSession(StateStore store, long timeoutMillis) {
        this.store = store;
        this.timeoutMillis = timeoutMillis;
    }

    /** The session with the store. */
    StateStore store() {
        return store;
    }

    /** Ends the retries, and closes the store. */
    void giveUp() {
        isGivenUp = true;
        store.close();
    }

    /** The deadline of retries that begin now, by System.nanoTime. */
    long deadline() {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    }

    /** Whether the deadline has passed, or the caller has given up. */
    boolean isOver(long deadline) {
        return isGivenUp || System.nanoTime() - deadline > 0;
    }

    /**
     * Sends a commit until its outcome is known. After an unknown outcome, no later failure makes
     * the outcome certain.
     *
     * @param expected the head that the commit follows
     * @param next the commit
     * @param deadline the end of the retries
     * @return whether the commit follows the head; false if a commit of another process does
     * @throws OutcomeUnknownException if the outcome is still unknown when the retries end, or if
     *     the store can no longer show it
     */
    boolean commit(Head expected, Commit next, long deadline) {
        return !(send(expected, next, deadline) instanceof Attempt.Moved moved)
                || isOwn(moved.news(), next.head().id());
    }

    /** A client that repeats calls by itself is answered with its own commit. */
    private static boolean isOwn(News news, CommitId id) {
        if (!(news instanceof News.Since)) {
            throw new OutcomeUnknownException(
                    "the log of the store no longer shows the outcome of the commit: repeat the call");
        }
        return CommitIds.isFirstOf(news, id);
    }

    private Attempt send(Head expected, Commit next, long deadline) {
        OutcomeUnknownException unknown = null;
        while (true) {
            try {
                return store.commit(expected, next);
            } catch (OutcomeUnknownException e) {
                unknown = e;
            } catch (StoreUnavailableException | UnstorableException e) {
                if (unknown == null) {
                    throw e;
                }
            } catch (StoreException e) {
                throw unknown == null ? e : unknown(e);
            }
            if (isOver(deadline)) {
                throw unknown;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS));
        }
    }

    private static OutcomeUnknownException unknown(StoreException last) {
        return new OutcomeUnknownException(
                "the outcome of a commit is unknown, and sending it again failed: " + last.getMessage(), last);
    }
}
