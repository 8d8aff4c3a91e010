package io.ipam.model;

import io.ipam.address.Address;
import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.HeldAddress;
import io.ipam.allocation.Holding;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.PoolUsage;
import io.ipam.allocation.StateSnapshot;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.UsageView;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The model state, in maps and lists. Every query reads everything. */
final class Facts implements UsageView {
    record Held(String pool, Address address, Owner owner, String interfaceName, long generation) {
        HeldAddress toHeldAddress() {
            return new HeldAddress(address, Optional.of(owner), interfaceName, pool, generation, false);
        }
    }

    /** The pool is the last pool of the address; the address cools down in the pool that has it. */
    record Cooling(String pool, Address address, Owner lastOwner, long stamp, boolean stray) {}

    final AllocationOrder order;
    final long coolDown;
    PoolCatalog catalog;
    Map<String, Pool> detached = new TreeMap<>();
    Map<Address, Held> held = new TreeMap<>();
    /** In the order of release. */
    List<Cooling> cooling = new ArrayList<>();

    Map<String, Address> lastGranted = new HashMap<>();
    Map<Long, Long> suspectedSince = new HashMap<>();
    long now = Long.MIN_VALUE;
    long lastGeneration;
    /** All tokens that were ever assigned. */
    Set<Long> generations = new HashSet<>();

    Facts(PoolCatalog catalog, AllocationOrder order, long coolDown) {
        this.catalog = catalog;
        this.order = order;
        this.coolDown = coolDown;
    }

    void tick(long clock) {
        now = Math.max(now, clock);
        cooling.removeIf(entry -> now - entry.stamp >= coolDown);
    }

    Pool pool(String name) {
        return catalog.pool(name).orElseGet(() -> detached.get(name));
    }

    boolean isUsable(String pool, Address address) {
        return pool(pool).addresses().contains(address)
                && !catalog.reserved(pool(pool).family()).contains(address);
    }

    /** Usable, not held, not cooling; ascending. */
    List<Address> free(String pool) {
        List<Address> free = new ArrayList<>();
        pool(pool).addresses().ranges().forEach(range -> {
            for (Address a = range.first(); ; a = a.next()) {
                if (isUsable(pool, a) && !held.containsKey(a) && !isCooling(pool, a)) {
                    free.add(a);
                }
                if (a.equals(range.last())) {
                    break;
                }
            }
        });
        return free;
    }

    boolean isCooling(String pool, Address address) {
        return cooling.stream().anyMatch(entry -> entry.pool.equals(pool) && entry.address.equals(address));
    }

    List<Cooling> coolingUsable(String pool) {
        return cooling.stream()
                .filter(entry -> entry.pool.equals(pool) && isUsable(pool, entry.address))
                .toList();
    }

    List<Held> heldIn(String pool) {
        return held.values().stream().filter(h -> h.pool.equals(pool)).toList();
    }

    Optional<HeldAddress> holder(Address address) {
        return held.values().stream()
                .filter(h -> h.address.equals(address))
                .map(Held::toHeldAddress)
                .findFirst();
    }

    List<HeldAddress> heldAddressesOf(Owner owner) {
        return heldUnder(owner).stream().map(Held::toHeldAddress).toList();
    }

    List<Held> heldUnder(Owner owner) {
        return held.values().stream().filter(h -> h.owner.isSameAs(owner)).toList();
    }

    void hold(Held record) {
        cooling.removeIf(entry -> entry.address.equals(record.address));
        if (held.put(record.address, record) != null) {
            throw new AssertionError(record.address + " is held twice");
        }
        lastGranted.put(record.pool, record.address);
    }

    void release(Held record) {
        held.remove(record.address);
        if (coolDown > 0) {
            cool(new Cooling(record.pool, record.address, record.owner, now, false));
        }
        dropEmptied();
    }

    /** After the addresses that were released before it or together with it. */
    void cool(Cooling entry) {
        int at = 0;
        while (at < cooling.size() && cooling.get(at).stamp <= entry.stamp) {
            at++;
        }
        cooling.add(at, entry);
    }

