package io.ipam.tables;

import io.ipam.address.Address;
import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import java.math.BigInteger;
import java.util.Optional;

/**
 * Searches in an address set by binary search over its ranges. Cost: O(log ranges). Thread safety:
 * stateless.
 */
final class AddressCount {
    private AddressCount() {}

    /** The number of members within a range of the same family. */
    static BigInteger within(AddressSet set, AddressRange range) {
        return upTo(set, range.last()).subtract(below(set, range.first()));
    }

    /** The lowest member at or above an address of the same family. */
    static Optional<Address> ceiling(AddressSet set, Address address) {
        int index = lastStartingAtOrBelow(set, address);
        if (index >= 0 && address.compareTo(set.range(index).last()) <= 0) {
            return Optional.of(address);
        }
        return index + 1 < set.rangeCount() ? Optional.of(set.range(index + 1).first()) : Optional.empty();
    }

    private static BigInteger below(AddressSet set, Address address) {
        return address.isFirst() ? BigInteger.ZERO : upTo(set, address.previous());
    }

    private static BigInteger upTo(AddressSet set, Address address) {
        int index = lastStartingAtOrBelow(set, address);
        if (index < 0) {
            return BigInteger.ZERO;
        }
        AddressRange range = set.range(index);
        Address last = address.compareTo(range.last()) < 0 ? address : range.last();
        return set.ordinalOf(last).orElseThrow().add(BigInteger.ONE);
    }

    /** The index of the last range that does not start above an address, or -1. */
    private static int lastStartingAtOrBelow(AddressSet set, Address address) {
        int low = 0;
        int high = set.rangeCount();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (set.range(middle).first().compareTo(address) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }
}
