package io.ipam.engine.state;

import io.ipam.allocation.AllocationEvent;
import io.ipam.allocation.AllocationListener;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The events that are not yet delivered to the listener. They are queued while the ledgers of their
 * pools are locked, so that their order is the order of the changes. They are delivered when no
 * lock is held. One thread delivers at a time, including the events of other threads.
 *
 * <p>An exception of the listener is counted and does not reach a caller. An {@link Error} is
 * rethrown by the call that delivers the event, after all other events are delivered.
 *
 * <p>Thread safety: safe.
 */
public final class EventQueue {
    /** A queue without a listener. */
    public static final EventQueue SILENT = new EventQueue(Optional.empty());

    private final @Nullable AllocationListener listener;
    private final ConcurrentLinkedQueue<AllocationEvent> events = new ConcurrentLinkedQueue<>();
    /**
     * The number of calls of {@link #deliver} that wait for an empty queue; the call that raised it
     * from 0 empties it.
     */
    private final AtomicInteger waiting = new AtomicInteger();

    private final AtomicLong failures = new AtomicLong();

    /** An empty queue. */
    public EventQueue(Optional<AllocationListener> listener) {
        this.listener = listener.orElse(null);
    }

    /** Whether events are delivered. */
    public boolean hasListener() {
        return listener != null;
    }

    /** Queues an event; drops it if there is no listener. */
    public void add(AllocationEvent event) {
        if (listener != null) {
            events.add(event);
        }
    }

    /**
     * Delivers the queued events unless another thread, or an outer call on this stack, does. No
     * lock may be held.
     */
    public void deliver() {
        if (listener == null || waiting.getAndIncrement() != 0) {
            return;
        }
        Throwable error = null;
        int seen = 1;
        do {
            error = drain(listener, error);
            seen = waiting.addAndGet(-seen);
        } while (seen != 0);
        if (error != null) {
            EventQueue.<RuntimeException>rethrow(error);
        }
    }

    /** The number of events for which the listener failed. */
    public long failures() {
        return failures.get();
    }

    /**
     * Delivers the queued events. Returns {@code before}, or if it is null the first throwable of
     * the listener that is not an Exception.
     */
    private @Nullable Throwable drain(AllocationListener to, @Nullable Throwable before) {
        Throwable first = before;
        for (AllocationEvent event = events.poll(); event != null; event = events.poll()) {
            try {
                to.on(event);
            } catch (Exception e) { // Counted, not thrown: the caller did not cause it.
                failures.incrementAndGet();
            } catch (Throwable e) {
                failures.incrementAndGet();
                first = first == null ? e : first;
            }
        }
        return first;
    }

    /** Throws an Error, or a Throwable that a listener has thrown past the compiler. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void rethrow(Throwable error) throws T {
        throw (T) error;
    }
}
