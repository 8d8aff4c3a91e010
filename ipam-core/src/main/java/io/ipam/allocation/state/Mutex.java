package io.ipam.allocation.state;

import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import org.jspecify.annotations.Nullable;

/**
 * A lock that one thread holds at a time, as often as it likes.
 *
 * <p>In place of a ReentrantLock, whose state is a small object of its own that a collector puts beside others: two locks in one
 * cache line, or a lock and what another thread reads, made two threads on two allocators slower than one (ThreadsGoal: 0.4 or 2.0
 * times the operations of one thread, as the collector had it). This one fills its lines. Queueing, parking and the memory effects
 * are those of {@link AbstractQueuedSynchronizer}. Why it is right: docs/decisions/0059.
 *
 * <p>Cost: about 170 B; one compare-and-set to lock when nobody waits. Threads wait parked, virtual ones too. Thread safety: safe.
 */
public final class Mutex extends AbstractQueuedSynchronizer {
    private static final long serialVersionUID = 1L;

    /** The thread that holds it. Read without order: whoever finds himself here has written it, and not let go since. */
    private transient @Nullable Thread holder;

    /** Behind the state, which comes first, up to the second line from there: processors fetch lines in pairs. */
    @SuppressWarnings("unused")
    private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;

    /** A lock that nobody holds. */
    public Mutex() {}

    /** Waits until nobody else holds it, and holds it once more. */
    public void lock() {
        acquire(1);
    }

    /** Holds it once less. The caller holds it. */
    public void unlock() {
        release(1);
    }

    @Override
    protected boolean tryAcquire(int one) {
        Thread self = Thread.currentThread();
        int times = getState();
        if (times == 0 && compareAndSetState(0, 1)) {
            holder = self;
            return true;
        }
        if (times == 0 || holder != self) {
            return false;
        }
        setState(times + 1);
        return true;
    }

    @Override
    protected boolean tryRelease(int one) {
        if (holder != Thread.currentThread()) {
            throw new IllegalMonitorStateException("not held by this thread");
        }
        int times = getState() - 1;
        if (times == 0) {
            holder = null;
        }
        setState(times);
        return times == 0;
    }
}
