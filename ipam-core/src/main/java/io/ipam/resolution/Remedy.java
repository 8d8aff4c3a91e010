package io.ipam.resolution;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.address.Family;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A change after which a pool can serve a demand.
 *
 * <p>Thread safety: immutable.
 *
 * @param interfaceName the interface of the demand
 * @param family the family of the demand
 * @param pool the pool
 * @param named whether the deciding source names it
 * @param obstacles the rejections to remove; empty for a pool that must only be named
 * @param given the address that the demand requires
 * @param exhausted whether the pool has no free address for the demand now, according to its counts
 */
public record Remedy(
        String interfaceName,
        Family family,
        String pool,
        boolean named,
        List<Rejection> obstacles,
        Optional<Address> given,
        boolean exhausted) {
    /** Copies the obstacles. A named pool has at least one. */
    public Remedy {
        requireNonNull(interfaceName, "interfaceName");
        requireNonNull(family, "family");
        requireNonNull(pool, "pool");
        obstacles = List.copyOf(requireNonNull(obstacles, "obstacles"));
        requireNonNull(given, "given");
        if (named && obstacles.isEmpty()) {
            throw new IllegalArgumentException(
                    "obstacles must not be empty if the source names the pool, was empty for pool " + pool);
        }
    }

    /** {@return the change as a command: {@code pool blue-v4: enable it}} */
    public String text() {
        String changes = obstacles.stream().map(Rejection::remedy).collect(Collectors.joining("; and "));
        String retry = exhausted ? "retry once " + given.map(Address::toString).orElse("an address") + " is free" : "";
        if (named) {
            return "pool " + pool + ": " + changes + (exhausted ? "; and " + retry : "");
        }
        return "name pool " + pool + (exhausted ? ", and " + retry : ", which can serve as it is");
    }
}
