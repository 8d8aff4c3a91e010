package io.ipam.engine.realm;

import io.ipam.engine.state.EventQueue;
import java.util.concurrent.Semaphore;

/**
 * The daemon thread that delivers the events of an engine over a store. A listener may call the
 * {@link io.ipam.Ipam}, because it does not run on the committer's thread. An {@link Error} of a
 * listener is passed to the thread's handler of uncaught exceptions, and the delivery continues.
 * Without a listener the thread is not started, and signals are ignored.
 *
 * <p>The permits of the semaphore are at most the threads that signal at the same time: a signal
 * adds none while one is left. The thread acquires that permit later and then delivers, so no event
 * that precedes a signal is missed.
 *
 * <p>Thread safety: safe.
 */
final class EventThread {
    private final EventQueue events;
    private final Semaphore due;
    private final Thread thread;
    private volatile boolean closed;

    /** A thread that is not started. */
    EventThread(EventQueue events) {
        this(events, new Semaphore(0));
    }

    /** A thread whose signals are the permits of a semaphore. */
    EventThread(EventQueue events, Semaphore due) {
        this.events = events;
        this.due = due;
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
        if (events.hasListener() && due.availablePermits() == 0) {
            due.release();
        }
    }

    /** Makes the thread deliver the queued events and end. */
    void close() {
        closed = true;
        signal();
    }

    /**
     * Waits until the thread has ended. Returns at once if the listener calls it, and early if the
     * caller is interrupted; its flag is set then.
     *
     * @param millis the maximum time, at least 1
     */
    void join(long millis) {
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
