package io.ipam.allocation;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.owner.Owner;

/**
 * What became of a release. All are ordinary outcomes: releasing twice, or late, harms nobody.
 * Thread safety: immutable.
 */
public sealed interface ReleaseResult {
    /**
     * The address was held by the owner and is not any more.
     *
     * @param pool the pool that it is from
     * @param address the address
     * @param interfaceName the interface that it was for; empty when unknown
     * @param generation the token of the grant that ended
     */
    record Released(String pool, Address address, String interfaceName, long generation) implements ReleaseResult {
        /** Checks that nothing is missing. */
        public Released {
            requireNonNull(pool, "pool");
            requireNonNull(address, "address");
            requireNonNull(interfaceName, "interfaceName");
        }
    }

    /** Nobody holds it: it was never granted, or was released before. */
    record NotAllocated() implements ReleaseResult {}

    /**
     * It is held by another owner, by another incarnation of the owner, or under another
     * generation. Nothing was changed.
     *
     * @param address the address
     * @param holder who holds it
     * @param generation the token under which the holder has it
     */
    record HeldByAnother(Address address, Owner holder, long generation) implements ReleaseResult {
        /** Checks that nothing is missing. */
        public HeldByAnother {
            requireNonNull(address, "address");
            requireNonNull(holder, "holder");
        }
    }

    /** {@return whether an address is given back by this release} */
    default boolean isReleased() {
        return this instanceof Released;
    }
}
