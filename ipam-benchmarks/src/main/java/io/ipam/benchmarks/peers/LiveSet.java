package io.ipam.benchmarks.peers;

/**
 * A set of live addresses that changes all the time: of a ring of addresses, a window is live; each step releases the oldest and
 * takes the next one, which is new.
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
