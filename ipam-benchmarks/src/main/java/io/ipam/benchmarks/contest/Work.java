package io.ipam.benchmarks.contest;

/**
 * The work of one contestant. Each contestant has its own loop over the operations. In a shared
 * loop the compiler would make the calls virtual, which would slow down the fastest contestant
 * most.
 */
@FunctionalInterface
public interface Work {
    /**
     * Runs the operations.
     *
     * @param operations the number of operations
     * @return a value that depends on every result, so that no operation can be optimised away
     */
    long run(int operations);
}
