package io.ipam.engine.state;

import io.ipam.address.Address;
import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.pool.Pool;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The pools that were removed while addresses of them were held: they accept releases until they
 * are empty. No two of them have an address in common.
 *
 * <p>Cost: a lookup by name is O(1), by address O(log ranges); a change copies both indexes. Thread
 * safety: immutable.
 */
public final class DetachedPools {
    static final DetachedPools NONE = new DetachedPools(new HashMap<>(), new TreeMap<>());

    private final Map<String, PoolBinding> byName;
    /** By the first address of each range. */
    private final NavigableMap<Address, PoolBinding> byRange;

    private DetachedPools(Map<String, PoolBinding> byName, NavigableMap<Address, PoolBinding> byRange) {
        this.byName = byName;
        this.byRange = byRange;
    }

    /** {@return the pool of a name, null if there is none} */
    public @Nullable PoolBinding get(String pool) {
        return byName.get(pool);
    }

    /** {@return all pools} */
    public Collection<PoolBinding> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /** The pool that contains an address, null if there is none. */
    @Nullable
    PoolBinding poolOf(Address address) {
        return poolOf(address, byRange);
    }

    private static @Nullable PoolBinding poolOf(Address address, NavigableMap<Address, PoolBinding> byRange) {
        Map.Entry<Address, PoolBinding> below = byRange.floorEntry(address);
        return below != null && below.getValue().pool().addresses().contains(address) ? below.getValue() : null;
    }

    /** A mutable copy of these pools. */
    public Draft draft() {
        return new Draft(new HashMap<>(byName), new TreeMap<>(byRange));
    }

    /**
     * Detached pools while they are changed. Cost: O(log ranges) for each range. Thread safety:
     * none.
     */
    public static final class Draft {
        private final Map<String, PoolBinding> byName;
        private final NavigableMap<Address, PoolBinding> byRange;

        private Draft(Map<String, PoolBinding> byName, NavigableMap<Address, PoolBinding> byRange) {
            this.byName = byName;
            this.byRange = byRange;
        }

        /** Adds a pool that overlaps none. */
        public void add(PoolBinding binding) {
            byName.put(binding.pool().name(), binding);
            binding.pool().addresses().ranges().forEach(range -> byRange.put(range.first(), binding));
        }

        /** Removes a pool. */
        public void remove(PoolBinding binding) {
            byName.remove(binding.pool().name(), binding);
            binding.pool().addresses().ranges().forEach(range -> byRange.remove(range.first(), binding));
        }

        @Nullable
        PoolBinding get(String pool) {
            return byName.get(pool);
        }

        /** The pool that contains an address, null if there is none. */
        @Nullable
        PoolBinding poolOf(Address address) {
            return DetachedPools.poolOf(address, byRange);
        }

        /** Whether one of the pools has an address of this one. */
        boolean overlaps(Pool pool) {
            return pool.addresses().ranges().stream().anyMatch(this::overlaps);
        }

        private boolean overlaps(AddressRange range) {
            Map.Entry<Address, PoolBinding> below = byRange.floorEntry(range.last());
            return below != null && below.getValue().pool().addresses().overlaps(AddressSet.of(range));
        }

        /** The pools; the draft must not be used afterwards. */
        public DetachedPools done() {
            return new DetachedPools(byName, byRange);
        }
    }
}
