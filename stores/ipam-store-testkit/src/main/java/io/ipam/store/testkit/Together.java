package io.ipam.store.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** Runs calls at the same time, each on its own thread. */
final class Together {
    private static final int SECONDS = 120;

    private Together() {}

    /**
     * Runs calls that start together; returns their results in order. The first failure is thrown.
     */
    static <R> List<R> run(int count, IntFunction<Callable<R>> calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            CyclicBarrier start = new CyclicBarrier(count);
            List<Future<R>> running = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Callable<R> call = calls.apply(i);
                running.add(threads.submit(() -> {
                    start.await();
                    return call.call();
                }));
            }
            List<R> results = new ArrayList<>();
            for (Future<R> result : running) {
                results.add(result(result, SECONDS));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Waits for the result of a call that must end within the given seconds. */
    static <R> R result(Future<R> future, int seconds) throws Exception {
        try {
            return future.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(Guarantee.BOUNDED.broken("a call runs for more than " + seconds + " s"), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
