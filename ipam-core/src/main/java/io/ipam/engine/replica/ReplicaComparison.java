package io.ipam.engine.replica;

import io.ipam.allocation.Stray;
import io.ipam.engine.decision.HeldRecord;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.engine.state.ActiveCatalog;
import io.ipam.engine.state.EngineState;
import io.ipam.engine.state.Ledger;
import io.ipam.record.RecordTable;
import io.ipam.store.Entry;
import io.ipam.store.Image;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares a replica with an image of the same head; cooling entries are ignored. Cost: O(entries),
 * and no memory for held entries that agree. Thread safety: none, used by the committer.
 */
final class ReplicaComparison {
    /** The maximum number of listed differences. */
    private static final int SHOWN = 50;

    private final EngineState state;
    private final ActiveCatalog active;
    private final List<String> differences = new ArrayList<>();
    private final Set<Entry> definitions = new HashSet<>();
    private long held;
    private int more;

    ReplicaComparison(EngineState state) {
        this.state = state;
        active = state.active();
    }

    List<String> differencesTo(Image image) {
        for (Iterator<Entry> entries = image.entries(); entries.hasNext(); ) {
            Entry entry = entries.next();
            if (entry instanceof Entry.Held one) {
                held++;
                compare(one);
            } else if (!(entry instanceof Entry.Cooling)) {
                definitions.add(entry);
            }
        }
        compareCounts(image);
        if (more > 0) {
            differences.add("and " + more + " more differences");
        }
        return differences;
    }

    private void compare(Entry.Held stored) {
        Entry.Held here = entryAt(stored);
        if (!stored.equals(here)) {
            add("REPLICA: the store has " + stored + ", this process has " + (here == null ? "nothing" : here));
        }
    }

    private Entry.@Nullable Held entryAt(Entry.Held stored) {
        Stray stray = active.withheld().get(stored.address());
        if (stray != null) {
            return StoredEntries.held(stray);
        }
        PoolBinding pool = active.poolOf(stored.address());
        if (pool == null) {
            return null;
        }
        Ledger ledger = active.ledger(pool);
        ledger.lock();
        try {
            int slot = ledger.records()
                    .find(stored.address().high(), stored.address().low());
            @Nullable HeldRecord record = slot == RecordTable.NONE ? null : ledger.recordOf(slot);
            return record == null ? null : StoredEntries.held(record);
        } finally {
            ledger.unlock();
        }
    }

    private void compareCounts(Image image) {
        long here = active.withheld().all().size();
        for (Ledger ledger : active.ledgers()) {
            here += ledger.records().size();
        }
        if (here != held || image.head().held() != held) {
            add("REPLICA: the store has " + held + " held entries and its head states "
                    + image.head().held() + ", this process has " + here);
        }
        Set<Entry> own = new HashSet<>();
        active.all().forEach(binding -> own.add(StoredEntries.pool(binding, active)));
        active.catalog().reservedRanges().forEach(range -> own.add(new Entry.OfReserved(range)));
        if (!own.equals(definitions)) {
            add("REPLICA: the pools and reserved ranges of the store differ from those of this process");
        }
        if (image.head().lastGeneration() != state.lastGeneration()) {
            add("REPLICA: the head states generation " + image.head().lastGeneration() + ", this process has "
                    + state.lastGeneration());
        }
    }

    private void add(String difference) {
        if (differences.size() < SHOWN) {
            differences.add(difference);
        } else {
            more++;
        }
    }
}
