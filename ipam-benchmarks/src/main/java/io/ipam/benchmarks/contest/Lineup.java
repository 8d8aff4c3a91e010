package io.ipam.benchmarks.contest;

import java.util.List;

/**
 * Threads that work at the same time.
 *
 * @param name as printed
 * @param works what each thread does
 * @param operations how many operations each thread does in a sample: some hundred microseconds of
 *     work, which is much more than starting together costs and less than a time slice of the
 *     system's scheduler
 */
public record Lineup(String name, List<Work> works, int operations) {
    /** {@return the first thread by itself} */
    public Lineup alone() {
        return new Lineup(name + ", alone", works.subList(0, 1), operations);
    }
}
