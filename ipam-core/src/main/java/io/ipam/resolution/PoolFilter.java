package io.ipam.resolution;

import static java.util.Objects.requireNonNull;

import io.ipam.pool.Pool;
import java.util.Optional;

/**
 * A filter of the caller, asked about every pool that passes the library's own checks. To keep
 * resolutions repeatable it should depend on its arguments only. It is called without any lock
 * held, by the thread that resolves, and several threads may resolve at once. What it throws is
 * caught and reported as a {@link Rejection.CustomFilter} of that pool.
 */
@FunctionalInterface
public interface PoolFilter {
    /**
     * {@return why the pool may not serve the demand; empty when it may}
     *
     * @param pool the pool
     * @param demand what it is for
     */
    Optional<String> refuse(Pool pool, DemandContext demand);

    /** {@return the name of the filter in rejections} */
    default String name() {
        return "custom";
    }

    /**
     * {@return the filter under a name}
     *
     * @param name the name
     * @param filter the filter
     */
    static PoolFilter named(String name, PoolFilter filter) {
        requireNonNull(name, "name");
        requireNonNull(filter, "filter");
        record Named(String name, PoolFilter filter) implements PoolFilter {
            @Override
            public Optional<String> refuse(Pool pool, DemandContext demand) {
                return filter.refuse(pool, demand);
            }
        }
        return new Named(name, filter);
    }
}
