package io.ipam;

import io.ipam.allocation.Holding;
import io.ipam.allocation.PoolUsage;
import io.ipam.engine.Engine;
import io.ipam.owner.Owner;
import io.ipam.pool.HeldAddresses;
import io.ipam.resolution.UsageView;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state as a resolver reads it. Reads do not end cool-downs that have expired. Thread safety:
 * safe; each result is a snapshot of its own moment.
 */
final class EngineView implements UsageView {
    private final Engine engine;
    private volatile @Nullable List<Holding> lastHeld;

    EngineView(Engine engine) {
        this.engine = engine;
    }

    @Override
    public List<Holding> heldBy(Owner owner) {
        List<Holding> held = engine.held().holdings(owner);
        lastHeld = held;
        return held;
    }

    /** The last result of {@link #heldBy}, null if it was not called. */
    @Nullable
    List<Holding> lastHeld() {
        return lastHeld;
    }

    @Override
    public Optional<PoolUsage> usage(String pool) {
        return engine.usages().usage(pool);
    }

    @Override
    public boolean isClosed(String pool) {
        return engine.whole().isClosed(pool);
    }

    @Override
    public HeldAddresses inUse() {
        return engine.held().addresses();
    }

    @Override
    public boolean isFull(String pool) {
        return engine.usages().isExhausted(pool);
    }
}
