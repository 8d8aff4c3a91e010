package io.ipam.model;

import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.StateSnapshot;
import io.ipam.pool.Pool;
import java.util.Comparator;

/** Applies a snapshot to the facts, under the current catalog. */
final class NaiveRestore {
    private final Facts facts;
    private final StateSnapshot snapshot;
    private int bad;

    NaiveRestore(Facts facts, StateSnapshot snapshot) {
        this.facts = facts;
        this.snapshot = snapshot;
    }

    /**
     * The number of problems. Cooling addresses are ordered by release, then by address, regardless
     * of their former order.
     */
    int make() {
        facts.held.clear();
        facts.cooling.clear();
        facts.detached.clear();
        facts.lastGranted.clear();
        snapshot.pools().forEach(this::hold);
        snapshot.pools().forEach(this::cool);
        facts.moveCooling();
        facts.cooling.sort(Comparator.comparingLong(Facts.Cooling::stamp).thenComparing(Facts.Cooling::address));
        facts.tick(facts.now);
        return bad;
    }

    private void hold(PoolSnapshot saved) {
        Pool pool = facts.catalog.pool(saved.pool()).orElse(null);
        if (pool == null && !saved.held().isEmpty() && saved.detached().isPresent()) {
            pool = detached(saved.detached().get());
        }
        if (pool == null) {
            bad += saved.held().isEmpty() ? 0 : 1;
            return;
        }
        for (PoolSnapshot.Held h : saved.held()) {
            if (pool.addresses().contains(h.address())) {
                facts.held.put(
                        h.address(),
                        new Facts.Held(pool.name(), h.address(), h.owner(), h.interfaceName(), h.generation()));
            } else {
                bad++;
            }
        }
        if (saved.lastGranted().isPresent()
                && pool.subnet().contains(saved.lastGranted().get())) {
            facts.lastGranted.put(pool.name(), saved.lastGranted().get());
        }
    }

    /** The pool, which accepts releases from now on; null if another pool has its range. */
    private Pool detached(Pool pool) {
        boolean isOthers = facts.catalog.pools().stream()
                .anyMatch(other ->
                        other.family() == pool.family() && other.addresses().overlaps(pool.addresses()));
        if (!isOthers) {
            facts.detached.put(pool.name(), pool);
        }
        return isOthers ? null : pool;
    }

    private void cool(PoolSnapshot saved) {
        for (PoolSnapshot.Cooling entry : saved.cooling()) {
            if (facts.held.containsKey(entry.address())) {
                bad++;
            } else {
                long released = Math.min(entry.releasedAt().toEpochMilli(), facts.now);
                facts.cool(new Facts.Cooling(saved.pool(), entry.address(), entry.lastOwner(), released, false));
            }
        }
    }
}
