package io.ipam.resolution;

import io.ipam.pool.Pool;

/**
 * An order of the caller. Candidates are ordered by rank, lowest first; equal ranks keep the
 * library's own order. To keep resolutions repeatable it should depend on its arguments only. It is
 * called without any lock held, once per candidate. What it throws is caught and reported as a
 * {@link Rejection.CustomOrder} of that pool.
 */
@FunctionalInterface
public interface PoolOrder {
    /**
     * {@return the rank of a pool that may serve the demand}
     *
     * @param pool the pool
     * @param demand what it is for
     */
    long rank(Pool pool, DemandContext demand);
}
