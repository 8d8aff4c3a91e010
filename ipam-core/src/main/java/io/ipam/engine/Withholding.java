package io.ipam.engine;

import io.ipam.address.Address;
import io.ipam.allocation.Stray;
import io.ipam.engine.decision.PoolBinding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes the addresses that are withheld from allocation. Thread safety: none, made for one change
 * under the swap lock.
 */
final class Withholding {
    private final EngineState state;
    private final ActiveCatalog before;

    Withholding(EngineState state) {
        this.state = state;
        before = state.active();
    }

    /** Ends the stray of an address; returns whether there was one. */
    boolean release(Address address) {
        Stray stray = before.withheld().get(address);
        if (stray == null) {
            return false;
        }
        change(before, before.withheld().without(List.of(stray)), before.poolOf(address));
        return true;
    }

    /** Opens a closed pool; returns whether it was closed. */
    boolean open(String pool) {
        if (!before.withheld().closedPools().contains(pool)) {
            return false;
        }
        change(before.reissued(), before.withheld().withOpen(pool), before.poolOrDetached(pool));
        return true;
    }

    /** Cost: O(held) of the pool, because its bitmap is rebuilt. */
    private void change(ActiveCatalog from, Withheld next, @Nullable PoolBinding pool) {
        if (pool == null) {
            state.publish(from.with(next, List.of()));
            return;
        }
        Ledger ledger = from.ledger(pool);
        ledger.lock();
        try {
            PoolBinding bound =
                    next.bind(pool.number(), pool.pool(), from.catalog().usable(pool.pool()), pool.isDetached());
            LedgerContent content = LedgerContent.of(bound, ledger.records(), ledger.content().cooling());
            ActiveCatalog after = from.with(next, List.of(bound));
            ledger.apply(content);
            state.publish(after);
        } finally {
            ledger.unlock();
        }
    }
}
