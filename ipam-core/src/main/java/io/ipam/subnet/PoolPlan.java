package io.ipam.subnet;

import static java.util.Objects.requireNonNull;

import io.ipam.pool.Pool;

/**
 * A pool that is to be added to the catalog before it can serve.
 *
 * <p>Thread safety: immutable.
 *
 * @param subnet the name of the subnet that it is carved from
 * @param pool the pool as it is to be created
 */
public record PoolPlan(String subnet, Pool pool) {
    /** Checks for null. */
    public PoolPlan {
        requireNonNull(subnet, "subnet");
        requireNonNull(pool, "pool");
    }
}
