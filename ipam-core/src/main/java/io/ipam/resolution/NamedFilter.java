package io.ipam.resolution;

import io.ipam.pool.Pool;
import java.util.Optional;

/** A filter with a name. */
record NamedFilter(String name, PoolFilter filter) implements PoolFilter {
    @Override
    public Optional<String> refuse(Pool pool, DemandContext demand) {
        return filter.refuse(pool, demand);
    }
}
