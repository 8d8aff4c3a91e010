package io.ipam.allocation.state;

import io.ipam.address.Address;
import io.ipam.pool.PoolCatalog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A catalog in force and the definitions of its pools.
 *
 * <p>Thread safety: immutable, but for the ledgers, which have their locks.
 */
public final class Live {
    private final PoolCatalog catalog;
    private final Map<String, Definition> pools;
    private final Map<String, Definition> detached;

    Live(PoolCatalog catalog, Map<String, Definition> pools, Map<String, Definition> detached) {
        this.catalog = catalog;
        this.pools = new HashMap<>(pools);
        this.detached = new HashMap<>(detached);
    }

    /** {@return the catalog} */
    public PoolCatalog catalog() {
        return catalog;
    }

    /**
     * {@return the definition of a pool of the catalog, null when there is none}
     *
     * @param pool the pool's name
     */
    public @Nullable Definition pool(String pool) {
        return pools.get(pool);
    }

    /**
     * {@return the definition of a pool of the catalog or of a detached one, null when there is none}
     *
     * @param pool the pool's name
     */
    public @Nullable Definition poolOrDetached(String pool) {
        Definition definition = pools.get(pool);
        return definition != null ? definition : detached.get(pool);
    }

    /**
     * {@return the pool in which an address lies, a detached one too; null when there is none} Cost: O(pools).
     *
     * @param address the address
     */
    public @Nullable Definition poolOf(Address address) {
        for (Definition definition : all()) {
            if (definition.pool().addresses().contains(address)) {
                return definition;
            }
        }
        return null;
    }

    /** The pools of the catalog and the detached ones. */
    List<Definition> all() {
        List<Definition> all = new ArrayList<>(pools.values());
        all.addAll(detached.values());
        return all;
    }

    Map<String, Definition> pools() {
        return pools;
    }

    Map<String, Definition> detached() {
        return detached;
    }
}
