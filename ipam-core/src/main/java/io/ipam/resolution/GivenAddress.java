package io.ipam.resolution;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;

/**
 * An address that the caller asks for.
 *
 * <p>Thread safety: immutable.
 *
 * @param interfaceName the interface that is to get it
 * @param address the address
 */
public record GivenAddress(String interfaceName, Address address) {
    /**
     * Checks for null.
     *
     * @param interfaceName the interface that is to get it
     * @param address the address
     */
    public GivenAddress {
        requireNonNull(interfaceName, "interfaceName");
        requireNonNull(address, "address");
    }
}
