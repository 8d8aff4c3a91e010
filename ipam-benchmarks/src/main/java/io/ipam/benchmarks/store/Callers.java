package io.ipam.benchmarks.store;

import io.ipam.Ipam;
import io.ipam.allocation.ReleaseResult;
import io.ipam.owner.Owner;
import io.ipam.resolution.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Threads that each allocate an address and release it, without a pause. An operation is one grant
 * or one release. Latencies are recorded between {@link #record} and {@link #stop}.
 *
 * <p>Thread safety: none; it makes its own threads and ends them.
 */
final class Callers {
    private final List<Thread> threads = new ArrayList<>();
    private final List<Latencies> latencies = new ArrayList<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean isRecording;
    private volatile boolean isStopping;

    /**
     * Starts the threads.
     *
     * @param process the name of the process, a part of the names of its owners
     * @param ipam the process
     * @param count the number of callers
     * @param kind the kind of their threads
     */
    Callers(String process, Ipam ipam, int count, CallerThreads kind) {
        for (int i = 0; i < count; i++) {
            Latencies own = new Latencies();
            Owner owner = Owner.stateless("callers", process + "-" + i, "uid-" + process + "-" + i);
            Workload workload = Workload.builder(owner).build();
            latencies.add(own);
            threads.add(kind.start(() -> run(ipam, workload, own)));
        }
    }

    private void run(Ipam ipam, Workload workload, Latencies own) {
        try {
            while (!isStopping) {
                long started = System.nanoTime();
                ipam.allocate(workload, HotPool.SELECTIONS).orElseThrow();
                long granted = System.nanoTime();
                record(own, granted - started);
                verifyReleased(ipam.release(workload.owner()));
                record(own, System.nanoTime() - granted);
            }
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    private void record(Latencies own, long nanos) {
        if (isRecording) {
            own.add(nanos);
        }
    }

    private static void verifyReleased(List<ReleaseResult> results) {
        if (results.size() != 1 || !(results.get(0) instanceof ReleaseResult.Released)) {
            throw new IllegalStateException("released " + results);
        }
    }

    /** Begins to record. */
    void record() {
        isRecording = true;
    }

    /** Ends to record, and asks the threads to end. */
    void stop() {
        isRecording = false;
        isStopping = true;
    }

    /** Waits for the threads; returns the sorted latencies in nanoseconds. */
    long[] join() {
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        Throwable failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("a caller failed", failed);
        }
        return Latencies.sorted(latencies);
    }

    /** The latencies of one thread. */
    static final class Latencies {
        private long[] nanos = new long[64];
        private int count;

        void add(long each) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count++] = each;
        }

        static long[] sorted(List<Latencies> all) {
            return all.stream()
                    .flatMapToLong(each -> Arrays.stream(each.nanos, 0, each.count))
                    .sorted()
                    .toArray();
        }

        /** A percentile of sorted latencies. */
        static double percentile(long[] sorted, double share) {
            return sorted.length == 0
                    ? Double.NaN
                    : sorted[(int) Math.min(sorted.length - 1L, (long) (share * sorted.length))];
        }
    }
}
