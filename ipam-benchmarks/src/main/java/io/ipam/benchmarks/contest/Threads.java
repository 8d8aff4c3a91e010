package io.ipam.benchmarks.contest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Times several threads at once by the clock on the wall, which is the only one that sees them wait for each other. On a machine
 * that has other work it shows that too; the best of many short samples is the one with the least of it: a sample should be
 * shorter than a time slice of the system's scheduler.
 *
 * <p>Thread safety: none; each call makes its own threads and ends them.
 */
public final class Threads {
    private static final int ROUNDS = 20;

    private final Effort effort;

    /**
     * Makes a clock.
     *
     * @param effort how long
     */
    public Threads(Effort effort) {
        this.effort = effort;
    }

    /**
     * Lets contestants work, each on a thread of its own, all at the same time.
     *
     * @param works what each thread does
     * @param operations how many operations each thread does in a sample
     * @return nanoseconds in which every thread did one operation: from when the first began to when the last was done
     */
    public Samples together(List<Work> works, int operations) {
        int rounds = ROUNDS * effort.rounds();
        AtomicInteger arrived = new AtomicInteger();
        long[][] starts = new long[works.size()][rounds];
        long[][] ends = new long[works.size()][rounds];
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < works.size(); i++) {
            int side = i;
            Thread thread = new Thread(() -> {
                for (int round = 0; round < rounds; round++) {
                    await(arrived, (round + 1) * works.size());
                    starts[side][round] = System.nanoTime();
                    works.get(side).run(operations);
                    ends[side][round] = System.nanoTime();
                }
            });
            thread.start();
            threads.add(thread);
        }
        threads.forEach(Threads::join);
        double[] nanos = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            nanos[round] = (double) (latest(ends, round) - earliest(starts, round)) / operations;
        }
        return new Samples(nanos);
    }

    private static long earliest(long[][] times, int round) {
        return Arrays.stream(times).mapToLong(each -> each[round]).min().orElseThrow();
    }

    private static long latest(long[][] times, int round) {
        return Arrays.stream(times).mapToLong(each -> each[round]).max().orElseThrow();
    }

    /** Spins until so many have arrived, so that all go on at once and all are on a processor. */
    private static void await(AtomicInteger arrived, int target) {
        arrived.incrementAndGet();
        while (arrived.get() < target) {
            Thread.onSpinWait();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
