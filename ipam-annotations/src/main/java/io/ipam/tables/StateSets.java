package io.ipam.tables;

import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import io.ipam.allocation.PoolAddresses;
import io.ipam.pool.Pool;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;

/**
 * The addresses of a pool, divided by the states of a map. Thread safety: immutable.
 *
 * <p>Cost: O(ranges) to divide.
 */
final class StateSets {
    private final Map<AddressState, AddressSet> sets = new EnumMap<>(AddressState.class);

    StateSets(PoolAddresses addresses) {
        Pool pool = addresses.pool();
        AddressSet statics = addresses.freeStatic();
        sets.put(AddressState.HELD, addresses.held());
        sets.put(AddressState.COOLING, addresses.cooling());
        sets.put(AddressState.RESERVED, addresses.reserved());
        sets.put(AddressState.STATIC, statics);
        sets.put(AddressState.FREE, addresses.free().minus(statics));
        sets.put(AddressState.EXCLUDED, pool.listed().minus(pool.addresses()));
    }

    /** The addresses of each state in a range. Cost: O(log ranges). */
    StateCounts countIn(AddressRange range) {
        Map<AddressState, BigInteger> counts = new EnumMap<>(AddressState.class);
        sets.forEach((state, set) -> counts.put(state, AddressCount.within(set, range)));
        return new StateCounts(counts);
    }

    /** The addresses of each state. */
    StateCounts countAll() {
        Map<AddressState, BigInteger> counts = new EnumMap<>(AddressState.class);
        sets.forEach((state, set) -> counts.put(state, set.size()));
        return new StateCounts(counts);
    }
}
