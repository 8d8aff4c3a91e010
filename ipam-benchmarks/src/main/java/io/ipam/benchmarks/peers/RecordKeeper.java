package io.ipam.benchmarks.peers;

import io.ipam.owner.Owner;

/**
 * A pool in which each address but a few at the end is held by a separate owner. Each record has
 * owner, interface, and generation, and can be found by address and by owner. One operation
 * releases all addresses of an owner and allocates for it again. The owner gets the same address,
 * which is then the lowest free one.
 *
 * <p>Thread safety: none, because only structures are compared; goal 9 measures locks.
 */
public interface RecordKeeper {
    /** {@return the printed name} */
    String name();

    /**
     * Allocates an address to each owner, in order.
     *
     * @param owners the owners
     */
    void load(Owner[] owners);

    /**
     * Releases all addresses of an owner, and allocates for it again.
     *
     * @param owner the owner
     * @return the lower half of the allocated address
     */
    long turn(Owner owner);

    /** {@return the object that holds the state, for memory measurements} */
    Object state();
}
