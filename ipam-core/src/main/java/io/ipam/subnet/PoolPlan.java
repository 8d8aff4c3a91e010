package io.ipam.subnet;

import static java.util.Objects.requireNonNull;

import io.ipam.pool.Pool;

/**
 * A pool that must be added to the catalog before it can serve.
 *
 * <p>Thread safety: immutable.
 *
 * @param subnet the name of the subnet from which it is carved
 * @param pool the pool to create
 */
public record PoolPlan(String subnet, Pool pool) {
    /** Checks for null. */
    public PoolPlan {
        requireNonNull(subnet, "subnet");
        requireNonNull(pool, "pool");
    }
}
