package io.ipam.pool;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.address.Prefix;

/**
 * A route. Its destination and gateway have the same family. Thread safety: immutable.
 *
 * @param destination the reachable addresses
 * @param gateway the next hop
 */
public record Route(Prefix destination, Address gateway) {
    /** Throws IllegalArgumentException if the families differ. */
    public Route {
        requireNonNull(destination, "destination");
        requireNonNull(gateway, "gateway");
        if (destination.family() != gateway.family()) {
            throw new IllegalArgumentException(
                    "destination and gateway must have one family, were " + destination + " and " + gateway);
        }
    }

    /** {@return whether the destination contains every address of the family} */
    public boolean isDefault() {
        return destination.length() == 0;
    }

    /** {@code 10.1.0.0/16 via 10.0.0.1}. */
    @Override
    public String toString() {
        return destination + " via " + gateway;
    }
}
