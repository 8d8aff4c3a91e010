package io.ipam.resolution;

import static java.util.Objects.requireNonNull;

import io.ipam.pool.Pool;
import java.util.Optional;

/**
 * A filter of the caller, called for every pool that passes the library's own checks. It should
 * depend only on its arguments, so that resolutions are repeatable. The resolving thread calls it,
 * without any lock held; several threads may resolve concurrently. An exception is caught and
 * reported as a {@link Rejection.CustomFilter} of the pool.
 */
@FunctionalInterface
public interface PoolFilter {
    /**
     * {@return the reason why the pool may not serve the demand; empty if it may}
     *
     * @param pool the pool
     * @param demand the demand
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
