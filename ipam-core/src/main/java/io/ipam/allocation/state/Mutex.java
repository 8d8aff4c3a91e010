package io.ipam.allocation.state;

import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import org.jspecify.annotations.Nullable;

/**
 * A lock that one thread holds at a time, and once: who asks for what he holds waits for himself. Who holds it is known only where
 * assertions are enabled, as in tests: there a thread that locks twice, or unlocks what another holds, gets an AssertionError.
 *
 * <p>In place of a ReentrantLock, whose state is a small object of its own that a collector puts beside others: two locks in one
 * cache line, or a lock and what another thread reads, made two threads on two allocators slower than one (ThreadsGoal: 0.4 or 2.0
 * times the operations of one thread, as the collector had it). This one has room behind it. While nobody waits it stores no
 * reference, not even to the thread that holds it: with most collectors each such store marks a card, a byte for 512 bytes of memory,
 * and threads that mark neighbours wait for each other (0.5 times the operations of one thread under the parallel collector). Queueing, parking and the memory effects are
 * those of {@link AbstractQueuedSynchronizer}. Why it is right: docs/decisions/0059.
 *
 * <p>Cost: about 170 B; one compare-and-set to lock when nobody waits. Threads wait parked, virtual ones too. Thread safety: safe.
 */
public final class Mutex extends AbstractQueuedSynchronizer {
    private static final long serialVersionUID = 1L;

    private static final int FREE = 0;
    private static final int HELD = 1;

    /** Behind the state, which comes first, up to the second line from there: processors fetch lines in pairs. */
    @SuppressWarnings("unused")
    private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;

    /** For assertions alone. Read without order: whoever finds himself here has written it, and not let go since. */
    private transient @Nullable Thread holder;

    /** A lock that nobody holds. */
    public Mutex() {}

    /** Waits until nobody holds it, and holds it. The caller does not hold it. */
    public void lock() {
        assert holder != Thread.currentThread() : "locked twice by one thread";
        acquire(HELD);
        assert isNoted(Thread.currentThread());
    }

    /** Holds it no more. Throws IllegalMonitorStateException when nobody holds it; the caller is who does. */
    public void unlock() {
        assert getState() == FREE || holder == Thread.currentThread() : "held by another thread";
        assert getState() == FREE || isNoted(null);
        release(HELD);
    }

    private boolean isNoted(@Nullable Thread now) {
        holder = now;
        return true;
    }

    @Override
    protected boolean tryAcquire(int held) {
        return compareAndSetState(FREE, HELD);
    }

    @Override
    protected boolean tryRelease(int held) {
        if (getState() == FREE) {
            throw new IllegalMonitorStateException("nobody holds this lock");
        }
        setState(FREE);
        return true;
    }
}
