package io.ipam.benchmarks.peers;

/**
 * A set of live addresses that changes with each step of a {@link Ring}: the step releases a live
 * address and allocates another one.
 *
 * <p>Thread safety: none.
 */
public interface LiveSet {
    /** {@return the printed name} */
    String name();

    /**
     * Runs steps.
     *
     * @param operations the number of steps
     * @return the number of releases and allocations that changed the set: all of them, twice the
     *     operations
     */
    long step(int operations);

    /** {@return the object that holds the state, for memory measurements} */
    Object state();
}
