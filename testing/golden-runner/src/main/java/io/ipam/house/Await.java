package io.ipam.house;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits in tests for a condition that another thread or process brings about. The limit is a
 * minute: it costs nothing if the condition is met, and a busy machine must not fail a test.
 */
public final class Await {
    private static final long LIMIT_SECONDS = 60;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private Await() {}

    /**
     * A condition that may throw.
     *
     * @param <E> the exception
     */
    @FunctionalInterface
    public interface Condition<E extends Exception> {
        /** {@return whether the condition is met} */
        boolean isMet() throws E;
    }

    /**
     * Waits until a condition is met.
     *
     * @param expected the condition in words, for the message of a failure
     * @param condition is evaluated again and again
     * @throws AssertionError if the condition is not met within a minute, or the thread is
     *     interrupted
     */
    public static <E extends Exception> void until(String expected, Condition<E> condition) throws E {
        long start = System.nanoTime();
        while (!condition.isMet()) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)) {
                throw new AssertionError("not within " + LIMIT_SECONDS + " s: " + expected);
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("interrupted before: " + expected);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
