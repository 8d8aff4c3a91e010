package io.ipam.benchmarks.contest;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;

/**
 * Times contestants that do the same work, in one run.
 *
 * <p>Each contestant is warmed up. Then its number of operations per sample is fixed so that a
 * sample lasts as long as the effort specifies. Samples are taken in rounds of one sample per
 * contestant. Each round starts with another contestant, so a temporary disturbance of the machine
 * affects all of them.
 *
 * <p>Time is the processor time of the calling thread. Other programs affect it only through shared
 * caches. Garbage collection runs on other threads and is not counted, which favours contestants
 * that produce more garbage.
 *
 * <p>Thread safety: none; the contest runs on the calling thread.
 */
public final class Contest {
    private static final int MOST_OPERATIONS = 1 << 28;

    private final Effort effort;
    private long consumed;

    /**
     * Creates a contest.
     *
     * @param effort the duration
     */
    public Contest(Effort effort) {
        this.effort = effort;
    }

    /**
     * Times all contestants.
     *
     * @param contestants the contestants
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
     * Runs every work until it is warm.
     *
     * @param works the works
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

    /** {@return the sum of all results, so that they are used} */
    public long consumed() {
        return consumed;
    }

    /**
     * Counts the bytes that the calling thread allocates.
     *
     * @param work the work
     * @param operations the number of operations
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
