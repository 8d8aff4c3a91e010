package io.ipam.pool;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.number.Uint128;
import java.util.Comparator;

/**
 * One range that a pool holds. It knows the pool by name, so that a change of anything but the addresses leaves it as it is.
 *
 * @param pool the pool's name
 * @param firstHigh bits 127 to 64 of the first address
 * @param firstLow bits 63 to 0 of the first address
 * @param lastHigh bits 127 to 64 of the last address
 * @param lastLow bits 63 to 0 of the last address
 */
record Claim(String pool, long firstHigh, long firstLow, long lastHigh, long lastLow) {
    static final Comparator<Claim> BY_FIRST = Claim::compareFirst;

    /** The claims of a pool, ascending and disjoint. */
    static Claim[] of(Pool pool) {
        return of(pool.name(), pool.addresses());
    }

    /** The claims of a pool with that name and these addresses. */
    static Claim[] of(String pool, AddressSet set) {
        Claim[] claims = new Claim[set.rangeCount()];
        for (int i = 0; i < claims.length; i++) {
            claims[i] = new Claim(pool, set.firstHigh(i), set.firstLow(i), set.lastHigh(i), set.lastLow(i));
        }
        return claims;
    }

    Address first(Family family) {
        return new Address(family, firstHigh, firstLow);
    }

    int compareFirst(Claim other) {
        return Uint128.compare(firstHigh, firstLow, other.firstHigh, other.firstLow);
    }

    /** Whether all of it is below the other. */
    boolean endsBefore(Claim other) {
        return Uint128.isLess(lastHigh, lastLow, other.firstHigh, other.firstLow);
    }
}
