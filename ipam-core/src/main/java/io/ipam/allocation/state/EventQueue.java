package io.ipam.allocation.state;

import io.ipam.allocation.AllocationEvent;
import io.ipam.allocation.AllocationListener;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Events on their way to the listener. They are queued while the locks of their pools are held, so that their order is that of
 * the changes, and delivered when no lock is held. One thread delivers at a time; others leave their events to it.
 *
 * <p>Thread safety: safe.
 */
public final class EventQueue {
    private final AllocationListener listener;
    private final ConcurrentLinkedQueue<AllocationEvent> events = new ConcurrentLinkedQueue<>();
    /** How many calls of {@link #deliver} want the queue emptied; the one that raised it from 0 does it. */
    private final AtomicInteger wanted = new AtomicInteger();

    private final AtomicLong failures = new AtomicLong();

    /**
     * A queue for one listener.
     *
     * @param listener the listener
     */
    public EventQueue(AllocationListener listener) {
        this.listener = listener;
    }

    /**
     * Queues an event. The locks of its pool are held.
     *
     * @param event the event
     */
    public void add(AllocationEvent event) {
        events.add(event);
    }

    /** Delivers what is queued, unless another thread, or a call of the listener below this one, is about to. No lock is held. */
    public void deliver() {
        if (wanted.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            drain();
            seen = wanted.addAndGet(-seen);
        } while (seen != 0);
    }

    /** {@return how many events the listener failed on} */
    public long failures() {
        return failures.get();
    }

    private void drain() {
        for (AllocationEvent event = events.poll(); event != null; event = events.poll()) {
            try {
                listener.on(event);
            } catch (Throwable e) { // Also a checked exception that was thrown past the compiler: the next event is not
                // kept.
                failures.incrementAndGet();
            }
        }
    }
}
