package io.ipam.examples.operator.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
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
public final class WorkQueue<K> implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(WorkQueue.class.getName());
    private static final long FIRST_PAUSE = 50;
    private static final long LONGEST_PAUSE = 30_000;

    private final Function<K, Duration> visit;
    private final ScheduledThreadPoolExecutor threads;
    /** Guarded by this. */
    private final Set<K> waiting = new HashSet<>();
    /** Guarded by this. */
    private final Set<K> running = new HashSet<>();
    /** The next timed visit of a key. Guarded by this. */
    private final Map<K, ScheduledFuture<?>> timers = new HashMap<>();
    /** The last pause of each key that failed. Guarded by this. */
    private final Map<K, Long> pauses = new HashMap<>();

    /**
     * Starts the threads.
     *
     * @param threads the number of threads
     * @param visit visits a key, and returns the time until the next visit; zero if none is needed
     */
    public WorkQueue(int threads, Function<K, Duration> visit) {
        this.visit = visit;
        this.threads = new ScheduledThreadPoolExecutor(threads, work -> new Thread(work, "operator"));
        this.threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.threads.setRemoveOnCancelPolicy(true);
    }

    /** Visits a key soon; once if it is added several times before. */
    public synchronized void add(K key) {
        if (waiting.add(key) && !running.contains(key)) {
            start(key);
        }
    }

    private synchronized void start(K key) {
        if (!threads.isShutdown()) {
            threads.execute(() -> run(key));
        }
    }

    /** Visits a key after a time; once, at the earliest, if it is added several times before. */
    public synchronized void add(K key, Duration delay) {
        ScheduledFuture<?> timer = timers.get(key);
        if (threads.isShutdown() || (timer != null && timer.getDelay(TimeUnit.MILLISECONDS) <= delay.toMillis())) {
            return;
        }
        if (timer != null) {
            timer.cancel(false);
        }
        timers.put(key, threads.schedule(() -> fire(key), delay.toMillis(), TimeUnit.MILLISECONDS));
    }

    private synchronized void fire(K key) {
        timers.remove(key);
        add(key);
    }

    /** {@return the number of keys and timers that wait for a thread, for tests} */
    int size() {
        return threads.getQueue().size();
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
            start(key);
        } else if (!next.isZero()) {
            add(key, next);
        }
    }

    /** Ends the threads; a visit that runs is interrupted. */
    @Override
    public synchronized void close() {
        threads.shutdownNow();
    }
}
