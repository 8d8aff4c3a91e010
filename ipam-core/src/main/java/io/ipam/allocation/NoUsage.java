package io.ipam.allocation;

import java.util.List;
import java.util.Optional;

/** The view of a system without allocations. */
enum NoUsage implements UsageView {
    /** The only one. */
    NONE;

    @Override
    public List<Holding> heldBy(Owner owner) {
        return List.of();
    }

    @Override
    public Optional<PoolUsage> usage(String pool) {
        return Optional.empty();
    }

    @Override
    public boolean isFull(String pool) {
        return false;
    }
}
