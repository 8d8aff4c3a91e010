package io.ipam.benchmarks.contest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Times several threads at once by the wall clock, the only clock that includes the time in which
 * they wait for each other. It also includes the time in which other programs use a processor.
 * Therefore a sample starts when all threads run, samples are short, and there are many.
 *
 * <p>Lineups take turns in blocks of a few samples, so a temporary disturbance of the machine
 * affects all of them.
 *
 * <p>Thread safety: none; each block starts and ends its own threads.
 */
public final class Threads {
    private static final int BLOCK = 4;

    /** The factor of its rounds over those of a contest. */
    private static final int ROUNDS = 2;

    /** The time limit of all lineups together, as a multiple of the limit of a contest. */
    private static final int LIMITS = 3;

    private final Effort effort;

    /**
     * Creates a timer.
     *
     * @param effort the duration
     */
    public Threads(Effort effort) {
        this.effort = effort;
    }

    /**
     * Times all lineups.
     *
     * @param lineups the lineups
     * @return nanoseconds in which every thread of a lineup did one operation, from the first start
     *     to the last end
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
