package io.ipam.engine.state;

import io.ipam.address.Address;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The current catalog, the bindings of its pools, the detached pools, and the ledgers of all of
 * them.
 *
 * <p>Invariants: APART: no address is in two of the pools, detached ones included. NUMBERED: the
 * ledger of number n is at index n. A ledger with records stays, under its number, in every catalog
 * that follows.
 *
 * <p>Cost: a lookup by name or number is O(1), by address two binary searches. Thread safety:
 * immutable, except for the ledgers, which have their locks.
 */
public final class ActiveCatalog {
    private final PoolCatalog catalog;
    private final Map<String, PoolBinding> pools;
    private final DetachedPools detached;
    private final @Nullable Ledger[] ledgers;
    private final Withheld withheld;

    /** Uses its arguments without a copy; no other code may change them. */
    public ActiveCatalog(
            PoolCatalog catalog,
            Map<String, PoolBinding> pools,
            DetachedPools detached,
            @Nullable Ledger[] ledgers,
            Withheld withheld) {
        this.catalog = catalog;
        this.pools = pools;
        this.detached = detached;
        this.ledgers = ledgers;
        this.withheld = withheld;
    }

    /** {@return the catalog} */
    public PoolCatalog catalog() {
        return catalog;
    }

    /** Whether any address of a pool is draining. Cost: O(pools). */
    public boolean isDraining() {
        return catalog.pools().stream()
                .anyMatch(pool -> !pool.drainingAddresses().isEmpty());
    }

    /** The bindings of the catalog's pools by name. */
    public Map<String, PoolBinding> pools() {
        return pools;
    }

    /** {@return the detached pools} */
    public DetachedPools detached() {
        return detached;
    }

    /** The strays and the closed pools. */
    public Withheld withheld() {
        return withheld;
    }

    /** The binding of a pool of the catalog or of a detached one, null if there is none. */
    public @Nullable PoolBinding poolOrDetached(String pool) {
        PoolBinding binding = pools.get(pool);
        return binding != null ? binding : detached.get(pool);
    }

    /**
     * The binding of the pool that contains an address, a detached one included; null if there is
     * none.
     */
    public @Nullable PoolBinding poolOf(Address address) {
        Optional<Pool> pool = catalog.poolOf(address);
        return pool.isPresent() ? pools.get(pool.get().name()) : detached.poolOf(address);
    }

    /** The bindings of the catalog's pools and of the detached ones. */
    public List<PoolBinding> all() {
        List<PoolBinding> all = new ArrayList<>(pools.values());
        all.addAll(detached.all());
        return all;
    }

    /** The ledger of a binding of this catalog. */
    public Ledger ledger(PoolBinding binding) {
        return ledger(binding.number());
    }

    /** The ledger of a number. */
    public Ledger ledger(int number) {
        Ledger ledger = ledgerOrNull(number);
        if (ledger == null) {
            throw new IllegalStateException("no ledger " + number);
        }
        return ledger;
    }

    /** The ledger of a number, null if there is none. */
    @Nullable
    Ledger ledgerOrNull(int number) {
        return number < ledgers.length ? ledgers[number] : null;
    }

    /** All ledgers by ascending number. */
    public List<Ledger> ledgers() {
        List<Ledger> all = new ArrayList<>(ledgers.length);
        for (Ledger ledger : ledgers) {
            if (ledger != null) {
                all.add(ledger);
            }
        }
        return all;
    }

    /** A mutable copy of the ledgers, by number. */
    public List<@Nullable Ledger> numbered() {
        List<@Nullable Ledger> copy = new ArrayList<>(ledgers.length + 1);
        for (@Nullable Ledger ledger : ledgers) {
            copy.add(ledger);
        }
        return copy;
    }

    /** The same catalog without some detached pools that have become empty. */
    public ActiveCatalog without(Collection<PoolBinding> emptied) {
        @Nullable Ledger[] rest = ledgers.clone();
        DetachedPools.Draft draft = detached.draft();
        Withheld open = withheld;
        for (PoolBinding binding : emptied) {
            rest[binding.number()] = null;
            draft.remove(binding);
            open = open.withOpen(binding.pool().name());
        }
        return new ActiveCatalog(catalog, pools, draft.done(), rest, open);
    }

    /**
     * The same content under a new version of the catalog. Resolutions of this version are then
     * outdated, so that none is refused for lack of a pool that has been opened.
     */
    public ActiveCatalog reissued() {
        PoolCatalog copy = PoolCatalog.of(catalog.pools(), catalog.reservedRanges());
        return new ActiveCatalog(copy, pools, detached, ledgers, withheld);
    }

    /** The same catalog with other addresses withheld and other bindings of some pools. */
    public ActiveCatalog with(Withheld next, Collection<PoolBinding> bindings) {
        Map<String, PoolBinding> changed = new HashMap<>(pools);
        DetachedPools.Draft draft = detached.draft();
        for (PoolBinding binding : bindings) {
            if (binding.isDetached()) {
                draft.add(binding);
            } else {
                changed.put(binding.pool().name(), binding);
            }
        }
        return new ActiveCatalog(catalog, changed, draft.done(), ledgers, next);
    }
}
