package io.ipam.engine.replica;

import io.ipam.allocation.UpdateResult;
import io.ipam.engine.commit.Operation;
import io.ipam.engine.state.ActiveCatalog;
import io.ipam.engine.state.HeldReader;
import io.ipam.engine.swap.UpdateMode;
import io.ipam.pool.ChangePlan;
import io.ipam.pool.PoolCatalog;

/**
 * A catalog update in the order of commits. The versions of catalogs differ between processes, so
 * the expected catalog is compared by content. Thread safety: immutable.
 *
 * @param expected the catalog on which the change is based
 * @param next the next catalog
 * @param mode the treatment of addresses in use
 */
public record UpdateOperation(PoolCatalog expected, PoolCatalog next, UpdateMode mode)
        implements Operation<EngineBatch, UpdateResult> {
    @Override
    public boolean isAlone() {
        return true;
    }

    @Override
    public UpdateResult decide(EngineBatch batch) {
        ActiveCatalog active = batch.state().active();
        PoolCatalog present = active.catalog();
        if (!present.equals(expected)) {
            return new UpdateResult.Outdated(present);
        }
        HeldReader held = new HeldReader(() -> active);
        PoolCatalog possible = mode == UpdateMode.DRAIN ? ChangePlan.asFarAsPossible(present, next, held) : next;
        ChangePlan plan = ChangePlan.between(present, possible, held);
        if (!mode.allows(plan)) {
            return new UpdateResult.Blocked(plan);
        }
        change(batch, possible);
        return new UpdateResult.Updated(plan);
    }

    private static void change(EngineBatch batch, PoolCatalog next) {
        CatalogChanges changes = new CatalogChanges(batch.state());
        changes.changesTo(next).forEach(batch::add);
        batch.newGenerations((int) (changes.lastGeneration() - batch.state().lastGeneration()));
        batch.setNextCatalog(next);
    }

    /**
     * Removes the draining addresses that are no longer held. No thread waits for it. If the
     * process ends first, the next process that opens the realm removes them.
     */
    record DrainedOperation() implements Operation<EngineBatch, Boolean> {
        @Override
        public boolean isAlone() {
            return true;
        }

        @Override
        public Boolean decide(EngineBatch batch) {
            ActiveCatalog active = batch.state().active();
            PoolCatalog present = active.catalog();
            PoolCatalog next = ChangePlan.asFarAsPossible(present, present, new HeldReader(() -> active));
            boolean isChanged = !next.equals(present);
            if (isChanged) {
                change(batch, next);
            }
            return isChanged;
        }
    }
}
