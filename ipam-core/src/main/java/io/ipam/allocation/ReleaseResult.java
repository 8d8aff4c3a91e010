package io.ipam.allocation;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.owner.Owner;

/**
 * The outcome of a release. No outcome is an error: a repeated or late release affects no other
 * owner. Thread safety: immutable.
 */
public sealed interface ReleaseResult {
    /**
     * The owner held the address and no longer does.
     *
     * @param pool the pool of the address
     * @param address the address
     * @param interfaceName the interface that it was for; empty if unknown
     * @param generation the generation of the grant that ended
     */
    record Released(String pool, Address address, String interfaceName, long generation) implements ReleaseResult {
        /** Checks for null. */
        public Released {
            requireNonNull(pool, "pool");
            requireNonNull(address, "address");
            requireNonNull(interfaceName, "interfaceName");
        }
    }

    /** No owner holds the address: it was never granted, or was released before. */
    record NotAllocated() implements ReleaseResult {}

    /**
     * The address is held by another owner, by another incarnation of the owner, or under another
     * generation. Nothing has changed.
     *
     * @param address the address
     * @param holder the owner that holds it
     * @param generation the generation under which it is held
     */
    record HeldByAnother(Address address, Owner holder, long generation) implements ReleaseResult {
        /** Checks for null. */
        public HeldByAnother {
            requireNonNull(address, "address");
            requireNonNull(holder, "holder");
        }
    }

    /** {@return whether this call released an address} */
    default boolean isReleased() {
        return this instanceof Released;
    }
}
