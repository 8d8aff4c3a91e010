package io.ipam.benchmarks.peers;

import java.util.BitSet;

/**
 * Positions 0 to size - 1, each free or held; the lowest free one is handed out.
 *
 * <p>Thread safety: none.
 */
public interface LowestFree {
    /** {@return as printed} */
    String name();

    /**
     * Takes over a state; not timed.
     *
     * @param size number of positions
     * @param held which of them are held
     */
    void load(int size, BitSet held);

    /**
     * Takes the lowest free position and returns the one taken before: the two lowest ones in turn.
     * To take and return the same one would change nothing, and the compiler finds that out for the
     * simplest peers and leaves the work undone.
     *
     * @param operations how often
     * @return the sum of the positions taken
     */
    long takeAndReturn(int operations);

    /**
     * Returns a held position and takes the lowest free one.
     *
     * @param victims the positions returned, in turn; their number is a power of two
     * @param operations how often
     * @return the sum of the positions taken
     */
    long churn(int[] victims, int operations);

    /**
     * Takes positions until none is free, from a new state in which all are free.
     *
     * @param size number of positions
     * @return how many were taken
     */
    long fill(int size);

    /** {@return what holds the state, for a measure of its memory} */
    Object state();
}
