package io.ipam.engine.state;

import io.ipam.address.Address;
import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.allocation.Stray;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.pool.Pool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that no pool may allocate although they are not reserved: strays, and all addresses
 * of closed pools.
 *
 * <p>Cost: a lookup is O(log n); a change copies everything. Thread safety: immutable.
 */
public final class Withheld {
    static final Withheld NONE = new Withheld(new TreeMap<>(), Set.of());

    private final NavigableMap<Address, Stray> byAddress;
    private final Set<String> closedPools;
    private final Map<Family, AddressSet> addresses = new EnumMap<>(Family.class);

    private Withheld(NavigableMap<Address, Stray> byAddress, Set<String> closedPools) {
        this.byAddress = byAddress;
        this.closedPools = closedPools;
        for (Family family : Family.values()) {
            addresses.put(
                    family,
                    AddressSet.of(
                            family,
                            byAddress.keySet().stream()
                                    .filter(address -> address.family() == family)
                                    .map(AddressRange::of)
                                    .toList()));
        }
    }

    static Withheld of(Collection<Stray> strays, Set<String> closedPools) {
        NavigableMap<Address, Stray> byAddress = new TreeMap<>();
        strays.forEach(stray -> byAddress.put(stray.address(), stray));
        return new Withheld(byAddress, Set.copyOf(closedPools));
    }

    /** The stray of an address, null if there is none. */
    public @Nullable Stray get(Address address) {
        return byAddress.get(address);
    }

    /** All strays, by address. */
    public Collection<Stray> all() {
        return Collections.unmodifiableCollection(byAddress.values());
    }

    /** The strays whose records name a pool, and the pool itself if it is closed. */
    Withheld notedIn(String pool) {
        return of(
                byAddress.values().stream()
                        .filter(stray -> stray.pool().equals(pool))
                        .toList(),
                closedPools.contains(pool) ? Set.of(pool) : Set.of());
    }

    /** The pools that allocate no address until they are opened. */
    public Set<String> closedPools() {
        return closedPools;
    }

    /** The binding of a pool to the ledger of a number. */
    public PoolBinding bind(int number, Pool pool, AddressSet unreserved, boolean detached) {
        AddressSet strays = addresses.getOrDefault(pool.family(), AddressSet.empty(pool.family()));
        if (closedPools.contains(pool.name())) {
            return new PoolBinding(number, pool, AddressSet.empty(pool.family()), countIn(pool), detached);
        }
        return strays.overlaps(pool.addresses())
                ? new PoolBinding(number, pool, unreserved.minus(strays), countIn(pool), detached)
                : new PoolBinding(number, pool, unreserved, 0, detached);
    }

    private int countIn(Pool pool) {
        return in(pool.addresses()).size();
    }

    /** The strays in a set, by address. */
    List<Stray> in(AddressSet set) {
        List<Stray> found = new ArrayList<>();
        for (AddressRange range : set.ranges()) {
            found.addAll(
                    byAddress.subMap(range.first(), true, range.last(), true).values());
        }
        return found;
    }

    /** The strays that become allocations of their owners if this pool is defined. */
    public List<Stray> adoptedBy(Pool pool) {
        return in(pool.addresses()).stream()
                .filter(stray -> isAdoptedBy(pool.name(), stray))
                .toList();
    }

    /** Whether a stray becomes an allocation of its owner in a pool that has its address. */
    static boolean isAdoptedBy(String pool, Stray stray) {
        return stray.pool().equals(pool) && stray.owner().isPresent();
    }

    /** {@return a copy without some strays} */
    public Withheld without(Collection<Stray> fewer) {
        if (fewer.isEmpty()) {
            return this;
        }
        NavigableMap<Address, Stray> rest = new TreeMap<>(byAddress);
        fewer.forEach(stray -> rest.remove(stray.address()));
        return new Withheld(rest, closedPools);
    }

    /** A copy in which a pool is not closed, because it was opened or has ended. */
    public Withheld withOpen(String pool) {
        if (!closedPools.contains(pool)) {
            return this;
        }
        Set<String> rest = new HashSet<>(closedPools);
        rest.remove(pool);
        return new Withheld(byAddress, Set.copyOf(rest));
    }
}
