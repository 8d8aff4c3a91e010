package io.ipam.benchmarks.contest;

import java.util.List;

/** One of the goals of docs/performance.md: its contests and its rows. */
public interface Goal {
    /** {@return its number} */
    int number();

    /** {@return a short description of its promise} */
    String title();

    /**
     * Runs its contests.
     *
     * @param effort the duration
     * @return its rows
     * @throws IllegalStateException if a contestant returns a wrong result
     */
    List<Row> run(Effort effort);
}
