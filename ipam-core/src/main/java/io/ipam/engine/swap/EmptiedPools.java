package io.ipam.engine.swap;

import io.ipam.address.AddressSet;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.engine.state.ActiveCatalog;
import io.ipam.engine.state.EngineState;
import io.ipam.engine.state.LockScope;
import java.util.Collection;
import java.util.List;

/**
 * Ends detached pools that no longer hold addresses. Thread safety: none, made for one use under
 * the swap lock.
 */
public final class EmptiedPools {
    private final EngineState state;

    /** The end of pools of a state. */
    public EmptiedPools(EngineState state) {
        this.state = state;
    }

    /** Ends the pools that the state has noted, as {@link #end(Collection)} does. */
    public void endNoted() {
        end(state.takeEmptied());
    }

    /**
     * Ends the pools that are still detached and empty. Their cooling addresses become unpooled.
     * Requests on other pools continue.
     */
    public void end(Collection<PoolBinding> candidates) {
        ActiveCatalog before = state.active();
        List<PoolBinding> emptied = candidates.stream()
                .distinct()
                .filter(binding -> before.detached().get(binding.pool().name()) == binding)
                .toList();
        LockScope scope = LockScope.of(emptied.stream().map(before::ledger).toList());
        scope.lock();
        try {
            List<PoolBinding> ended = emptied.stream()
                    .filter(binding -> before.ledger(binding).records().size() == 0)
                    .toList();
            if (ended.isEmpty()) {
                return;
            }
            CoolingMove cooling = new CoolingMove(
                    state.unpooled(), Long.MIN_VALUE, state.settings().coolDownMillis());
            for (PoolBinding binding : ended) {
                cooling.takeFrom(
                        before.ledger(binding), AddressSet.empty(binding.pool().family()));
            }
            ActiveCatalog after = before.without(ended);
            ended.forEach(binding -> before.ledger(binding).apply(null));
            state.setUnpooled(cooling.unpooled());
            state.publish(after);
        } finally {
            scope.unlock();
        }
    }
}
