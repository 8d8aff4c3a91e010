package io.ipam.subnet;

import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import java.math.BigInteger;

/**
 * The addresses that a pool gets from its subnet, and the addresses that it returns. Cost:
 * O(ranges), not O(addresses).
 */
final class AddressDraw {
    private AddressDraw() {}

    /** The lowest addresses of a set; all of them if it has fewer. */
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

    /** The highest addresses of a set; all of them if it has fewer. */
    static AddressSet highest(AddressSet set, BigInteger count) {
        return set.minus(lowest(set, set.size().subtract(count)));
    }
}
