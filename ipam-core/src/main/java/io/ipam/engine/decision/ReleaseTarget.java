package io.ipam.engine.decision;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;

/** The part of an owner's holdings that a release affects. Thread safety: immutable. */
public sealed interface ReleaseTarget {
    /** Everything that the owner holds. */
    record Everything() implements ReleaseTarget {}

    /**
     * The addresses of one interface.
     *
     * @param name the interface
     */
    record OfInterface(String name) implements ReleaseTarget {
        /** Checks for null. */
        public OfInterface {
            requireNonNull(name, "name");
        }
    }

    /**
     * One address.
     *
     * @param address the address
     */
    record OfAddress(Address address) implements ReleaseTarget {
        /** Checks for null. */
        public OfAddress {
            requireNonNull(address, "address");
        }
    }

    /**
     * One address under one generation: a late release cannot free a later grant.
     *
     * @param address the address
     * @param generation the generation of the grant
     */
    record OfGrant(Address address, long generation) implements ReleaseTarget {
        /** Checks for null. */
        public OfGrant {
            requireNonNull(address, "address");
        }
    }
}
