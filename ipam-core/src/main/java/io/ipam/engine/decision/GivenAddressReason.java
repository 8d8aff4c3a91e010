package io.ipam.engine.decision;

import io.ipam.address.Address;
import io.ipam.allocation.Stray;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.record.Cooling;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a given address can be allocated, and states the reason if it cannot. Thread
 * safety: no state.
 */
final class GivenAddressReason {
    private GivenAddressReason() {}

    /** Removes an address of a pool from its supply; returns the reason if that is impossible. */
    static @Nullable String take(Address address, PoolSupply supply, Owner owner, @Nullable Stray stray) {
        if (supply.pool().isFree(address)) {
            supply.giveFree(address);
            return null;
        }
        if (supply.pool().isPromised(address)) {
            return "another request of the same commit gets it";
        }
        if (stray != null) {
            return "it is held by " + stray.holder();
        }
        if (!supply.binding().usable().contains(address)) {
            return supply.binding().isDraining(address)
                    ? "it is draining: it leaves the pool after its release"
                    : "it is reserved";
        }
        PoolView.Held held = supply.pool().heldAt(address);
        if (held != null && !supply.isReleasedHere(address)) {
            return "it is held by " + held.owner();
        }
        Cooling cooling = held != null ? null : supply.pool().coolingAt(address);
        if (held == null && cooling == null) {
            throw new IllegalStateException(address + " is neither free nor taken in " + supply.binding());
        }
        if (cooling != null && !cooling.lastOwner().isSameAs(owner)) {
            return "it was held by " + cooling.lastOwner() + " and cools down until "
                    + supply.pool().coolUntil(cooling);
        }
        supply.giveRecycled(address);
        return null;
    }

    /**
     * The reason if none of the pools contains the address: the nearest pool, and the rule that
     * excludes the address.
     */
    static String notInAny(Address address, List<Pool> pools, String demand) {
        for (Pool pool : pools) {
            if (pool.subnet().contains(address)) {
                return inSubnet(address, pool);
            }
        }
        return "it is in the subnet of none of the pools that may serve " + demand;
    }

    private static String inSubnet(Address address, Pool pool) {
        if (pool.gateway().filter(address::equals).isPresent()) {
            return "it is the gateway of pool " + pool.name();
        }
        return pool.excluded().contains(address)
                ? "pool " + pool.name() + " excludes it"
                : "it is not among the addresses of pool " + pool.name() + " (" + pool.listed() + ")";
    }
}
