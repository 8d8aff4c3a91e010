package io.ipam.benchmarks.peers;

import io.ipam.owner.Owner;

/**
 * A pool whose every address is held by an owner of its own but a few at the end, with owner,
 * interface and generation, to be found by address and by owner. One operation releases all that an
 * owner holds and allocates for it again; it gets the same address, then the lowest free one.
 *
 * <p>Thread safety: none, for structures by themselves are compared; goal 9 measures locks.
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
     * Releases all that an owner holds, and allocates for it again.
     *
     * @param owner who
     * @return the lower half of the address allocated
     */
    long turn(Owner owner);

    /** {@return what holds the state, for a measure of its memory} */
    Object state();
}
