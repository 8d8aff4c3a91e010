package io.ipam.model;

import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.StateSnapshot;
import io.ipam.pool.Pool;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes what a snapshot says the case, in the catalog in force. */
final class NaiveRestore {
    private final Facts facts;
    private final StateSnapshot snapshot;
    private int bad;

    NaiveRestore(Facts facts, StateSnapshot snapshot) {
        this.facts = facts;
        this.snapshot = snapshot;
    }

    /** The number of problems. */
    int make() {
        facts.held.clear();
        facts.cooling.clear();
        facts.detached.clear();
        facts.lastGranted.clear();
        facts.lastStamp.clear();
        snapshot.pools().forEach(this::make);
        facts.cooling.sort(Comparator.comparingLong(Facts.Cooling::stamp));
        facts.cooling.removeIf(entry -> facts.now - entry.stamp() >= facts.coolDown);
        return bad;
    }

    private void make(PoolSnapshot saved) {
        Pool pool = facts.catalog.pool(saved.pool()).orElse(null);
        if (pool == null && saved.detached().isPresent()) {
            pool = saved.detached().get();
            Pool lost = pool;
            if (facts.catalog.pools().stream()
                    .anyMatch(other ->
                            other.family() == lost.family() && other.addresses().overlaps(lost.addresses()))) {
                bad++;
                return;
            }
            facts.detached.put(pool.name(), pool);
        }
        if (pool == null) {
            bad++;
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
        cool(saved, pool);
        if (saved.lastGranted().isPresent()
                && pool.subnet().contains(saved.lastGranted().get())) {
            facts.lastGranted.put(pool.name(), saved.lastGranted().get());
        }
    }

    private void cool(PoolSnapshot saved, Pool pool) {
        List<PoolSnapshot.Cooling> good = new ArrayList<>();
        for (PoolSnapshot.Cooling entry : saved.cooling()) {
            if (pool.addresses().contains(entry.address())) {
                good.add(entry);
            } else {
                bad++;
            }
        }
        good.sort(Comparator.comparing(PoolSnapshot.Cooling::releasedAt));
        good.forEach(entry -> facts.cool(
                pool.name(),
                entry.address(),
                entry.lastOwner(),
                Math.min(entry.releasedAt().toEpochMilli(), facts.now)));
    }
}
