package io.ipam.engine.realm;

import io.ipam.engine.state.EventQueue;
import java.util.concurrent.Semaphore;

/**
 * The daemon thread that delivers the events of an engine over a store. A listener may call the
 * {@link io.ipam.Ipam}, because it does not run on the committer's thread. An {@link Error} of a
 * listener is passed to the thread's handler of uncaught exceptions, and the delivery continues.
 *
 * <p>Thread safety: safe.
 */
final class EventThread {
    private final EventQueue events;
    private final Semaphore due = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    /** A thread that is not started. */
    EventThread(EventQueue events) {
        this.events = events;
        thread = new Thread(this::run, "ipam-events");
        thread.setDaemon(true);
    }

    /** Starts the thread, unless there is no listener. */
    void start() {
        if (events.hasListener()) {
            thread.start();
        }
    }

    /** Makes the thread deliver the queued events. */
    void signal() {
        due.release();
    }

    /** Makes the thread deliver the queued events and end. */
    void close() {
        closed = true;
        due.release();
    }

    private void run() {
        while (!closed) {
            due.acquireUninterruptibly();
            due.drainPermits();
            deliver();
        }
        deliver();
    }

    private void deliver() {
        try {
            events.deliver();
        } catch (Throwable e) { // The queue counts the failure; the handler of the thread gets it.
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }
}
