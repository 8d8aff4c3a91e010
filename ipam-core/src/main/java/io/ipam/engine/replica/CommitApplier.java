package io.ipam.engine.replica;

import io.ipam.allocation.Stray;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.engine.state.EngineState;
import io.ipam.engine.state.EventQueue;
import io.ipam.engine.swap.CatalogSwap;
import io.ipam.engine.swap.EmptiedPools;
import io.ipam.engine.swap.UpdateMode;
import io.ipam.engine.swap.Withholding;
import io.ipam.pool.PoolCatalog;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.Entry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies one commit to the state of a replica. It chooses nothing: addresses and generations are
 * in the commit. A commit that does not fit the state is corruption.
 *
 * <p>Thread safety: none, used by the committer under the swap lock; it locks stripes and ledgers.
 */
final class CommitApplier {
    private final EngineState state;
    private final Commit commit;
    private final long nowMillis;
    private final RecordChanges records;
    private final List<Change> definitions = new ArrayList<>(0);
    private final List<Entry.Held> endedStrays = new ArrayList<>(0);
    private final List<PoolBinding> emptied = new ArrayList<>(0);
    private @Nullable String opened;

    /**
     * An application of a commit.
     *
     * @param nowMillis the time of this process
     */
    CommitApplier(EngineState state, Commit commit, long nowMillis) {
        this.state = state;
        this.commit = commit;
        this.nowMillis = nowMillis;
        records = new RecordChanges(state, commit.head(), nowMillis);
        commit.changes().forEach(this::sort);
    }

    private void sort(Change change) {
        if (change instanceof Change.Granted || change instanceof Change.Cooled) {
            records.add(change);
        } else if (change instanceof Change.Renewed renewed) {
            sortHeld(renewed.before(), change);
        } else if (change instanceof Change.Released released) {
            sortHeld(released.before(), change);
        } else {
            sortDefinition(change);
        }
    }

    private void sortHeld(Entry.Held before, Change change) {
        if (state.active().withheld().get(before.address()) == null) {
            records.add(change);
        } else if (change instanceof Change.Released) {
            endedStrays.add(before);
        } else {
            definitions.add(change);
        }
    }

    private void sortDefinition(Change change) {
        if (change instanceof Change.PoolPut put && isOpening(put)) {
            opened = put.after().pool().name();
            return;
        }
        if (change instanceof Change.PoolGone gone && gone.before().detached()) {
            PoolBinding binding =
                    state.active().detached().get(gone.before().pool().name());
            if (binding == null) {
                throw corrupt(
                        "removes the detached pool " + gone.before().pool().name() + ", which does not exist");
            }
            emptied.add(binding);
            return;
        }
        definitions.add(change);
    }

    private static boolean isOpening(Change.PoolPut put) {
        return put.before()
                .filter(before -> before.closed() && !put.after().closed())
                .isPresent();
    }

    /**
     * Applies the commit.
     *
     * @param next the catalog after the commit, null if it must be made from the changes
     */
    void apply(@Nullable PoolCatalog next) {
        records.apply();
        endedStrays.forEach(this::endStray);
        if (opened != null && !new Withholding(state).open(opened)) {
            throw corrupt("opens pool " + opened + ", which is not closed");
        }
        if (!definitions.isEmpty()) {
            define(next);
        }
        if (!emptied.isEmpty()) {
            new EmptiedPools(state).end(emptied);
        }
        state.raiseGeneration(commit.head().lastGeneration());
    }

    private void endStray(Entry.Held before) {
        Stray stray = state.active().withheld().get(before.address());
        if (stray == null || !StoredEntries.held(stray).equals(before)) {
            throw corrupt("releases " + before + ", the state has " + stray);
        }
        new Withholding(state).release(before.address());
    }

    /** Replaces the catalog as the process that made the commit did. */
    private void define(@Nullable PoolCatalog known) {
        CatalogChanges changes = new CatalogChanges(state);
        PoolCatalog next = known != null ? known : changes.catalogAfter(definitions);
        if (!changes.changesTo(next).equals(definitions)) {
            throw corrupt("defines other pools than the same update of this process does");
        }
        if (!new CatalogSwap(state, next)
                .make(UpdateMode.FORCE, nowMillis, EventQueue.SILENT)
                .isUpdated()) {
            throw corrupt("defines pools that do not fit the state");
        }
    }

    private CorruptStoreException corrupt(String finding) {
        return new CorruptStoreException("the commit " + commit.head() + " " + finding);
    }
}
