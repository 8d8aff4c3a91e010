package io.ipam.address;

import io.ipam.number.Uint128;
import java.math.BigInteger;
import java.util.Optional;

/**
 * The correspondence between the members of an {@link AddressSet} and their ordinals. Cost: O(log
 * ranges). Thread safety: no state.
 */
final class Ordinals {
    private Ordinals() {}

    /** The ordinal of an address; empty if it is no member. */
    static Optional<BigInteger> of(AddressSet set, Address address) {
        int index = address.family() == set.family() ? set.rangeIndexOf(address.high(), address.low()) : -1;
        if (index < 0) {
            return Optional.empty();
        }
        long high = Uint128.subtractHigh(address.high(), address.low(), set.firstHigh(index), set.firstLow(index));
        long low = address.low() - set.firstLow(index);
        BigInteger inRange = Uint128.toBigInteger(high, low);
        return Optional.of(Uint128.toBigInteger(set.ordinalHigh(index), set.ordinalLow(index))
                .add(inRange));
    }

    /** The member at an ordinal; throws IndexOutOfBoundsException if there is none. */
    static Address addressAt(AddressSet set, BigInteger ordinal) {
        int index = Uint128.fits(ordinal) ? set.rangeIndexOfOrdinal(Uint128.high(ordinal), Uint128.low(ordinal)) : -1;
        if (index < 0) {
            throw new IndexOutOfBoundsException("ordinal " + ordinal + " of " + set.size() + " addresses");
        }
        long high = Uint128.high(ordinal);
        long low = Uint128.low(ordinal);
        long inRangeHigh = Uint128.subtractHigh(high, low, set.ordinalHigh(index), set.ordinalLow(index));
        long inRangeLow = low - set.ordinalLow(index);
        return new Address(
                set.family(),
                Uint128.addHigh(set.firstHigh(index), set.firstLow(index), inRangeHigh, inRangeLow),
                set.firstLow(index) + inRangeLow);
    }
}
