package io.ipam.engine.replica;

import static java.util.Objects.requireNonNull;

import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.Stray;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.engine.state.ActiveCatalog;
import io.ipam.engine.state.EngineState;
import io.ipam.pool.ChangePlan;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.ReservedRange;
import io.ipam.store.Change;
import io.ipam.store.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Translates between a catalog update of a state and the changes of its commit. Thread safety:
 * none; used for one update, under the swap lock of a replica. No other thread changes its records.
 */
final class CatalogChanges {
    private final EngineState state;
    private final ActiveCatalog active;
    private long lastGeneration;

    CatalogChanges(EngineState state) {
        this.state = state;
        active = state.active();
        lastGeneration = state.lastGeneration();
    }

    /** The highest generation that the changes use. */
    long lastGeneration() {
        return lastGeneration;
    }

    /** The changes that lead to another catalog; nothing must block it. */
    List<Change> changesTo(PoolCatalog next) {
        lastGeneration = state.lastGeneration();
        List<Change> changes = new ArrayList<>();
        List<ChangePlan.Difference> differences = active.catalog().differences(next);
        for (ChangePlan.Difference difference : differences) {
            difference.after().ifPresent(pool -> adopt(pool, changes));
        }
        for (ChangePlan.Difference difference : differences) {
            changes.add(change(difference));
        }
        addReserved(next, changes);
        return changes;
    }

    /** The strays that become allocations of their owners. */
    private void adopt(Pool pool, List<Change> changes) {
        for (Stray stray : active.withheld().adoptedBy(pool)) {
            boolean isNew = stray.generation() == PoolSnapshot.Held.NO_GENERATION;
            Entry.Held before = StoredEntries.held(stray);
            long generation = isNew ? ++lastGeneration : stray.generation();
            Entry.Held after = new Entry.Held(
                    before.address(), before.pool(), before.owner(), before.interfaceName(), generation, "");
            changes.add(new Change.Renewed(before, after));
        }
    }

    private Change change(ChangePlan.Difference difference) {
        if (difference.after().isEmpty()) {
            return removal(requireNonNull(
                    active.pools().get(difference.before().orElseThrow().name())));
        }
        Pool pool = difference.after().get();
        PoolBinding was = active.poolOrDetached(pool.name());
        Entry.OfPool after =
                new Entry.OfPool(pool, false, active.withheld().closedPools().contains(pool.name()));
        return new Change.PoolPut(Optional.ofNullable(was).map(binding -> StoredEntries.pool(binding, active)), after);
    }

    private Change removal(PoolBinding leaving) {
        Entry.OfPool before = StoredEntries.pool(leaving, active);
        return active.ledger(leaving).records().size() == 0
                ? new Change.PoolGone(before)
                : new Change.PoolPut(Optional.of(before), new Entry.OfPool(before.pool(), true, before.closed()));
    }

    private void addReserved(PoolCatalog next, List<Change> changes) {
        TreeMap<String, ReservedRange> gone = new TreeMap<>();
        active.catalog().reservedRanges().forEach(range -> gone.put(range.name(), range));
        for (ReservedRange range : next.reservedRanges()) {
            Optional<Entry.OfReserved> before =
                    Optional.ofNullable(gone.remove(range.name())).map(Entry.OfReserved::new);
            Entry.OfReserved after = new Entry.OfReserved(range);
            if (!before.equals(Optional.of(after))) {
                changes.add(new Change.ReservedPut(before, after));
            }
        }
        gone.values().forEach(range -> changes.add(new Change.ReservedGone(new Entry.OfReserved(range))));
    }

    /** The catalog after the changes of a commit. */
    PoolCatalog catalogAfter(List<Change> changes) {
        TreeMap<String, Pool> pools = new TreeMap<>();
        active.catalog().pools().forEach(pool -> pools.put(pool.name(), pool));
        TreeMap<String, ReservedRange> reserved = new TreeMap<>();
        active.catalog().reservedRanges().forEach(range -> reserved.put(range.name(), range));
        for (Change change : changes) {
            if (change instanceof Change.PoolPut put && !put.after().detached()) {
                pools.put(put.after().pool().name(), put.after().pool());
            } else if (change instanceof Change.PoolPut put) {
                pools.remove(put.after().pool().name());
            } else if (change instanceof Change.PoolGone gone) {
                pools.remove(gone.before().pool().name());
            } else if (change instanceof Change.ReservedPut put) {
                reserved.put(put.after().range().name(), put.after().range());
            } else if (change instanceof Change.ReservedGone gone) {
                reserved.remove(gone.before().range().name());
            }
        }
        return PoolCatalog.of(pools.values(), reserved.values());
    }
}
