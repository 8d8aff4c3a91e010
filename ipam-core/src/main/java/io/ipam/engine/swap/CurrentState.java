package io.ipam.engine.swap;

import io.ipam.engine.state.EngineState;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The state that an engine works on, and the time. The swap lock is that under which the catalog or
 * the state itself is replaced. The suspicions of the reconciler outlive a replaced state.
 *
 * <p>Thread safety: safe. The swap lock is locked before every other lock.
 */
public final class CurrentState {
    private final ReentrantLock swapLock = new ReentrantLock();
    private final Reconciler reconciler;
    private final AtomicLong latestMillis = new AtomicLong(Long.MIN_VALUE);
    private volatile EngineState state;

    /** A state that was not used before. */
    public CurrentState(EngineState state) {
        this.state = state;
        reconciler = new Reconciler(state.settings().reconcileGrace());
    }

    /** {@return the state} */
    public EngineState get() {
        return state;
    }

    /** Replaces the state; the swap lock is locked. */
    void set(EngineState next) {
        state = next;
    }

    /** The comparison with the live owners; guarded by the swap lock. */
    public Reconciler reconciler() {
        return reconciler;
    }

    /**
     * The later of a clock's time and the latest time of a request. It never decreases, even if a
     * clock is set back.
     */
    public long now(long clockMillis) {
        long latest = latestMillis.get();
        return clockMillis <= latest ? latest : latestMillis.accumulateAndGet(clockMillis, Math::max);
    }

    /** Runs a body while neither the catalog nor the state is replaced; requests continue. */
    public <R> R whileNothingIsReplaced(Supplier<R> body) {
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
    public void ifNothingIsBeingReplaced(Runnable body) {
        if (swapLock.tryLock()) {
            try {
                body.run();
            } finally {
                swapLock.unlock();
            }
        }
    }
}
