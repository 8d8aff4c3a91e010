package io.ipam.benchmarks.contest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Times several threads at once by the clock on the wall, which is the only one that sees them wait for each other. It also sees
 * every other program that takes one of the processors away, and then even the median tells of nothing else: samples are short and
 * many, and {@link Samples#low} counts, for all alike.
 *
 * <p>Line-ups take turns in blocks of a few samples, so that what disturbs the machine for a while disturbs all.
 *
 * <p>Thread safety: none; each block makes its own threads and ends them.
 */
public final class Threads {
    private static final int BLOCK = 8;

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
     * Lets all of them work.
     *
     * @param lineups who
     * @return nanoseconds in which every thread of a line-up did one operation: from when the first began to when the last was done
     */
    public Figures run(List<Lineup> lineups) {
        for (Lineup lineup : lineups) {
            new Contest(effort).warmUp(lineup.works());
            together(lineup);
        }
        double[][] nanos = new double[lineups.size()][effort.rounds() * BLOCK];
        for (int round = 0; round < effort.rounds(); round++) {
            for (int i = 0; i < nanos.length; i++) {
                System.arraycopy(together(lineups.get(i)), 0, nanos[i], round * BLOCK, BLOCK);
            }
        }
        Figures figures = new Figures();
        for (int i = 0; i < nanos.length; i++) {
            figures.put(lineups.get(i).name(), new Samples(nanos[i]));
        }
        return figures;
    }

    private static double[] together(Lineup lineup) {
        int size = lineup.works().size();
        AtomicInteger arrived = new AtomicInteger();
        long[][] starts = new long[size][BLOCK];
        long[][] ends = new long[size][BLOCK];
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int side = i;
            Thread thread = new Thread(() -> {
                for (int sample = 0; sample < BLOCK; sample++) {
                    await(arrived, (sample + 1) * size);
                    starts[side][sample] = System.nanoTime();
                    lineup.works().get(side).run(lineup.operations());
                    ends[side][sample] = System.nanoTime();
                }
            });
            thread.start();
            threads.add(thread);
        }
        threads.forEach(Threads::join);
        double[] nanos = new double[BLOCK];
        for (int sample = 0; sample < BLOCK; sample++) {
            nanos[sample] = (double) (latest(ends, sample) - earliest(starts, sample)) / lineup.operations();
        }
        return nanos;
    }

    private static long earliest(long[][] times, int sample) {
        return Arrays.stream(times).mapToLong(each -> each[sample]).min().orElseThrow();
    }

    private static long latest(long[][] times, int sample) {
        return Arrays.stream(times).mapToLong(each -> each[sample]).max().orElseThrow();
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
