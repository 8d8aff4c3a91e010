package io.ipam.engine.state;

import io.ipam.address.Address;
import io.ipam.allocation.Stray;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.record.Cooling;
import io.ipam.record.CoolingQueue;
import io.ipam.record.RecordTable;
import io.ipam.record.UnpooledCooling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Builds a state that no other thread sees yet: pools first, then held addresses, then cooling
 * ones. Thread safety: none.
 */
public final class EngineStateBuilder {
    private final PoolCatalog catalog;
    private final StateSettings settings;
    private final List<Ledger> ledgers = new ArrayList<>();
    private final Map<String, PoolBinding> pools = new HashMap<>();
    private final DetachedPools.Draft detached = DetachedPools.NONE.draft();
    private final UnpooledCooling cooling = new UnpooledCooling();
    private final EngineState state;
    private final Map<Address, Stray> strays = new TreeMap<>();
    private Withheld withheld;

    /** A state with the pools of a catalog, in which no address is held. */
    public EngineStateBuilder(PoolCatalog catalog, Set<String> closedPools, StateSettings settings) {
        this.catalog = catalog;
        this.settings = settings;
        withheld = Withheld.of(List.of(), closedPools);
        state = new EngineState(settings);
        for (Pool pool : catalog.pools()) {
            pools.put(pool.name(), define(pool, false));
        }
    }

    /** Adds a pool that is not in the catalog and overlaps no pool: it accepts releases only. */
    public PoolBinding addDetached(Pool pool) {
        PoolBinding binding = define(pool, true);
        detached.add(binding);
        return binding;
    }

    /** Whether a pool has an address of this one. */
    public boolean overlapsAnother(Pool pool) {
        return catalog.overlaps(pool) || detached.overlaps(pool);
    }

    private PoolBinding define(Pool pool, boolean isDetached) {
        Ledger ledger = new Ledger(ledgers.size(), pool.subnet(), settings);
        PoolBinding binding = withheld.bind(ledgers.size(), pool, catalog.usable(pool), isDetached);
        ledger.apply(LedgerContent.of(binding, ledger.records(), ledger.newCoolingQueue()));
        ledgers.add(ledger);
        return binding;
    }

    /** The pool of a name, null if there is none. */
    public @Nullable PoolBinding pool(String name) {
        PoolBinding binding = pools.get(name);
        return binding != null ? binding : detached.get(name);
    }

    /** Whether an address is held in the pool that contains it, or is a stray. */
    public boolean isHeld(Address address) {
        Optional<Pool> pool = catalog.poolOf(address);
        PoolBinding binding = pool.isPresent() ? pools.get(pool.get().name()) : detached.poolOf(address);
        return strays.containsKey(address)
                || (binding != null && ledger(binding).heldAt(address) != null);
    }

    /** {@return the ledger of a pool} */
    public Ledger ledger(PoolBinding binding) {
        return ledgers.get(binding.number());
    }

    /** Adds a record; returns false if the address is held. */
    public boolean hold(PoolBinding pool, Address address, Owner owner, String interfaceName, long generation) {
        int slot = ledger(pool).restoreHeld(address, owner, interfaceName, generation);
        if (slot == RecordTable.NONE) {
            return false;
        }
        int hash = state.hashOf(owner);
        state.stripeOf(hash).owners().add(owner, hash, pool.number(), slot);
        return true;
    }

    /** Keeps an address taken whose record does not fit; returns false if it is held or a stray. */
    public boolean addStray(Stray stray) {
        return !isHeld(stray.address()) && strays.put(stray.address(), stray) == null;
    }

    /** The strays so far, by address. */
    public List<Stray> strays() {
        return List.copyOf(strays.values());
    }

    /**
     * Adds a cooling address that is not held. If it has two entries, the later release is used.
     */
    public void cool(UnpooledCooling.Unpooled entry) {
        cooling.put(entry);
    }

    /**
     * The state, with each cooling address in the pool that contains it. The builder must not be
     * used afterwards.
     */
    public EngineState build(long lastGeneration) {
        withheld = Withheld.of(strays.values(), withheld.closedPools());
        ledgers.forEach(this::complete);
        state.raiseGeneration(lastGeneration);
        state.setUnpooled(cooling);
        state.publish(new ActiveCatalog(catalog, pools, detached.done(), ledgers.toArray(new Ledger[0]), withheld));
        return state;
    }

    /** Defines a pool again if cooling addresses or strays are in it. */
    private void complete(Ledger ledger) {
        PoolBinding first = ledger.content().binding();
        List<UnpooledCooling.Unpooled> entries = cooling.takeOf(first.pool().addresses());
        PoolBinding last =
                withheld.bind(first.number(), first.pool(), catalog.usable(first.pool()), first.isDetached());
        if (last.strays() > 0) {
            if (last.isDetached()) {
                detached.add(last);
            } else {
                pools.put(last.pool().name(), last);
            }
        }
        if (last.strays() > 0 || !entries.isEmpty()) {
            PoolBinding binding = last.strays() > 0 ? last : first;
            ledger.apply(LedgerContent.of(binding, ledger.records(), queueOf(entries, ledger.newCoolingQueue())));
        }
    }

    private static CoolingQueue queueOf(List<UnpooledCooling.Unpooled> entries, CoolingQueue queue) {
        entries.stream()
                .map(UnpooledCooling.Unpooled::toCooling)
                .sorted(Comparator.comparingLong(Cooling::releasedMillis))
                .forEach(entry -> queue.add(entry.high(), entry.low(), entry.lastOwner(), entry.releasedMillis()));
        return queue;
    }
}
