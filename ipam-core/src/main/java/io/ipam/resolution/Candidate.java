package io.ipam.resolution;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.pool.Pool;
import io.ipam.pool.Route;
import java.util.List;
import java.util.Optional;

/**
 * A pool that may serve a demand, and what it would bring.
 *
 * <p>Thread safety: immutable.
 *
 * @param pool the pool
 * @param defaultRoute whether it brings a default route: it has a gateway, and gateway cleaning is off on the interface
 */
public record Candidate(Pool pool, boolean defaultRoute) {
    /**
     * Checks for null.
     *
     * @param pool the pool
     * @param defaultRoute whether it brings a default route: it has a gateway, and gateway cleaning is off on the interface
     */
    public Candidate {
        requireNonNull(pool, "pool");
    }

    /** {@return the routes of the pool, without the default route} */
    public List<Route> routes() {
        return pool.routes();
    }

    /** {@return the gateway of the default route that the pool would bring} */
    public Optional<Address> defaultGateway() {
        return defaultRoute ? pool.gateway() : Optional.empty();
    }

    /** {@return the name of the pool} */
    @Override
    public String toString() {
        return pool.name();
    }
}
