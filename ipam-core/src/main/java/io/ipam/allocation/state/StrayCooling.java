package io.ipam.allocation.state;

import io.ipam.address.Address;
import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import io.ipam.allocation.Owner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The addresses that cool down and are of no pool: their pool was removed, or has lost them, and no other pool has got them. They
 * are kept so that a pool that gets them later does not hand them out too soon.
 *
 * <p>Cost: some 200 B for each, O(log n) to put one in or to take one out. There is one entry at most for an address, for as long as
 * it cools down; what has cooled down goes with the next change of the catalog or the next export. Thread safety: none, the swap
 * lock guards it.
 */
final class StrayCooling {
    /** Earlier releases first; of one moment, the lower address. */
    static final Comparator<Stray> BY_RELEASE =
            Comparator.comparingLong(Stray::releasedMillis).thenComparing(Stray::address);

    private final NavigableMap<Address, Stray> byAddress = new TreeMap<>();
    private final TreeSet<Stray> byRelease = new TreeSet<>(BY_RELEASE);

    /**
     * An address that cools down.
     *
     * @param pool the pool that it was of last
     * @param address the address
     * @param lastOwner who held it
     * @param releasedMillis when it was released
     */
    record Stray(String pool, Address address, Owner lastOwner, long releasedMillis) {
        LedgerReader.Cooling toCooling() {
            return new LedgerReader.Cooling(address.high(), address.low(), lastOwner, releasedMillis);
        }
    }

    /** Puts one in; of two for one address the one that was released later counts. */
    void put(Stray stray) {
        Stray other = byAddress.get(stray.address());
        if (other == null || other.releasedMillis() < stray.releasedMillis()) {
            byAddress.put(stray.address(), stray);
            byRelease.add(stray);
            if (other != null) {
                byRelease.remove(other);
            }
        }
    }

    /** Takes out what lies in a set of addresses: earlier releases first. Cost: O(log n) a range and for what it finds. */
    List<Stray> takeOf(AddressSet addresses) {
        List<Stray> taken = new ArrayList<>();
        if (!byAddress.isEmpty()) {
            for (AddressRange range : addresses.ranges()) {
                NavigableMap<Address, Stray> found = byAddress.subMap(range.first(), true, range.last(), true);
                taken.addAll(found.values());
                found.clear();
            }
            taken.forEach(byRelease::remove);
            taken.sort(BY_RELEASE);
        }
        return taken;
    }

    /** Drops what has cooled down. */
    void advance(long nowMillis, long coolDownMillis) {
        while (!byRelease.isEmpty() && CoolDown.isOver(byRelease.first().releasedMillis(), nowMillis, coolDownMillis)) {
            byAddress.remove(byRelease.pollFirst().address());
        }
    }

    /** All of them, by address. */
    List<Stray> all() {
        return List.copyOf(byAddress.values());
    }
}
