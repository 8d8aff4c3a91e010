package io.ipam.store.testkit;

import io.ipam.store.OutcomeUnknownException;
import io.ipam.store.StoreException;
import io.ipam.store.StoreUnavailableException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Repeats calls of a session while its store is unavailable, at most for a minute. */
final class Retry {
    private static final long LIMIT_SECONDS = 60;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Retry() {}

    static <T> T untilAvailable(Supplier<T> call) {
        long start = System.nanoTime();
        while (true) {
            try {
                return call.get();
            } catch (OutcomeUnknownException | StoreUnavailableException e) {
                pause(start, e);
            }
        }
    }

    private static void pause(long start, StoreException failure) {
        if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)
                || Thread.currentThread().isInterrupted()) {
            throw new AssertionError(
                    Guarantee.BOUNDED.broken("a session does not recover within " + LIMIT_SECONDS + " s"), failure);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
    }
}
