package io.ipam.engine.replica;

import io.ipam.engine.decision.PoolBinding;
import io.ipam.engine.state.EngineState;
import io.ipam.engine.state.EngineStateBuilder;
import io.ipam.engine.state.StateSettings;
import io.ipam.owner.Owner;
import io.ipam.pool.InvalidCatalogException;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.ReservedRange;
import io.ipam.record.UnpooledCooling;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.Entry;
import io.ipam.store.Image;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Builds the state of a replica from an image. A held entry whose pool does not have its address,
 * or that names no owner, is a stray.
 *
 * <p>Cost: O(entries log pools). Thread safety: none, made for one load.
 */
final class ReplicaLoader {
    private final StateSettings settings;
    private final long nowMillis;
    private final List<Pool> pools = new ArrayList<>();
    private final List<Pool> detached = new ArrayList<>();
    private final Set<String> closed = new HashSet<>();
    private final List<ReservedRange> reserved = new ArrayList<>();
    private final Map<PoolBinding, Long> newest = new HashMap<>();
    private @Nullable EngineStateBuilder builder;
    private long held;
    private long lastGeneration;

    /**
     * A loader.
     *
     * @param settings the settings of the state
     * @param nowMillis the time of this process; a later release counts as a release at this time
     */
    ReplicaLoader(StateSettings settings, long nowMillis) {
        this.settings = settings;
        this.nowMillis = nowMillis;
    }

    /** The state; {@link #held} and {@link #lastGeneration} are not compared with the head. */
    EngineState load(Image image) {
        EntryPages pages = new EntryPages(this::add);
        image.entries().forEachRemaining(pages::add);
        pages.finish();
        return builder().build(Math.max(lastGeneration, image.head().lastGeneration()));
    }

    /** The number of held entries. */
    long held() {
        return held;
    }

    /** The highest generation of an entry. */
    long lastGeneration() {
        return lastGeneration;
    }

    private void add(Entry entry) {
        if (entry instanceof Entry.Held one) {
            hold(one);
        } else if (entry instanceof Entry.Cooling one) {
            cool(one);
        } else if (builder != null) {
            throw new CorruptStoreException("the store returned " + entry + " after held or cooling entries");
        } else if (entry instanceof Entry.OfPool one) {
            (one.detached() ? detached : pools).add(one.pool());
            if (one.closed()) {
                closed.add(one.pool().name());
            }
        } else if (entry instanceof Entry.OfReserved one) {
            reserved.add(one.range());
        }
    }

    /** The builder. Every pool and reserved range has been read when it is created. */
    private EngineStateBuilder builder() {
        EngineStateBuilder made = builder;
        if (made == null) {
            made = new EngineStateBuilder(catalog(), closed, settings);
            for (Pool pool : detached) {
                if (made.overlapsAnother(pool)) {
                    throw new CorruptStoreException("the detached pool " + pool + " overlaps another pool");
                }
                made.addDetached(pool);
            }
            builder = made;
        }
        return made;
    }

    private PoolCatalog catalog() {
        try {
            return PoolCatalog.of(pools, reserved);
        } catch (InvalidCatalogException e) {
            throw new CorruptStoreException("the pools of the realm do not fit together: " + e.getMessage(), e);
        }
    }

    private void hold(Entry.Held entry) {
        held++;
        lastGeneration = Math.max(lastGeneration, entry.generation());
        EngineStateBuilder to = builder();
        PoolBinding pool = to.pool(entry.pool());
        boolean isNew = (pool == null || isStray(entry, pool))
                ? to.addStray(StoredEntries.stray(entry))
                : isAdded(entry, pool, entry.owner().orElseThrow());
        if (!isNew) {
            throw new CorruptStoreException("the store returned two entries for " + entry.address());
        }
    }

    private static boolean isStray(Entry.Held entry, PoolBinding pool) {
        return entry.owner().isEmpty() || !pool.pool().addresses().contains(entry.address());
    }

    private boolean isAdded(Entry.Held entry, PoolBinding pool, Owner owner) {
        EngineStateBuilder to = builder();
        if (newest.merge(pool, entry.generation(), Math::max) == entry.generation()) {
            to.ledger(pool).setLastGranted(entry.address());
        }
        return to.hold(pool, entry.address(), owner, entry.interfaceName(), entry.generation());
    }

    private void cool(Entry.Cooling entry) {
        EngineStateBuilder to = builder();
        if (!to.isHeld(entry.address())) {
            long released = Math.min(entry.releasedMillis(), nowMillis);
            to.cool(new UnpooledCooling.Unpooled(entry.pool(), entry.address(), entry.lastOwner(), released));
        }
    }
}
