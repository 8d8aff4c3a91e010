package io.ipam.store.etcd;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Passes hints to a callback: ten at once, and then ten a second. Hints in between are merged into
 * a later one. Each hint makes a process read, so that many processes that follow a busy realm
 * would otherwise read more than they commit.
 *
 * <p>Thread safety: safe.
 */
final class HintPace implements AutoCloseable {
    private static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long BURST_NANOS = 10 * GAP_NANOS;

    private final Runnable callback;
    /** The time until which the gaps of the passed hints reach. */
    private long spent = System.nanoTime();

    private boolean isScheduled;
    private volatile boolean isClosed;

    HintPace(Runnable callback) {
        this.callback = callback;
    }

    void hint() {
        long delay = reserve(System.nanoTime());
        if (delay == 0) {
            pass();
        } else if (delay > 0) {
            CompletableFuture.delayedExecutor(delay, TimeUnit.NANOSECONDS).execute(this::passScheduled);
        }
    }

    /** The delay of a hint; negative if a later one is scheduled. */
    synchronized long reserve(long now) {
        if (isScheduled) {
            return -1;
        }
        spent = Math.max(spent - now, 0) + now + GAP_NANOS;
        long delay = Math.max(0, spent - now - BURST_NANOS);
        isScheduled = delay > 0;
        return delay;
    }

    private void passScheduled() {
        synchronized (this) {
            isScheduled = false;
        }
        pass();
    }

    private void pass() {
        if (!isClosed) {
            callback.run();
        }
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
