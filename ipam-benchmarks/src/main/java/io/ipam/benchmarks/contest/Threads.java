package io.ipam.benchmarks.contest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Times several threads at once by the clock on the wall, which is the only one that sees them wait
 * for each other. It also sees other programs that take a processor away: a sample begins when all
 * are seen to run, it is short, and there are many.
 *
 * <p>Line-ups take turns in blocks of a few samples, so that what disturbs the machine for a while
 * disturbs all.
 *
 * <p>Thread safety: none; each block makes its own threads and ends them.
 */
public final class Threads {
    private static final int BLOCK = 4;

    /** How many times as many rounds as those of a contest. */
    private static final int ROUNDS = 2;

    /** How many times the limit of a contest all line-ups may take together. */
    private static final int LIMITS = 3;

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
     * @return nanoseconds in which every thread of a line-up did one operation: from when the first
     *     began to when the last was done
     */
    public Figures run(List<Lineup> lineups) {
        for (Lineup lineup : lineups) {
            if (lineup.works().size() > 1) {
                new Contest(effort).warmUp(lineup.works());
            }
            together(lineup);
        }
        long started = System.nanoTime();
        double[][] nanos = new double[lineups.size()][ROUNDS * effort.rounds() * BLOCK];
        int rounds = 0;
        while (rounds < ROUNDS * effort.rounds()
                && (rounds < 2 || System.nanoTime() - started < LIMITS * effort.limitNanos())) {
            for (int i = 0; i < lineups.size(); i++) {
                System.arraycopy(together(lineups.get(i)), 0, nanos[i], rounds * BLOCK, BLOCK);
            }
            rounds++;
        }
        Figures figures = new Figures();
        for (int i = 0; i < nanos.length; i++) {
            figures.put(lineups.get(i).name(), new Samples(Arrays.copyOf(nanos[i], rounds * BLOCK)));
        }
        return figures;
    }

    private static double[] together(Lineup lineup) {
        int size = lineup.works().size();
        StartLine line = new StartLine(size);
        long[][] starts = new long[size][BLOCK];
        long[][] ends = new long[size][BLOCK];
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int side = i;
            Thread thread = new Thread(() -> {
                for (int sample = 0; sample < BLOCK; sample++) {
                    line.await(side, sample);
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

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
