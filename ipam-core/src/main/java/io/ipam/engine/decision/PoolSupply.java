package io.ipam.engine.decision;

import io.ipam.address.Address;
import io.ipam.allocation.AllocationOrder;
import io.ipam.owner.Owner;
import io.ipam.record.Cooling;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that one pool can contribute to one request. A choice takes no address, and no
 * address is chosen twice. Free addresses that are not static are first, free static ones second,
 * and recycled ones last.
 *
 * <p>Recycled addresses are the cooling ones, by release, followed by those that the same request
 * releases.
 *
 * <p>Thread safety: none, made for one decision.
 */
final class PoolSupply {
    private final PoolBinding binding;
    private final @Nullable PoolView pool;
    private final AllocationOrder order;
    private final Set<Address> givenFree = new LinkedHashSet<>(0);
    private final Set<Address> givenRecycled = new HashSet<>(0);
    private final Set<Address> releasedHere = new LinkedHashSet<>(0);
    private int givenStatics;
    private @Nullable FreePicks picks;
    private @Nullable FreePicks staticPicks;
    private int taken;

    PoolSupply(PoolBinding binding, @Nullable PoolView pool, AllocationOrder order) {
        this.binding = binding;
        this.pool = pool;
        this.order = order;
    }

    PoolBinding binding() {
        return binding;
    }

    /** Whether the decision has a view of the pool. */
    boolean isOpen() {
        return pool != null;
    }

    PoolView pool() {
        if (pool == null) {
            throw new IllegalStateException(binding + " is not in the view");
        }
        return pool;
    }

    /** Adds an address that the same request releases, if it is usable. */
    void addReleased(Address address) {
        if (binding.usable().contains(address)) {
            releasedHere.add(address);
        }
    }

    boolean isReleasedHere(Address address) {
        return releasedHere.contains(address);
    }

    /** Reserves a free address that the request requires. */
    void giveFree(Address address) {
        if (givenFree.add(address) && binding.pool().staticAddresses().contains(address)) {
            givenStatics++;
        }
    }

    /** Reserves a recycled address that the request requires. */
    void giveRecycled(Address address) {
        givenRecycled.add(address);
    }

    /** The number of free addresses that no demand requires by address. */
    long free() {
        return pool().free() - givenFree.size();
    }

    /** The number of free addresses that are not static and that no demand requires by address. */
    long ordinary() {
        return pool().freeOrdinary() - (givenFree.size() - givenStatics);
    }

    /** The number of recycled addresses that no demand requires by address. */
    int recycled() {
        return pool().cooling() + releasedHere.size() - givenRecycled.size();
    }

    /**
     * The time of release of the nth remaining recycled address; those that this request releases
     * come last.
     */
    long releasedMillis(int nth) {
        Cooling entry = coolingOrNull(nth);
        return entry == null ? Long.MAX_VALUE : entry.releasedMillis();
    }

    /** Chooses one more address. */
    Address choose(Owner owner, long random) {
        int nth = taken++;
        if (nth < ordinary()) {
            picks = picks == null ? withoutGiven(pool().picks(order, owner, random)) : picks;
            return picks.next();
        }
        if (nth < free()) {
            staticPicks = staticPicks == null ? withoutGiven(pool().staticPicks(order, owner, random)) : staticPicks;
            return staticPicks.next();
        }
        return recycledAddress((int) (nth - free()));
    }

    private FreePicks withoutGiven(FreePicks fresh) {
        givenFree.forEach(fresh::passOver);
        return fresh;
    }

    private Address recycledAddress(int nth) {
        Cooling entry = coolingOrNull(nth);
        if (entry != null) {
            return new Address(binding.pool().family(), entry.high(), entry.low());
        }
        long coolingLeft = pool().cooling()
                - givenRecycled.stream()
                        .filter(address -> !releasedHere.contains(address))
                        .count();
        return releasedHere.stream()
                .filter(address -> !givenRecycled.contains(address))
                .skip(nth - coolingLeft)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no recycled address " + nth + " in " + binding));
    }

    private @Nullable Cooling coolingOrNull(int nth) {
        return nth < pool().cooling() ? pool().cooling(nth, List.copyOf(givenRecycled)) : null;
    }
}
