package io.ipam.benchmarks.peers;

/**
 * A set of live addresses that changes all the time, by the steps of a {@link Ring}: each releases
 * one that is live and takes one that is not.
 *
 * <p>Thread safety: none.
 */
public interface LiveSet {
    /** {@return as printed} */
    String name();

    /**
     * Steps.
     *
     * @param operations how often
     * @return how many releases and takings changed something: all of them, twice the operations
     */
    long step(int operations);

    /** {@return what holds the state, for a measure of its memory} */
    Object state();
}
