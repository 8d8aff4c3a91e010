package io.ipam.resolution;

import io.ipam.pool.Pool;
import org.jspecify.annotations.Nullable;

/**
 * The checks of a named pool that do not depend on the interface.
 *
 * @param pool the pool, if it passes every check that precedes the check of the network; otherwise
 *     null
 * @param rejection the first rejection of the other checks; null if the pool passes them
 */
record PoolVerdict(@Nullable Pool pool, @Nullable Rejection rejection) {
    /** The name of the pool. */
    String name() {
        if (pool != null) {
            return pool.name();
        }
        if (rejection == null) {
            throw new IllegalStateException("a verdict has neither a pool nor a rejection");
        }
        return rejection.pool();
    }
}
