package io.ipam.resolution;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Family;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A pool that could serve a demand after a change.
 *
 * <p>Thread safety: immutable.
 *
 * @param interfaceName the interface of the demand
 * @param family the family of the demand
 * @param pool the pool
 * @param named whether the deciding source names it
 * @param obstacles everything that keeps it from serving; empty for a pool that only has to be named
 */
public record WayOut(String interfaceName, Family family, String pool, boolean named, List<Rejection> obstacles) {
    /**
     * Copies the obstacles.
     *
     * @param interfaceName the interface of the demand
     * @param family the family of the demand
     * @param pool the pool
     * @param named whether the deciding source names it
     * @param obstacles everything that keeps it from serving; empty for a pool that only has to be named
     */
    public WayOut {
        requireNonNull(interfaceName, "interfaceName");
        requireNonNull(family, "family");
        requireNonNull(pool, "pool");
        obstacles = List.copyOf(obstacles);
    }

    /** {@return what to do, as a command: {@code pool blue-v4: enable it}} */
    public String text() {
        String changes = obstacles.stream().map(Rejection::remedy).collect(Collectors.joining("; and "));
        if (named) {
            return "pool " + pool + ": " + changes;
        }
        return "name pool " + pool + ", which would serve" + (changes.isEmpty() ? " as it is" : ": " + changes);
    }
}
