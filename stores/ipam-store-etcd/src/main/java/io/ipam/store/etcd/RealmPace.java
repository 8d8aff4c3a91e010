package io.ipam.store.etcd;

import java.util.concurrent.TimeUnit;

/**
 * Whether a realm is busy: it has more than ten commits a second, after three at once. In a busy
 * realm, processes that read each commit by itself read more than they commit.
 *
 * <p>Thread safety: none.
 */
final class RealmPace {
    private static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long BURST_NANOS = 3 * GAP_NANOS;
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private boolean isBusy;
    /** The time until which the gaps of the seen commits reach. */
    private long spent;
    /** The time since which commits are counted in a busy realm. */
    private long since;

    private long commits;

    RealmPace(long now) {
        spent = now;
    }

    boolean isBusy() {
        return isBusy;
    }

    /** Notes an event of a commit, while the realm is not busy. */
    void seen(long now) {
        spent = Math.max(spent - now, 0) + now + GAP_NANOS;
        if (spent - now > BURST_NANOS) {
            isBusy = true;
            since = now;
            commits = 0;
        }
    }

    /** Notes commits that the session has read or made, while the realm is busy. */
    void read(int count, long now) {
        commits += count;
        if (now - since >= WINDOW_NANOS) {
            isBusy = commits * GAP_NANOS > now - since;
            since = now;
            commits = 0;
        }
    }
}
