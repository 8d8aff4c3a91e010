package io.ipam.golden;

import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs one case in bounded time: an endless loop of the reference system must not occur in ipam.
 */
final class Patience {

    private Patience() {}

    /** A body that may throw. */
    @FunctionalInterface
    interface Body {
        void run() throws Exception;
    }

    /**
     * The exception of the body; an AssertionError if it exceeded the limit; null if it returned
     * normally.
     */
    static @Nullable Throwable failureOf(Body body, Duration limit) {
        FutureTask<@Nullable Throwable> task = new FutureTask<>(() -> thrownBy(body));
        Thread thread = new Thread(task, "golden case");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            return new AssertionError("no answer within " + limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a golden case ran", e);
        } catch (java.util.concurrent.ExecutionException e) {
            return e.getCause();
        }
    }

    private static @Nullable Throwable thrownBy(Body body) {
        try {
            body.run();
            return null;
        } catch (Throwable thrown) {
            return thrown;
        }
    }
}
