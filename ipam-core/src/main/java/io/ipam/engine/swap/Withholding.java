package io.ipam.engine.swap;

import io.ipam.address.Address;
import io.ipam.allocation.Stray;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.engine.state.ActiveCatalog;
import io.ipam.engine.state.EngineState;
import io.ipam.engine.state.Ledger;
import io.ipam.engine.state.LedgerContent;
import io.ipam.engine.state.Withheld;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes the addresses that are withheld from allocation. Thread safety: none, made for one change
 * under the swap lock.
 */
public final class Withholding {
    private final EngineState state;
    private final ActiveCatalog before;

    /** A change of a state. */
    public Withholding(EngineState state) {
        this.state = state;
        before = state.active();
    }

    /** Ends the stray of an address; returns whether there was one. */
    public boolean release(Address address) {
        Stray stray = before.withheld().get(address);
        if (stray == null) {
            return false;
        }
        change(before, before.withheld().without(List.of(stray)), before.poolOf(address));
        return true;
    }

    /** Opens a closed pool; returns whether it was closed. */
    public boolean open(String pool) {
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
            LedgerContent content =
                    LedgerContent.of(bound, ledger.records(), ledger.content().cooling());
            ActiveCatalog after = from.with(next, List.of(bound));
            ledger.apply(content);
            state.publish(after);
        } finally {
            ledger.unlock();
        }
    }
}
