package io.ipam.benchmarks.peers;

import io.ipam.allocation.Owner;

/**
 * A pool whose every address is held by an owner of its own but a few at the end, with owner, interface and generation, to be found
 * by address and by owner. One operation releases all that an owner holds and allocates for it again; it gets the same address,
 * then the lowest free one.
 *
 * <p>Thread safety: each works under a lock, as a library has to.
 */
public interface RecordKeeper {
    /** {@return as printed} */
    String name();

    /**
     * Allocates an address to each owner, in order.
     *
     * @param owners who
     */
    void load(Owner[] owners);

    /**
     * Releases and allocates.
     *
     * @param victims which owners, in turn; their number is a power of two
     * @param operations how often
     * @return the sum of the lower halves of the addresses allocated
     */
    long churn(int[] victims, int operations);

    /** {@return what holds the state, for a measure of its memory} */
    Object state();
}
