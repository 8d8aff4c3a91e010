package io.ipam.engine.state;

import io.ipam.engine.decision.Change;
import io.ipam.engine.decision.PoolBinding;
import java.util.List;

/** Applies the changes of a decision to the state in memory, and queues their events. */
public final class AppliedAtOnce implements ChangeEffect {
    private final EngineState state;
    private final long startedNanos;

    /**
     * An effect on a state.
     *
     * @param startedNanos the start of the request by System.nanoTime, only for events
     */
    public AppliedAtOnce(EngineState state, long startedNanos) {
        this.state = state;
        this.startedNanos = startedNanos;
    }

    @Override
    public void accept(ActiveCatalog active, Stripe stripe, int ownerHash, List<Change> changes) {
        new ChangeApplier(active, stripe, ownerHash).apply(changes);
        noteEmptied(active, changes);
        ChangeEvents.queue(state.events(), changes, startedNanos);
        for (Change change : changes) {
            PoolBinding pool = change.record().pool();
            Ledger ledger = active.ledger(pool);
            ledger.statusSize().report(pool, ledger.records(), state.events());
        }
    }

    private void noteEmptied(ActiveCatalog active, List<Change> changes) {
        for (Change change : changes) {
            PoolBinding pool = change.record().pool();
            if (pool.isDetached() && active.ledger(pool).records().size() == 0) {
                state.noteEmptied(pool);
            }
            if (change instanceof Change.Release
                    && pool.isDraining(change.record().address())) {
                state.noteDrained();
            }
        }
    }

    @Override
    public long newGenerations(int count) {
        return state.newGenerations(count);
    }
}
