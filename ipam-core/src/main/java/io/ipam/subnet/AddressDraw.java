package io.ipam.subnet;

import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.math.BigInteger;
import java.util.Collection;

/** Which addresses a pool takes from its subnet, and which it gives back. Cost: O(ranges), whatever their number. */
final class AddressDraw {
    private AddressDraw() {}

    /**
     * What a new or growing pool may take: held by no pool, not even by one that was removed by force and is still in use, not
     * reserved, and not the gateway.
     */
    static AddressSet available(Subnet subnet, PoolCatalog pools, Collection<Pool> detached) {
        AddressSet free = SubnetCatalog.usage(subnet, pools).free().minus(pools.reserved(subnet.family()));
        for (Pool pool : detached) {
            if (pool.family() == subnet.family()) {
                free = free.minus(pool.addresses());
            }
        }
        return subnet.gateway().isEmpty()
                ? free
                : free.minus(AddressSet.of(AddressRange.of(subnet.gateway().get())));
    }

    /** The lowest members of a set; all of them if it has fewer. */
    static AddressSet lowest(AddressSet set, BigInteger count) {
        if (count.signum() <= 0) {
            return AddressSet.empty(set.family());
        }
        if (count.compareTo(set.size()) >= 0) {
            return set;
        }
        AddressRange wanted =
                new AddressRange(set.addressAt(BigInteger.ZERO), set.addressAt(count.subtract(BigInteger.ONE)));
        return set.intersect(AddressSet.of(wanted));
    }

    /** The highest members of a set; all of them if it has fewer. */
    static AddressSet highest(AddressSet set, BigInteger count) {
        return set.minus(lowest(set, set.size().subtract(count)));
    }
}
