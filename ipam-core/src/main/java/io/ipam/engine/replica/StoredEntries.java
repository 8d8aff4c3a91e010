package io.ipam.engine.replica;

import io.ipam.allocation.Stray;
import io.ipam.engine.decision.HeldRecord;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.engine.state.ActiveCatalog;
import io.ipam.pool.Pool;
import io.ipam.store.Entry;
import java.util.Optional;

/**
 * The records and pools of the engine as entries of a store, and the reverse. Thread safety: no
 * state.
 */
public final class StoredEntries {
    private StoredEntries() {}

    /** The entry of a pool of a catalog. */
    public static Entry.OfPool pool(PoolBinding binding, ActiveCatalog active) {
        Pool pool = binding.pool();
        return new Entry.OfPool(
                pool, binding.isDetached(), active.withheld().closedPools().contains(pool.name()));
    }

    /** {@return the entry of a record} */
    public static Entry.Held held(HeldRecord record) {
        return new Entry.Held(
                record.address(),
                record.pool().pool().name(),
                Optional.of(record.owner()),
                record.interfaceName(),
                record.generation(),
                "");
    }

    /** {@return the entry of a stray} */
    public static Entry.Held held(Stray stray) {
        return new Entry.Held(
                stray.address(), stray.pool(), stray.owner(), stray.interfaceName(), stray.generation(), stray.note());
    }

    static Stray stray(Entry.Held entry) {
        return new Stray(
                entry.address(), entry.pool(), entry.owner(), entry.interfaceName(), entry.generation(), entry.note());
    }
}
