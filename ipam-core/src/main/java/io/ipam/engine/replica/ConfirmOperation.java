package io.ipam.engine.replica;

import io.ipam.allocation.Holding;
import io.ipam.engine.commit.Operation;
import io.ipam.engine.decision.HeldBy;
import io.ipam.engine.decision.HeldRecord;
import io.ipam.engine.decision.Step;
import io.ipam.engine.state.ActiveCatalog;
import io.ipam.owner.Owner;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The confirmation that a result without changes is correct at the head. The catalog, its detached
 * and closed pools, and the owner's holdings must be those on which the result is based. Thread
 * safety: immutable.
 *
 * @param basis the catalog
 * @param owner the owner
 * @param held the holdings of the owner, null if the result does not depend on them
 */
public record ConfirmOperation(
        ActiveCatalog basis, Owner owner, @Nullable List<Holding> held) implements Operation<EngineBatch, Boolean> {
    @Override
    public List<Object> keys() {
        return TransitionOperation.keysOf(owner);
    }

    @Override
    public Boolean decide(EngineBatch batch) {
        return batch.state().active() == basis && (held == null || isHeld(batch, held));
    }

    private boolean isHeld(EngineBatch batch, List<Holding> seen) {
        Set<Holding> now = new HashSet<>();
        if (batch.decide(owner, new HeldBy(), 0) instanceof Step.Done<List<HeldRecord>> done) {
            done.result().forEach(record -> now.add(record.toHolding()));
        }
        return now.equals(new HashSet<>(seen));
    }
}
