package io.ipam.benchmarks.contest;

import java.util.List;

/** One of the goals of docs/performance.md: the contests that decide it, and its rows. */
public interface Goal {
    /** {@return its number} */
    int number();

    /** {@return what it promises, in a few words} */
    String title();

    /**
     * Runs its contests.
     *
     * @param effort how long
     * @return its rows
     * @throws IllegalStateException when a contestant answers wrongly
     */
    List<Row> run(Effort effort);
}
