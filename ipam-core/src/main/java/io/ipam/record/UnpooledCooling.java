package io.ipam.record;

import io.ipam.address.Address;
import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import io.ipam.owner.Owner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The cooling addresses that belong to no pool: their pool was removed or has lost them, and no
 * other pool has them. They are stored so that a later pool with these addresses does not allocate
 * them too soon.
 *
 * <p>An address has at most one entry. Entries that have cooled down are removed with the next
 * change of the catalog or the next export.
 *
 * <p>Cost: O(log n) to add or to remove an entry, about 200 B per entry. Thread safety: guarded by
 * the swap lock.
 */
public final class UnpooledCooling {
    /** Earlier releases first; for one time, the lower address first. */
    public static final Comparator<Unpooled> BY_RELEASE =
            Comparator.comparingLong(Unpooled::releasedMillis).thenComparing(Unpooled::address);

    private final NavigableMap<Address, Unpooled> byAddress = new TreeMap<>();
    private final TreeSet<Unpooled> byRelease = new TreeSet<>(BY_RELEASE);

    /**
     * A cooling address without a pool.
     *
     * @param pool the last pool of the address
     * @param address the address
     * @param lastOwner the owner that released it
     * @param releasedMillis the time of the release
     */
    public record Unpooled(String pool, Address address, Owner lastOwner, long releasedMillis) {
        /** {@return a copy as an entry of a pool} */
        public Cooling toCooling() {
            return new Cooling(address.high(), address.low(), lastOwner, releasedMillis);
        }
    }

    /** Creates an object without entries. */
    public UnpooledCooling() {}

    /** Adds an entry. If the address has one already, the later release is kept. */
    public void put(Unpooled entry) {
        Unpooled other = byAddress.get(entry.address());
        if (other == null || other.releasedMillis() < entry.releasedMillis()) {
            byAddress.put(entry.address(), entry);
            byRelease.add(entry);
            if (other != null) {
                byRelease.remove(other);
            }
        }
    }

    /**
     * Removes the entries whose address is in a set; returns them, earlier releases first. Cost:
     * O(log n) per range and per removed entry.
     */
    public List<Unpooled> takeOf(AddressSet addresses) {
        List<Unpooled> taken = new ArrayList<>();
        if (!byAddress.isEmpty()) {
            for (AddressRange range : addresses.ranges()) {
                NavigableMap<Address, Unpooled> found = byAddress.subMap(range.first(), true, range.last(), true);
                taken.addAll(found.values());
                found.clear();
            }
            taken.forEach(byRelease::remove);
            taken.sort(BY_RELEASE);
        }
        return taken;
    }

    /** Removes the entries that have cooled down. */
    public void advance(long nowMillis, long coolDownMillis) {
        while (!byRelease.isEmpty() && CoolDown.isOver(byRelease.first().releasedMillis(), nowMillis, coolDownMillis)) {
            byAddress.remove(byRelease.pollFirst().address());
        }
    }

    /** {@return whether any entry's address is in a set} Cost: O(log n) per range. */
    public boolean hasAnyOf(AddressSet addresses) {
        return !byAddress.isEmpty()
                && addresses.ranges().stream()
                        .anyMatch(range -> !byAddress
                                .subMap(range.first(), true, range.last(), true)
                                .isEmpty());
    }

    /** {@return an independent copy} */
    public UnpooledCooling copy() {
        UnpooledCooling copy = new UnpooledCooling();
        copy.byAddress.putAll(byAddress);
        copy.byRelease.addAll(byRelease);
        return copy;
    }

    /** {@return all entries, by address} */
    public List<Unpooled> all() {
        return List.copyOf(byAddress.values());
    }
}
