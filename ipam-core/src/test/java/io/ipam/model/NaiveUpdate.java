package io.ipam.model;

import io.ipam.address.Address;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Says whether another catalog may be put in force, and makes it so. */
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
            boolean counts = !facts.heldIn(pool.name()).isEmpty();
            if (counts
                    && next.pool(pool.name()).isPresent()
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
        Set<String> fresh = new HashSet<>();
        Set<String> moved = new HashSet<>();
        for (Pool pool : next.pools()) {
            boolean isKept = facts.catalog
                    .pool(pool.name())
                    .filter(before ->
                            before.equals(pool) && facts.catalog.usable(before).equals(next.usable(pool)))
                    .isPresent();
            if (!isKept) {
                fresh.add(pool.name());
            }
            Pool before = facts.pool(pool.name());
            if (before == null || !before.subnet().equals(pool.subnet())) {
                moved.add(pool.name());
                facts.lastGranted.remove(pool.name());
                facts.lastStamp.remove(pool.name());
            }
        }
        facts.detached = detachedAfterwards();
        facts.catalog = next;
        moveCooling(fresh);
        facts.cooling.removeIf(entry -> moved.contains(entry.pool())
                && !next.pool(entry.pool()).orElseThrow().subnet().contains(entry.address()));
        facts.detached
                .keySet()
                .removeIf(name -> facts.heldIn(name).isEmpty()
                        && facts.cooling.stream()
                                .noneMatch(entry -> entry.pool().equals(name)));
        facts.lastGranted.keySet().removeIf(name -> facts.pool(name) == null);
        facts.lastStamp.keySet().removeIf(name -> facts.pool(name) == null);
    }

    /** What cools down goes with the range. */
    private void moveCooling(Set<String> fresh) {
        List<Facts.Cooling> moves = new ArrayList<>();
        for (Facts.Cooling entry : List.copyOf(facts.cooling)) {
            boolean isAtHome = next.pool(entry.pool())
                    .filter(pool -> pool.addresses().contains(entry.address()))
                    .isPresent();
            if (!isAtHome && home(fresh, entry.address()) != null) {
                facts.cooling.remove(entry);
                moves.add(entry);
            }
        }
        moves.sort(Comparator.comparingLong(Facts.Cooling::stamp));
        for (Facts.Cooling entry : moves) {
            String to = home(fresh, entry.address());
            if (!facts.isCooling(to, entry.address()) && !facts.held.containsKey(entry.address())) {
                facts.cool(to, entry.address(), entry.lastOwner(), entry.stamp());
            }
        }
    }

    private String home(Set<String> fresh, Address address) {
        return fresh.stream()
                .filter(name -> facts.isUsable(name, address))
                .findFirst()
                .orElse(null);
    }
}
