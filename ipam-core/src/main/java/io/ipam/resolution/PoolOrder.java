package io.ipam.resolution;

import io.ipam.pool.Pool;

/**
 * An order of the caller. Candidates are ordered by rank, lowest first; equal ranks keep the
 * library's own order. It should depend only on its arguments, so that resolutions are repeatable.
 * It is called once per candidate, by the resolving thread and without any lock held; several
 * threads may resolve concurrently. An exception is caught and reported as a {@link
 * Rejection.CustomOrder} of the pool.
 */
@FunctionalInterface
public interface PoolOrder {
    /**
     * {@return the rank of a pool that may serve the demand}
     *
     * @param pool the pool
     * @param demand the demand
     */
    long rank(Pool pool, DemandContext demand);
}
