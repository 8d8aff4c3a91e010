package io.ipam.pool;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.address.Prefix;

/**
 * A route: where to, and through which gateway; both have one family. Thread safety: immutable.
 *
 * @param destination the addresses it leads to
 * @param gateway the next hop
 */
public record Route(Prefix destination, Address gateway) {
    /** Checks that both have one family; throws IllegalArgumentException otherwise. */
    public Route {
        requireNonNull(destination, "destination");
        requireNonNull(gateway, "gateway");
        if (destination.family() != gateway.family()) {
            throw new IllegalArgumentException("two families: destination " + destination + ", gateway " + gateway);
        }
    }

    /** {@return whether the destination is every address of the family} */
    public boolean isDefault() {
        return destination.length() == 0;
    }

    /** {@code 10.1.0.0/16 via 10.0.0.1}. */
    @Override
    public String toString() {
        return destination + " via " + gateway;
    }
}
