package io.ipam.engine.realm;

import io.ipam.allocation.PoolSnapshot;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.engine.replica.StoredEntries;
import io.ipam.engine.state.ActiveCatalog;
import io.ipam.engine.state.EngineState;
import io.ipam.engine.state.Ledger;
import io.ipam.record.CoolingQueue;
import io.ipam.record.RecordTable;
import io.ipam.record.UnpooledCooling;
import io.ipam.store.Change;
import io.ipam.store.Entry;
import io.ipam.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The whole of a state as the changes that create a realm. Thread safety: none. */
final class RealmContent {
    private final EngineState state;
    private final Map<Object, Entry> present = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private long lastGeneration;

    /** The content of a state to which no other thread has access. */
    RealmContent(EngineState state) {
        this.state = state;
        lastGeneration = state.lastGeneration();
    }

    /** The highest generation of the changes. */
    long lastGeneration() {
        return lastGeneration;
    }

    /**
     * The changes that complete a realm.
     *
     * @param written the entries that an interrupted creation has written
     * @throws StoreException if these are not entries of this state
     */
    List<Change> changes(List<Entry> written) {
        written.forEach(this::addPresent);
        ActiveCatalog active = state.active();
        active.all().stream()
                .filter(binding -> !binding.isDetached()
                        || active.ledger(binding).records().size() > 0)
                .forEach(binding -> define(StoredEntries.pool(binding, active)));
        active.catalog().reservedRanges().forEach(range -> reserve(new Entry.OfReserved(range)));
        active.withheld().all().forEach(stray -> hold(StoredEntries.held(stray)));
        active.all().forEach(binding -> addRecords(binding, active.ledger(binding)));
        state.unpooled().all().forEach(this::cool);
        if (!present.isEmpty()) {
            throw new StoreException("the interrupted creation has another input: it wrote "
                    + present.values().iterator().next()
                    + "; repeat it with its original input, or create another realm");
        }
        return changes;
    }

    private void addPresent(Entry entry) {
        present.put(keyOf(entry), entry);
        if (entry instanceof Entry.Held held) {
            lastGeneration = Math.max(lastGeneration, held.generation());
        }
    }

    private static Object keyOf(Entry entry) {
        if (entry instanceof Entry.OfPool one) {
            return "pool " + one.pool().name();
        }
        if (entry instanceof Entry.OfReserved one) {
            return "reserved " + one.range().name();
        }
        return entry instanceof Entry.Held one ? one.address() : List.of(((Entry.Cooling) entry).address());
    }

    private void define(Entry.OfPool entry) {
        if (!isWritten(entry)) {
            changes.add(new Change.PoolPut(Optional.empty(), entry));
        }
    }

    private void reserve(Entry.OfReserved entry) {
        if (!isWritten(entry)) {
            changes.add(new Change.ReservedPut(Optional.empty(), entry));
        }
    }

    private void addRecords(PoolBinding binding, Ledger ledger) {
        RecordTable records = ledger.records();
        for (int slot = records.nextUsed(RecordTable.NONE); slot != RecordTable.NONE; slot = records.nextUsed(slot)) {
            hold(StoredEntries.held(ledger.recordOf(slot)));
        }
        CoolingQueue.Cursor cursor = ledger.content().cooling().cursor();
        while (cursor.next()) {
            cool(new UnpooledCooling.Unpooled(
                    binding.pool().name(),
                    ledger.address(cursor.high(), cursor.low()),
                    cursor.lastOwner(),
                    cursor.stampMillis()));
        }
    }

    /** An allocation without a generation gets one, unless it was written with one. */
    private void hold(Entry.Held entry) {
        boolean needsGeneration = entry.generation() == PoolSnapshot.Held.NO_GENERATION && !isStray(entry);
        Entry written = present.get(entry.address());
        if (needsGeneration && written instanceof Entry.Held held && held.equals(with(entry, held.generation()))) {
            present.remove(entry.address());
        } else if (!isWritten(entry)) {
            changes.add(new Change.Granted(needsGeneration ? with(entry, ++lastGeneration) : entry));
        }
    }

    private boolean isStray(Entry.Held entry) {
        return state.active().withheld().get(entry.address()) != null;
    }

    private static Entry.Held with(Entry.Held entry, long generation) {
        return new Entry.Held(
                entry.address(), entry.pool(), entry.owner(), entry.interfaceName(), generation, entry.note());
    }

    /**
     * A release in the future counts as one at the time of the creation; repeated creations may
     * differ in it.
     */
    private void cool(UnpooledCooling.Unpooled one) {
        Entry.Cooling entry = new Entry.Cooling(one.address(), one.pool(), one.lastOwner(), one.releasedMillis());
        Object key = keyOf(entry);
        if (present.get(key) instanceof Entry.Cooling written && written.equals(at(written.releasedMillis(), entry))) {
            present.remove(key);
        } else if (!isWritten(entry)) {
            changes.add(new Change.Cooled(entry));
        }
    }

    private static Entry.Cooling at(long releasedMillis, Entry.Cooling entry) {
        return new Entry.Cooling(entry.address(), entry.pool(), entry.lastOwner(), releasedMillis);
    }

    /** Whether an interrupted creation wrote an entry; throws if it wrote another one. */
    private boolean isWritten(Entry entry) {
        @Nullable Entry written = present.remove(keyOf(entry));
        if (written != null && !written.equals(entry)) {
            throw new StoreException("the interrupted creation has another input: it wrote " + written + " instead of "
                    + entry + "; repeat it with its original input, or create another realm");
        }
        return written != null;
    }
}
