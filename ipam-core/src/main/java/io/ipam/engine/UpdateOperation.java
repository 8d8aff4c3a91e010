package io.ipam.engine;

import io.ipam.allocation.UpdateResult;
import io.ipam.engine.commit.Operation;
import io.ipam.pool.ChangePlan;
import io.ipam.pool.PoolCatalog;

/**
 * A catalog update in the order of commits. Versions of catalogs mean nothing to other processes,
 * so the expected catalog is compared by content. Thread safety: immutable.
 *
 * @param expected the catalog that the change was made from
 * @param next the next catalog
 * @param force whether pools in use may be removed
 */
record UpdateOperation(PoolCatalog expected, PoolCatalog next, boolean force)
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
        ChangePlan plan = ChangePlan.between(present, next, new HeldReader(() -> active));
        if (!(force ? plan.allowedByForce() : plan.allowed())) {
            return new UpdateResult.Blocked(plan);
        }
        CatalogChanges changes = new CatalogChanges(batch.state());
        changes.changesTo(next).forEach(batch::add);
        batch.newGenerations((int) (changes.lastGeneration() - batch.state().lastGeneration()));
        batch.setNextCatalog(next);
        return new UpdateResult.Updated(plan);
    }
}
