package io.ipam.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A session whose next commits fail as a test specifies. It records every requested commit. Thread
 * safety: guarded by this.
 */
public final class FaultyStore implements StateStore {
    /** The fate of one request to commit. */
    public enum Fate {
        /** It takes effect, and the answer arrives. */
        FINE,
        /** The request is lost, and the client cannot detect that. */
        REQUEST_LOST,
        /** It takes effect, and the answer is lost. */
        ANSWER_LOST,
        /** The store refuses it for now. */
        UNAVAILABLE,
        /** It takes effect, and the client library sends it again by itself. */
        RETRIED,
        /** The store cannot hold it. */
        UNSTORABLE
    }

    private final StateStore inner;
    private final Deque<Fate> fates = new ArrayDeque<>();
    private final List<Commit> asked = new ArrayList<>();
    private volatile Fate otherwise = Fate.FINE;
    private volatile int readsBeforeCommit;

    public FaultyStore(StateStore inner) {
        this.inner = inner;
    }

    public synchronized FaultyStore next(Fate... some) {
        fates.addAll(List.of(some));
        return this;
    }

    /** The fate of all later commits. */
    public void always(Fate fate) {
        otherwise = fate;
    }

    public synchronized List<Commit> asked() {
        return List.copyOf(asked);
    }

    /** The number of calls of {@link #newsBeforeCommit}. */
    public int readsBeforeCommit() {
        return readsBeforeCommit;
    }

    @Override
    public synchronized News newsBeforeCommit(Head known) {
        readsBeforeCommit++;
        return inner.newsBeforeCommit(known);
    }

    private synchronized Fate fateOf(Commit next) {
        asked.add(next);
        return fates.isEmpty() ? otherwise : fates.poll();
    }

    @Override
    public Attempt commit(Head expected, Commit next) {
        switch (fateOf(next)) {
            case REQUEST_LOST -> throw new OutcomeUnknownException("the request was lost");
            case UNAVAILABLE -> throw new StoreUnavailableException("the store is down");
            case UNSTORABLE -> throw new UnstorableException("too large");
            case ANSWER_LOST -> {
                inner.commit(expected, next);
                throw new OutcomeUnknownException("the answer was lost");
            }
            case RETRIED -> inner.commit(expected, next);
            default -> {
                // As it is.
            }
        }
        return inner.commit(expected, next);
    }

    @Override
    public Image load() {
        return inner.load();
    }

    @Override
    public News newsAfter(Head known) {
        return inner.newsAfter(known);
    }

    @Override
    public void trim(Head head) {
        inner.trim(head);
    }

    @Override
    public int operationsPerCommit() {
        return inner.operationsPerCommit();
    }

    @Override
    public int operations(Change change) {
        return inner.operations(change);
    }

    @Override
    public void close() {
        inner.close();
    }
}
