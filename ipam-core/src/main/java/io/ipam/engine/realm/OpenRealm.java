package io.ipam.engine.realm;

import io.ipam.engine.commit.CommitterThread;
import io.ipam.engine.replica.RealmSettings;
import io.ipam.engine.replica.StoreMember;
import io.ipam.engine.replica.StoreReplica;
import io.ipam.store.StateStore;
import io.ipam.store.StoreUnavailableException;

/**
 * A realm that this process has open: its replica, the threads that commit and that deliver events,
 * and the hints of the store.
 *
 * <p>Thread safety: safe.
 */
public final class OpenRealm {
    /**
     * The time that a close waits for a call of the store to end, in addition to its wait for a
     * sent commit. It is also the time that a close waits for the listener.
     */
    private static final long CLOSE_MARGIN_MILLIS = 1_000;

    private final StateStore store;
    private final long timeoutMillis;
    private final EventThread events;
    private final StoreMember member;
    private final AutoCloseable hints;
    private final CommitterThread committer;
    private boolean closed;

    /** Starts the threads over a loaded realm. */
    OpenRealm(StateStore store, RealmSettings settings, StoreReplica.Loaded loaded) {
        this.store = store;
        timeoutMillis = settings.timeoutMillis();
        events = new EventThread(loaded.state().events());
        member = new StoreMember(store, settings, loaded, events::signal, StoreMember.Parts.REAL);
        hints = store.follow(member.inbox()::hint);
        committer = CommitterThread.start("ipam-committer", member.committer(), member.inbox());
        events.start();
    }

    /** {@return the replica and its committer} */
    public StoreMember member() {
        return member;
    }

    /** The maximum time that a caller waits for the store. */
    public long timeoutMillis() {
        return timeoutMillis;
    }

    /** Causes the delivery of the queued events on another thread. */
    public void deliverEvents() {
        events.signal();
    }

    /**
     * Ends the threads, and closes the store. Later operations fail. The listener may call this
     * method; it is not waited for then.
     */
    public void close() {
        try {
            closeStore();
        } finally {
            // The monitor is not held: the listener may be waiting for it in its own close.
            events.join(CLOSE_MARGIN_MILLIS);
        }
    }

    private synchronized void closeStore() {
        if (closed) {
            return;
        }
        member.inbox().close();
        boolean hasEnded = committer.join(timeoutMillis + CLOSE_MARGIN_MILLIS);
        closed = true;
        try {
            store.close(); // Ends a call that still runs.
        } finally {
            if (!hasEnded) {
                committer.join(CLOSE_MARGIN_MILLIS);
            }
            events.close();
            endHints();
        }
    }

    private void endHints() {
        try {
            hints.close();
        } catch (Exception e) {
            throw new StoreUnavailableException(
                    "cannot stop following the commits of other processes: " + e.getMessage(), e);
        }
    }
}
