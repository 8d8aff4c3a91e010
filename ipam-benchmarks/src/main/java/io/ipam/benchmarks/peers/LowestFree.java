package io.ipam.benchmarks.peers;

import java.util.BitSet;

/**
 * Positions 0 to size - 1, each free or held; the lowest free one is allocated.
 *
 * <p>Thread safety: none.
 */
public interface LowestFree {
    /** {@return the printed name} */
    String name();

    /**
     * Loads a state; not timed.
     *
     * @param size the number of positions
     * @param held the held positions
     */
    void load(int size, BitSet held);

    /**
     * Takes the lowest free position and returns the one taken before: the two lowest ones in turn.
     * Taking and returning the same position would change nothing; for the simplest peers the
     * compiler detects this and removes the work.
     *
     * @param operations the number of repetitions
     * @return the sum of the positions taken
     */
    long takeAndReturn(int operations);

    /**
     * Returns a held position and takes the lowest free one.
     *
     * @param victims the positions to return, in turn; their number is a power of two
     * @param operations the number of repetitions
     * @return the sum of the positions taken
     */
    long churn(int[] victims, int operations);

    /**
     * Takes positions until none is free, starting with a new state in which all are free.
     *
     * @param size the number of positions
     * @return the number of positions taken
     */
    long fill(int size);

    /** {@return the object that holds the state, for memory measurements} */
    Object state();
}
