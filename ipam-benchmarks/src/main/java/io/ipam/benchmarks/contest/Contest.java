package io.ipam.benchmarks.contest;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;

/**
 * Times contestants that do the same work, in one run.
 *
 * <p>Each is warmed up, then its number of operations per sample is fixed so that a sample lasts as
 * long as the effort says, then samples are taken in turn, one of each contestant per round, every
 * round beginning with the next one: what disturbs the machine for a while disturbs all. Time is
 * the processor time of the calling thread: other programs on the machine count only through shared
 * caches, and collecting garbage, which other threads do, does not count at all. That favours those
 * who make more of it.
 *
 * <p>Thread safety: none; the contest runs on the calling thread.
 */
public final class Contest {
    private static final int MOST_OPERATIONS = 1 << 28;

    private final Effort effort;
    private long consumed;

    /**
     * Makes a contest.
     *
     * @param effort how long
     */
    public Contest(Effort effort) {
        this.effort = effort;
    }

    /**
     * Lets all of them work.
     *
     * @param contestants who
     * @return nanoseconds per operation
     */
    public Figures run(List<Contestant> contestants) {
        long started = System.nanoTime();
        int[] operations =
                contestants.stream().mapToInt(each -> prepare(each.work())).toArray();
        int size = contestants.size();
        double[][] times = new double[size][effort.rounds()];
        int rounds = 0;
        while (rounds < effort.rounds() && (rounds < 3 || System.nanoTime() - started < effort.limitNanos())) {
            for (int i = 0; i < size; i++) {
                int turn = (rounds + i) % size;
                times[turn][rounds] = (double) time(contestants.get(turn).work(), operations[turn]) / operations[turn];
            }
            rounds++;
        }
        Figures figures = new Figures();
        for (int i = 0; i < size; i++) {
            figures.put(contestants.get(i).name(), new Samples(Arrays.copyOf(times[i], rounds)));
        }
        return figures;
    }

    /**
     * Lets all of them work until they are warm.
     *
     * @param works who
     */
    void warmUp(List<Work> works) {
        works.forEach(this::prepare);
    }

    /** Warms up and returns how many operations fill a sample. */
    private int prepare(Work work) {
        int operations = 1;
        long spent = 0;
        long last = time(work, operations);
        while (last < effort.sampleNanos() && operations < MOST_OPERATIONS) {
            spent += last;
            operations *= 2;
            last = time(work, operations);
        }
        while (spent < effort.warmUpNanos()) {
            last = time(work, operations);
            spent += last;
        }
        double scale = (double) effort.sampleNanos() / Math.max(1, last);
        return (int) Math.min(MOST_OPERATIONS, Math.max(1, Math.round(operations * scale)));
    }

    private long time(Work work, int operations) {
        long started = CpuClock.now();
        consumed += work.run(operations);
        return CpuClock.now() - started;
    }

    /** {@return the sum of all answers, so that they are used} */
    public long consumed() {
        return consumed;
    }

    /**
     * Counts the bytes that the calling thread allocates.
     *
     * @param work what
     * @param operations how many
     * @return bytes per operation
     */
    public double bytesPerOperation(Work work, int operations) {
        consumed += work.run(operations);
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(self);
        long between = threads.getThreadAllocatedBytes(self);
        consumed += work.run(operations);
        long after = threads.getThreadAllocatedBytes(self);
        return (double) (after - between - (between - before)) / operations;
    }
}
