package io.ipam.allocation.state;

import io.ipam.allocation.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes a world that nobody sees yet: pools first, then records. Thread safety: none.
 */
final class WorldBuilder {
    private final PoolCatalog catalog;
    private final StateSettings settings;
    private final Map<String, Definition> pools = new HashMap<>();
    private final Map<String, Definition> detached = new HashMap<>();
    private final World world;

    WorldBuilder(PoolCatalog catalog, StateSettings settings) {
        this.catalog = catalog;
        this.settings = settings;
        world = new World(settings.events());
        for (Pool pool : catalog.pools()) {
            Ledger ledger = world.newLedger(pool.subnet(), settings.coolDownMillis());
            pools.put(pool.name(), define(ledger, pool, false));
        }
    }

    /** A pool that is not in the catalog: it takes releases only. */
    void addDetached(Pool pool) {
        Ledger ledger = world.newLedger(pool.subnet(), settings.coolDownMillis());
        detached.put(pool.name(), define(ledger, pool, true));
    }

    /** Whether a detached pool has an address of this one. */
    boolean overlapsDetached(Pool pool) {
        return detached.values().stream()
                .map(Definition::pool)
                .anyMatch(other ->
                        other.family() == pool.family() && other.addresses().overlaps(pool.addresses()));
    }

    private Definition define(Ledger ledger, Pool pool, boolean isDetached) {
        Definition definition = new Definition(ledger, pool, catalog.usable(pool), isDetached);
        ledger.define(definition);
        return definition;
    }

    /** The ledger of a pool, null when there is no such pool. */
    @org.jspecify.annotations.Nullable
    Definition pool(String name) {
        Definition definition = pools.get(name);
        return definition != null ? definition : detached.get(name);
    }

    /** Adds a record; false when the address is held. */
    boolean hold(Definition pool, long high, long low, Owner owner, String interfaceName, long generation) {
        Ledger ledger = pool.ledger();
        if (!ledger.restoreHeld(high, low, owner, interfaceName, generation)) {
            return false;
        }
        world.stripeOf(owner).owners().add(owner, ledger, ledger.slotOf(high, low));
        return true;
    }

    /** The world; the builder is done with. */
    World build(long lastGeneration) {
        world.lastGeneration().set(lastGeneration);
        world.publish(new Live(catalog, pools, detached));
        return world;
    }
}
