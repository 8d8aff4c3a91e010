package io.ipam;

import io.ipam.allocation.Holding;
import io.ipam.allocation.Owner;
import io.ipam.allocation.PoolUsage;
import io.ipam.allocation.UsageView;
import io.ipam.allocation.state.MemoryState;
import io.ipam.pool.HeldAddresses;
import java.util.List;
import java.util.Optional;

/** The state as a resolver sees it. Thread safety: safe; each answer is of its own moment. */
final class StateView implements UsageView {
    /** No time passes for a look: what is said of cooling addresses is what the last request saw. */
    private static final long NO_TIME = Long.MIN_VALUE;

    private final MemoryState state;

    StateView(MemoryState state) {
        this.state = state;
    }

    @Override
    public List<Holding> heldBy(Owner owner) {
        return state.heldBy(owner);
    }

    @Override
    public Optional<PoolUsage> usage(String pool) {
        return state.usage(pool, NO_TIME);
    }

    @Override
    public HeldAddresses inUse() {
        return state.heldAddresses();
    }

    @Override
    public boolean isFull(String pool) {
        return state.isExhausted(pool);
    }
}
