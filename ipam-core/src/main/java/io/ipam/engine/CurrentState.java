package io.ipam.engine;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The state that an engine works on, the lock under which its catalog or the state itself is
 * replaced, the suspicions that a replacement keeps, and the time.
 *
 * <p>Thread safety: safe. The swap lock is locked before every other lock.
 */
final class CurrentState {
    private final ReentrantLock swapLock = new ReentrantLock();
    private final Reconciler reconciler;
    private final AtomicLong latestMillis = new AtomicLong(Long.MIN_VALUE);
    private volatile EngineState state;

    CurrentState(EngineState state) {
        this.state = state;
        reconciler = new Reconciler(state.settings().reconcileGrace());
    }

    EngineState get() {
        return state;
    }

    /** Replaces the state; the swap lock is locked. */
    void set(EngineState next) {
        state = next;
    }

    /** The comparison with the live owners; guarded by the swap lock. */
    Reconciler reconciler() {
        return reconciler;
    }

    /**
     * The later of a clock's time and the latest time of a request. It never decreases, even if a
     * clock is set back.
     */
    long now(long clockMillis) {
        long latest = latestMillis.get();
        return clockMillis <= latest ? latest : latestMillis.accumulateAndGet(clockMillis, Math::max);
    }

    /** Runs a body while neither the catalog nor the state is replaced; requests continue. */
    <R> R whileNothingIsReplaced(Supplier<R> body) {
        swapLock.lock();
        try {
            return body.get();
        } finally {
            swapLock.unlock();
        }
    }

    /**
     * Runs a body as {@link #whileNothingIsReplaced} does, unless another thread has the swap lock.
     */
    void ifNothingIsBeingReplaced(Runnable body) {
        if (swapLock.tryLock()) {
            try {
                body.run();
            } finally {
                swapLock.unlock();
            }
        }
    }
}
