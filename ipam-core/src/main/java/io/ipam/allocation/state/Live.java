package io.ipam.allocation.state;

import io.ipam.address.Address;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A catalog in force and the definitions of its pools. Invariant APART: no address is in two of the pools, detached ones included.
 *
 * <p>Thread safety: immutable, but for the ledgers, which have their locks.
 */
public final class Live {
    private final PoolCatalog catalog;
    private final Definitions pools;
    private final Definitions detached;

    Live(PoolCatalog catalog, Definitions pools, Definitions detached) {
        this.catalog = catalog;
        this.pools = pools;
        this.detached = detached;
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
     * {@return the pool that has an address, a detached one too; null when there is none} Cost: two binary searches, and a look at
     * each detached pool.
     *
     * @param address the address
     */
    public @Nullable Definition poolOf(Address address) {
        Optional<Pool> pool = catalog.poolOf(address);
        return pool.isPresent() ? pools.get(pool.get().name()) : detachedPoolOf(address);
    }

    private @Nullable Definition detachedPoolOf(Address address) {
        if (detached.size() == 0) {
            return null;
        }
        for (Definition definition : list(detached)) {
            if (definition.pool().addresses().contains(address)) {
                return definition;
            }
        }
        return null;
    }

    /** The pools of the catalog and the detached ones. */
    List<Definition> all() {
        List<Definition> all = new ArrayList<>(pools.size() + detached.size());
        pools.forEach(all::add);
        detached.forEach(all::add);
        return all;
    }

    Definitions pools() {
        return pools;
    }

    Definitions detached() {
        return detached;
    }

    /** The detached ones alone. */
    List<Definition> detachedPools() {
        return list(detached);
    }

    private static List<Definition> list(Definitions definitions) {
        List<Definition> list = new ArrayList<>(definitions.size());
        definitions.forEach(list::add);
        return list;
    }
}
