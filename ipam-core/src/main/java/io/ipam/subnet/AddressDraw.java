package io.ipam.subnet;

import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import java.math.BigInteger;

/**
 * Which addresses a pool takes from its subnet, and which it gives back. Cost: O(ranges), whatever
 * their number.
 */
final class AddressDraw {
    private AddressDraw() {}

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
