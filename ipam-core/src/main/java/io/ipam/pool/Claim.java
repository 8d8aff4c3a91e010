package io.ipam.pool;

import io.ipam.address.AddressSet;
import io.ipam.number.Uint128;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One range of a pool. It refers to the pool by name, so that a claim changes only if the addresses
 * of its pool change.
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
    static List<Claim> of(Pool pool) {
        return of(pool.name(), pool.addresses());
    }

    /** The claims of a pool with that name and these addresses. */
    static List<Claim> of(String pool, AddressSet set) {
        return IntStream.range(0, set.rangeCount())
                .mapToObj(i -> new Claim(pool, set.firstHigh(i), set.firstLow(i), set.lastHigh(i), set.lastLow(i)))
                .toList();
    }

    int compareFirst(Claim other) {
        return Uint128.compare(firstHigh, firstLow, other.firstHigh, other.firstLow);
    }

    /** Whether it ends before the other one begins. */
    boolean endsBefore(Claim other) {
        return Uint128.isLess(lastHigh, lastLow, other.firstHigh, other.firstLow);
    }
}
