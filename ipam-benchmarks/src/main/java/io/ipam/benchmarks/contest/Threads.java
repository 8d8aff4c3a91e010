package io.ipam.benchmarks.contest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;

/**
 * Times several threads at once by the clock on the wall, which is the only one that sees them wait for each other. On a machine
 * that has other work it shows that too; the best of many short samples is the one with the least of it.
 *
 * <p>Thread safety: none; each call makes its own threads and ends them.
 */
public final class Threads {
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
     * @return nanoseconds of the wall clock in which every thread did one operation
     */
    public Samples together(List<Work> works, int operations) {
        int rounds = 3 * effort.rounds();
        double[] nanos = new double[rounds];
        CyclicBarrier barrier = new CyclicBarrier(works.size() + 1);
        List<Thread> threads = new ArrayList<>();
        for (Work work : works) {
            Thread thread = new Thread(() -> {
                for (int round = 0; round < rounds; round++) {
                    await(barrier);
                    work.run(operations);
                    await(barrier);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (int round = 0; round < rounds; round++) {
            await(barrier);
            long started = System.nanoTime();
            await(barrier);
            nanos[round] = (double) (System.nanoTime() - started) / operations;
        }
        threads.forEach(Threads::join);
        return new Samples(nanos);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | java.util.concurrent.BrokenBarrierException e) {
            throw new IllegalStateException(e);
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