    /** A removed pool disappears with its last held address. */
    void dropEmptied() {
        detached.keySet().removeIf(name -> heldIn(name).isEmpty());
        lastGranted.keySet().removeIf(name -> pool(name) == null);
        moveCooling();
    }

    /** The name of the pool that has an address now; null if there is none. */
    String poolOf(Address address) {
        List<Pool> all = new ArrayList<>(catalog.pools());
        all.addAll(detached.values());
        return all.stream()
                .filter(pool -> pool.addresses().contains(address))
                .map(Pool::name)
                .findFirst()
                .orElse(null);
    }

    /** Cooling addresses move with their address: to the pool that has it now, or to no pool. */
    void moveCooling() {
        List<Cooling> moves = new ArrayList<>();
        for (Cooling entry : cooling) {
            String home = poolOf(entry.address);
            if (home == null) {
                moves.add(new Cooling(entry.pool, entry.address, entry.lastOwner, entry.stamp, true));
            } else if (entry.stray || !home.equals(entry.pool)) {
                moves.add(new Cooling(home, entry.address, entry.lastOwner, entry.stamp, false));
            }
        }
        cooling.removeIf(entry -> moves.stream().anyMatch(move -> move.address.equals(entry.address)));
        moves.sort(Comparator.comparingLong(Cooling::stamp).thenComparing(Cooling::address));
        moves.forEach(this::cool);
    }

    @Override
    public List<Holding> heldBy(Owner owner) {
        return heldUnder(owner).stream()
                .map(h -> new Holding(
                        h.interfaceName, h.address.family(), h.pool, h.address, h.generation, h.owner.uid()))
                .toList();
    }

    @Override
    public Optional<PoolUsage> usage(String name) {
        Pool pool = pool(name);
        if (pool == null) {
            return Optional.empty();
        }
        BigInteger total = pool.addresses().size();
        long heldHere = heldIn(name).size();
        long coolingHere = coolingUsable(name).size();
        BigInteger free = BigInteger.valueOf(free(name).size());
        BigInteger reserved = total.subtract(free).subtract(BigInteger.valueOf(heldHere + coolingHere));
        long statics =
                free(name).stream().filter(pool.staticAddresses()::contains).count();
        return Optional.of(
                new PoolUsage(name, total, heldHere, coolingHere, reserved, free, BigInteger.valueOf(statics), 0));
    }

    StateSnapshot snapshot() {
        List<PoolSnapshot> pools = new ArrayList<>();
        catalog.pools().forEach(pool -> pools.add(snapshot(pool, Optional.empty())));
        detached.values().forEach(pool -> pools.add(snapshot(pool, Optional.of(pool))));
        cooling.stream()
                .map(Cooling::pool)
                .distinct()
                .filter(name -> pool(name) == null)
                .forEach(name -> pools.add(
                        new PoolSnapshot(name, Optional.empty(), Optional.empty(), List.of(), coolingOf(name))));
        pools.removeIf(pool -> pool.held().isEmpty()
                && pool.cooling().isEmpty()
                && pool.lastGranted().isEmpty());
        return new StateSnapshot(lastGeneration, pools);
    }

    private PoolSnapshot snapshot(Pool pool, Optional<Pool> detachedPool) {
        String name = pool.name();
        return new PoolSnapshot(
                name,
                detachedPool,
                Optional.ofNullable(lastGranted.get(name)),
                heldIn(name).stream()
                        .map(h -> new PoolSnapshot.Held(h.address, h.owner, h.interfaceName, h.generation))
                        .toList(),
                coolingOf(name));
    }

    private List<PoolSnapshot.Cooling> coolingOf(String pool) {
        return cooling.stream()
                .filter(entry -> entry.pool.equals(pool))
                .map(entry ->
                        new PoolSnapshot.Cooling(entry.address, entry.lastOwner, Instant.ofEpochMilli(entry.stamp)))
                .toList();
    }
}
