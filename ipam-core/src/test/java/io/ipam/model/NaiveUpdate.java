package io.ipam.model;

import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.util.Map;
import java.util.TreeMap;

/** Decides whether a catalog may replace the current one, and applies it. */
final class NaiveUpdate {
    private final Facts facts;
    private final PoolCatalog next;

    NaiveUpdate(Facts facts, PoolCatalog next) {
        this.facts = facts;
        this.next = next;
    }

    boolean isAllowed(boolean force) {
        for (Pool pool : facts.catalog.pools()) {
            boolean isInUse = !facts.heldIn(pool.name()).isEmpty();
            if (next.pool(pool.name()).isEmpty() && isInUse && !force) {
                return false;
            }
            if (next.pool(pool.name()).isPresent()
                    && !fits(pool, next.pool(pool.name()).get())) {
                return false;
            }
        }
        for (Pool pool : facts.detached.values()) {
            if (next.pool(pool.name()).isPresent()
                    && !fits(pool, next.pool(pool.name()).get())) {
                return false;
            }
        }
        return next.pools().stream().noneMatch(this::overlapsDetached);
    }

    private boolean fits(Pool before, Pool after) {
        return before.subnet().equals(after.subnet())
                && facts.heldIn(before.name()).stream()
                        .allMatch(h -> after.addresses().contains(h.address()));
    }

    private boolean overlapsDetached(Pool pool) {
        boolean stays = facts.catalog
                .pool(pool.name())
                .filter(before -> before.addresses().equals(pool.addresses()))
                .isPresent();
        return !stays
                && detachedAfterwards().values().stream()
                        .filter(other -> !facts.heldIn(other.name()).isEmpty())
                        .anyMatch(other -> other.family() == pool.family()
                                && other.addresses().overlaps(pool.addresses()));
    }

    private Map<String, Pool> detachedAfterwards() {
        Map<String, Pool> detached = new TreeMap<>(facts.detached);
        facts.catalog.pools().forEach(pool -> detached.put(pool.name(), pool));
        next.pools().forEach(pool -> detached.remove(pool.name()));
        return detached;
    }

    void make() {
        for (Pool pool : next.pools()) {
            Pool before = facts.pool(pool.name());
            if (before == null || !before.subnet().equals(pool.subnet())) {
                facts.lastGranted.remove(pool.name());
            }
        }
        facts.detached = detachedAfterwards();
        facts.catalog = next;
        facts.dropEmptied();
    }
}
