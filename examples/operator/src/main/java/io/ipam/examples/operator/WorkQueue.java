package io.ipam.examples.operator;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Keys of objects to visit. Several threads visit keys, but never one key at the same time. A key
 * that is added during its visit is visited again. A visit that throws is repeated after a pause,
 * which grows from 50 ms to 30 s. Thread safety: safe.
 *
 * @param <K> the type of the keys
 */
final class WorkQueue<K> implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(WorkQueue.class.getName());
    private static final long FIRST_PAUSE = 50;
    private static final long LONGEST_PAUSE = 30_000;

    private final Function<K, Duration> visit;
    private final ScheduledThreadPoolExecutor threads;
    /** Guarded by this. */
    private final Set<K> waiting = new HashSet<>();
    /** Guarded by this. */
    private final Set<K> running = new HashSet<>();
    /** The last pause of each key that failed. Guarded by this. */
    private final Map<K, Long> pauses = new HashMap<>();

    /**
     * Starts the threads.
     *
     * @param threads the number of threads
     * @param visit visits a key, and returns the time until the next visit; zero if none is needed
     */
    WorkQueue(int threads, Function<K, Duration> visit) {
        this.visit = visit;
        this.threads = new ScheduledThreadPoolExecutor(threads, work -> new Thread(work, "operator"));
        this.threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Visits a key soon; once if it is added several times before. */
    synchronized void add(K key) {
        if (!threads.isShutdown() && waiting.add(key) && !running.contains(key)) {
            threads.execute(() -> run(key));
        }
    }

    /** Visits a key after a time. */
    synchronized void add(K key, Duration delay) {
        if (!threads.isShutdown()) {
            Future<?> unused = threads.schedule(() -> add(key), delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void run(K key) {
        begin(key);
        Duration next = Duration.ZERO;
        try {
            next = visit.apply(key);
            succeeded(key);
        } catch (RuntimeException e) {
            next = failed(key);
            LOG.log(System.Logger.Level.INFO, key + ": again in " + next.toMillis() + " ms: " + e.getMessage());
        } catch (Error e) {
            LOG.log(System.Logger.Level.ERROR, key + " is not visited again before its next event", e);
            throw e;
        } finally {
            end(key, next);
        }
    }

    private synchronized void begin(K key) {
        waiting.remove(key);
        running.add(key);
    }

    private synchronized void succeeded(K key) {
        pauses.remove(key);
    }

    private synchronized Duration failed(K key) {
        long pause = pauses.merge(key, FIRST_PAUSE, (last, first) -> Math.min(2 * last, LONGEST_PAUSE));
        return Duration.ofMillis(pause);
    }

    private synchronized void end(K key, Duration next) {
        running.remove(key);
        if (waiting.contains(key)) {
            threads.execute(() -> run(key));
        } else if (!next.isZero()) {
            add(key, next);
        }
    }

    /** Ends the threads; a visit that runs is interrupted. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
