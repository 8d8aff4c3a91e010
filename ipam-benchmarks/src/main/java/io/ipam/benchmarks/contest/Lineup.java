package io.ipam.benchmarks.contest;

import java.util.List;

/**
 * Threads that work at the same time.
 *
 * @param name the printed name
 * @param works the work of each thread
 * @param operations the operations per thread in a sample. They should last some hundred
 *     microseconds: much more than the start costs, and less than a time slice of the scheduler
 */
public record Lineup(String name, List<Work> works, int operations) {
    /** {@return a lineup of the first thread only} */
    public Lineup alone() {
        return new Lineup(name + ", alone", works.subList(0, 1), operations);
    }
}
