package io.ipam.benchmarks.peers;

/**
 * A set of live addresses that changes all the time: of twice as many addresses half are live; each step releases a random one of
 * these and takes one of the others.
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
