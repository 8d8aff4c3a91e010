package io.ipam.allocation.state;

import io.ipam.address.Address;
import io.ipam.allocation.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a world that nobody sees yet: pools first, then what is held, then what cools down. Thread safety: none.
 */
final class WorldBuilder {
    private final PoolCatalog catalog;
    private final StateSettings settings;
    private final Definitions.Draft pools = Definitions.EMPTY.draft();
    private final Definitions.Draft detached = Definitions.EMPTY.draft();
    private final World world;
    /** The catalog and the pools so far; made again when a pool is added. */
    private Live live;

    WorldBuilder(PoolCatalog catalog, StateSettings settings) {
        this.catalog = catalog;
        this.settings = settings;
        world = new World(settings.events());
        for (Pool pool : catalog.pools()) {
            pools.put(define(pool, false));
        }
        live = new Live(catalog, pools.done(), detached.done());
    }

    /** A pool that is not in the catalog and has no address of another pool: it takes releases only. */
    void addDetached(Pool pool) {
        Definitions.Draft more = live.detached().draft();
        more.put(define(pool, true));
        live = new Live(catalog, live.pools(), more.done());
    }

    /** Whether some other pool has an address of this one. */
    boolean overlapsAnother(Pool pool) {
        return live.all().stream()
                .map(Definition::pool)
                .anyMatch(other ->
                        other.family() == pool.family() && other.addresses().overlaps(pool.addresses()));
    }

    private Definition define(Pool pool, boolean isDetached) {
        Ledger ledger = world.newLedger(pool.subnet(), settings.coolDownMillis());
        Definition definition = new Definition(ledger, pool, catalog.usable(pool), isDetached);
        world.places().enter(ledger);
        ledger.define(definition);
        return definition;
    }

    /** The pool of that name, null when there is none. */
    @Nullable
    Definition pool(String name) {
        return live.poolOrDetached(name);
    }

    /** The pool that has an address, null when there is none. */
    @Nullable
    Definition poolOf(Address address) {
        return live.poolOf(address);
    }

    /** Adds a record; false when the address is held. */
    boolean hold(Definition pool, long high, long low, Owner owner, String interfaceName, long generation) {
        Ledger ledger = pool.ledger();
        int slot = ledger.restoreHeld(high, low, owner, interfaceName, generation);
        if (slot == RecordTable.NONE) {
            return false;
        }
        world.stripeOf(owner).owners().add(owner, Hash.ofIdentity(owner), ledger, slot);
        return true;
    }

    /** Lets an address that nobody holds cool down without a pool, until {@link #cool} finds its pool. */
    void addStray(StrayCooling.Stray stray) {
        world.strays().put(stray);
    }

    /**
     * Lets addresses cool down in the pools that have them, and takes in the strays that each pool has; the later release of an
     * address counts.
     *
     * @param own by pool, addresses of that pool, each once
     */
    void cool(Map<Definition, List<LedgerReader.Cooling>> own) {
        for (Definition pool : live.all()) {
            List<LedgerReader.Cooling> entries = own.getOrDefault(pool, List.of());
            List<StrayCooling.Stray> strays = world.strays().takeOf(pool.pool().addresses());
            pool.ledger().mergeCooling(strays.isEmpty() ? entries : merged(pool, entries, strays));
        }
    }

    private static List<LedgerReader.Cooling> merged(
            Definition pool, List<LedgerReader.Cooling> entries, List<StrayCooling.Stray> strays) {
        String name = pool.pool().name();
        StrayCooling all = new StrayCooling();
        strays.forEach(all::put);
        for (LedgerReader.Cooling entry : entries) {
            Address address = pool.ledger().address(entry.high(), entry.low());
            all.put(new StrayCooling.Stray(name, address, entry.lastOwner(), entry.releasedMillis()));
        }
        return all.all().stream().map(StrayCooling.Stray::toCooling).toList();
    }

    /** The world; the builder is done with. */
    World build(long lastGeneration) {
        world.lastGeneration().set(lastGeneration);
        world.publish(live);
        return world;
    }
}
