package io.ipam.engine.replica;

import io.ipam.engine.decision.HeldRecord;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.engine.state.EngineState;
import io.ipam.engine.state.Ledger;
import io.ipam.engine.state.LockScope;
import io.ipam.owner.Owner;
import io.ipam.record.RecordTable;
import io.ipam.store.Change;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one commit to records. They are applied while all their stripes and ledgers are
 * locked, so that readers see all of them or none. Releases are applied first.
 *
 * <p>Thread safety: none, used by the committer.
 */
final class RecordChanges {
    private final EngineState state;
    private final Head head;
    private final long nowMillis;
    private final List<Change.Granted> grants = new ArrayList<>();
    private final List<Change.Renewed> renewals = new ArrayList<>();
    private final List<Change.Released> releases = new ArrayList<>();
    private final List<Ledger> ledgers = new ArrayList<>();
    private final TreeSet<Integer> stripes = new TreeSet<>();

    RecordChanges(EngineState state, Head head, long nowMillis) {
        this.state = state;
        this.head = head;
        this.nowMillis = nowMillis;
    }

    void add(Change change) {
        if (change instanceof Change.Granted granted) {
            grants.add(granted);
            need(granted.held());
        } else if (change instanceof Change.Renewed renewed) {
            renewals.add(renewed);
            need(renewed.before());
            need(renewed.after());
        } else if (change instanceof Change.Released released) {
            releases.add(released);
            need(released.before());
        } else {
            throw corrupt("has " + change + ", which only the creation of a realm has");
        }
    }

    private void need(Entry.Held entry) {
        ledgers.add(state.active().ledger(bindingOf(entry)));
        stripes.add(state.stripeIndexOf(state.hashOf(ownerOf(entry))));
    }

    private PoolBinding bindingOf(Entry.Held entry) {
        PoolBinding binding = state.active().poolOf(entry.address());
        if (binding == null || !binding.pool().name().equals(entry.pool())) {
            throw corrupt("has " + entry + ", whose pool is " + binding);
        }
        return binding;
    }

    private Owner ownerOf(Entry.Held entry) {
        return entry.owner().orElseThrow(() -> corrupt("has " + entry + ", which has no owner"));
    }

    void apply() {
        if (ledgers.isEmpty()) {
            return;
        }
        LockScope scope = LockScope.of(ledgers);
        stripes.forEach(index -> state.stripes()[index].lock());
        scope.lock();
        try {
            scope.advance(nowMillis);
            releases.forEach(this::release);
            renewals.forEach(this::renew);
            grants.forEach(this::grant);
            ledgers.forEach(
                    ledger -> ledger.statusSize().report(ledger.content().binding(), ledger.records(), state.events()));
        } finally {
            scope.unlock();
            stripes.forEach(index -> state.stripes()[index].unlock());
        }
    }

    private void release(Change.Released released) {
        HeldRecord record = recordOf(released.before());
        Ledger ledger = state.active().ledger(record.pool());
        int slot = ledger.slotOf(record.address());
        int hash = state.hashOf(record.owner());
        state.stripeOf(hash).owners().remove(record.owner(), hash, ledger.number(), slot);
        long stamp = released.cooling().map(Entry.Cooling::releasedMillis).orElse(nowMillis);
        ledger.release(slot, Math.min(stamp, nowMillis));
    }

    private void renew(Change.Renewed renewed) {
        HeldRecord before = recordOf(renewed.before());
        Entry.Held after = renewed.after();
        Owner owner = ownerOf(after);
        Ledger ledger = state.active().ledger(before.pool());
        int slot = ledger.slotOf(before.address());
        int hash = state.hashOf(owner);
        if (owner.isSameAs(before.owner())) {
            ledger.records().replace(slot, owner, after.interfaceName(), after.generation());
            state.stripeOf(hash).owners().replaceOwner(owner, hash);
        } else {
            int oldHash = state.hashOf(before.owner());
            state.stripeOf(oldHash).owners().remove(before.owner(), oldHash, ledger.number(), slot);
            ledger.records().replace(slot, owner, after.interfaceName(), after.generation());
            state.stripeOf(hash).owners().add(owner, hash, ledger.number(), slot);
        }
    }

    private void grant(Change.Granted granted) {
        Entry.Held entry = granted.held();
        PoolBinding binding = bindingOf(entry);
        Ledger ledger = state.active().ledger(binding);
        if (ledger.heldAt(entry.address()) != null) {
            throw corrupt("grants " + entry.address() + ", which is held");
        }
        Owner owner = ownerOf(entry);
        HeldRecord record = new HeldRecord(binding, entry.address(), owner, entry.interfaceName(), entry.generation());
        int hash = state.hashOf(owner);
        state.stripeOf(hash).owners().add(owner, hash, ledger.number(), ledger.grant(record));
    }

    /** The record of an entry, which must be the present one. */
    private HeldRecord recordOf(Entry.Held before) {
        Ledger ledger = state.active().ledger(bindingOf(before));
        int slot =
                ledger.records().find(before.address().high(), before.address().low());
        @Nullable HeldRecord record = slot == RecordTable.NONE ? null : ledger.recordOf(slot);
        if (record == null || !isOf(record, before)) {
            throw corrupt("replaces " + before + ", the state has " + record);
        }
        return record;
    }

    private static boolean isOf(HeldRecord record, Entry.Held entry) {
        return record.generation() == entry.generation()
                && record.interfaceName().equals(entry.interfaceName())
                && entry.owner().filter(record.owner()::equals).isPresent();
    }

    private CorruptStoreException corrupt(String finding) {
        return new CorruptStoreException("the commit " + head + " " + finding);
    }
}
