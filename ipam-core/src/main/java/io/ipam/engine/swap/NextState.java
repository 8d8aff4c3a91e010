package io.ipam.engine.swap;

import static java.util.Objects.requireNonNull;

import io.ipam.address.AddressSet;
import io.ipam.allocation.Stray;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.engine.state.ActiveCatalog;
import io.ipam.engine.state.DetachedPools;
import io.ipam.engine.state.EngineState;
import io.ipam.engine.state.Ledger;
import io.ipam.engine.state.LedgerContent;
import io.ipam.engine.state.StateSettings;
import io.ipam.engine.state.Withheld;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.record.CoolingQueue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a catalog update changes, built next to the current state. Only {@link #apply}
 * changes anything, and it cannot fail.
 *
 * <p>Thread safety: none, made for one update while the ledgers that it changes are locked.
 */
final class NextState {
    private final ActiveCatalog before;
    private final CoolingMove cooling;
    private final StrayAdoption adoption;
    private final Map<String, PoolBinding> pools;
    private final List<@Nullable Ledger> numbered;
    private final DetachedPools.Draft detached;
    private final List<PoolBinding> fresh = new ArrayList<>();
    private final IdentityHashMap<Ledger, @Nullable LedgerContent> contents = new IdentityHashMap<>();
    private Withheld withheld;
    private int firstUnused;
    private @Nullable ActiveCatalog active;

    NextState(ActiveCatalog before, CoolingMove cooling, StrayAdoption adoption) {
        this.before = before;
        this.cooling = cooling;
        this.adoption = adoption;
        withheld = before.withheld();
        pools = new HashMap<>(before.pools());
        numbered = before.numbered();
        detached = before.detached().draft();
    }

    /** Removes a pool from the catalog. */
    void remove(PoolBinding binding) {
        pools.remove(binding.pool().name());
    }

    /** Ends an empty pool. Its cooling addresses become unpooled. */
    void end(PoolBinding binding) {
        Ledger ledger = before.ledger(binding);
        cooling.takeFrom(ledger, AddressSet.empty(binding.pool().family()));
        contents.put(ledger, null);
        numbered.set(binding.number(), null);
        withheld = withheld.withOpen(binding.pool().name());
        if (binding.isDetached()) {
            detached.remove(binding);
        }
    }

    /** Keeps a removed pool that holds addresses. */
    void detach(PoolBinding binding) {
        PoolBinding last = binding.detach();
        Ledger ledger = before.ledger(binding);
        contents.put(ledger, ledger.content().with(last));
        detached.add(last);
    }

    /** Defines a pool, with the ledger that it has or had, or with a new one. */
    void define(Pool pool, AddressSet unreserved, StateSettings settings) {
        PoolBinding was = before.poolOrDetached(pool.name());
        boolean isKnown = was != null && was.pool().subnet().equals(pool.subnet());
        Ledger ledger = isKnown ? before.ledger(requireNonNull(was)) : newLedger(pool, settings);
        if (isKnown && requireNonNull(was).isDetached()) {
            detached.remove(was);
        }
        List<Stray> strays = withheld.adoptedBy(pool);
        withheld = withheld.without(strays);
        adoption.add(ledger, strays);
        PoolBinding binding = withheld.bind(ledger.number(), pool, unreserved, false);
        pools.put(pool.name(), binding);
        fresh.add(binding);
        if (isKnown) {
            cooling.takeFrom(ledger, pool.addresses());
        }
    }

    private Ledger newLedger(Pool pool, StateSettings settings) {
        while (firstUnused < numbered.size() && numbered.get(firstUnused) != null) {
            firstUnused++;
        }
        Ledger ledger = new Ledger(firstUnused, pool.subnet(), settings);
        if (firstUnused == numbered.size()) {
            numbered.add(ledger);
        } else {
            numbered.set(firstUnused, ledger);
        }
        return ledger;
    }

    /**
     * Builds the contents of the defined pools, now that all cooling addresses that they may get
     * are known.
     */
    void complete(PoolCatalog catalog) {
        adoption.make();
        for (PoolBinding binding : fresh) {
            Ledger ledger = requireNonNull(numbered.get(binding.number()));
            contents.put(ledger, content(binding, ledger));
        }
        active = new ActiveCatalog(catalog, pools, detached.done(), numbered.toArray(new Ledger[0]), withheld);
    }

    private LedgerContent content(PoolBinding binding, Ledger ledger) {
        PoolBinding was = ledger.binding();
        CoolingQueue queue = cooling.queueFor(ledger, binding.pool().addresses());
        boolean isSame = was != null
                && queue == ledger.content().cooling()
                && was.isDividedAs(binding)
                && !adoption.isTo(ledger);
        return isSame ? ledger.content().with(binding) : LedgerContent.of(binding, ledger.records(), queue);
    }

    /** Replaces the state. */
    void apply(EngineState state) {
        contents.forEach(Ledger::apply);
        state.setUnpooled(cooling.unpooled());
        state.publish(requireNonNull(active));
    }
}
