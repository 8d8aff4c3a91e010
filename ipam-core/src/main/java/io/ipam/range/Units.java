package io.ipam.range;

import io.ipam.address.Address;
import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.address.Prefix;
import io.ipam.number.Position;
import io.ipam.number.Uint128;
import java.util.ArrayList;
import java.util.List;

/**
 * The units of an address set: the prefixes of one length that are completely in it. The number of
 * a unit consists of its bits. So the numbers of all units form an address set of the same family,
 * and single addresses are their own numbers.
 *
 * <p>Thread safety: immutable.
 */
final class Units {
    private final AddressSet addresses;
    private final int length;
    /** The number of bits of an address after those of a unit. */
    private final int shift;

    private final AddressSet numbers;

    Units(AddressSet addresses, int length) {
        int bits = addresses.family().bits();
        if (length < 0 || length > bits) {
            throw new IllegalArgumentException("unitLength must be 0 to " + bits + ", was " + length);
        }
        this.addresses = addresses;
        this.length = length;
        shift = bits - length;
        numbers = shift == 0 ? addresses : AddressSet.of(addresses.family(), numbersOf(addresses));
    }

    private List<AddressRange> numbersOf(AddressSet set) {
        List<AddressRange> ranges = new ArrayList<>();
        Position first = new Position();
        Position last = new Position();
        for (int i = 0; i < set.rangeCount(); i++) {
            number(set.firstHigh(i), set.firstLow(i), first);
            number(set.lastHigh(i), set.lastLow(i), last);
            boolean cutFirst = !isFirst(set.firstHigh(i), set.firstLow(i));
            boolean cutLast = !isLast(set.lastHigh(i), set.lastLow(i));
            boolean same = first.high() == last.high() && first.low() == last.low();
            if (same ? cutFirst || cutLast : cutFirst && cutLast && isNext(first, last)) {
                continue; // No complete unit.
            }
            first.add(0, cutFirst ? 1 : 0);
            last.subtract(0, cutLast ? 1 : 0);
            ranges.add(new AddressRange(plain(first), plain(last)));
        }
        return ranges;
    }

    private static boolean isNext(Position a, Position b) {
        return b.low() == a.low() + 1 && b.high() == Uint128.incrementHigh(a.high(), a.low());
    }

    private Address plain(Position number) {
        return new Address(addresses.family(), number.high(), number.low());
    }

    AddressSet addresses() {
        return addresses;
    }

    Family family() {
        return addresses.family();
    }

    /** The prefix length of a unit. */
    int length() {
        return length;
    }

    /** The numbers of all units. */
    AddressSet numbers() {
        return numbers;
    }

    /** Whether an address is the first of a unit, whether in the set or not. */
    private boolean isFirst(long high, long low) {
        return ((high & Uint128.onesHigh(shift)) | (low & Uint128.onesLow(shift))) == 0;
    }

    private boolean isLast(long high, long low) {
        return ((~high & Uint128.onesHigh(shift)) | (~low & Uint128.onesLow(shift))) == 0;
    }

    /** The number of the unit that contains an address. */
    void number(long high, long low, Position out) {
        out.set(Uint128.shiftRightHigh(high, shift), Uint128.shiftRightLow(high, low, shift));
    }

    /** Converts the number of a unit to its first address. */
    void toFirst(Position number) {
        number.set(
                Uint128.shiftLeftHigh(number.high(), number.low(), shift), Uint128.shiftLeftLow(number.low(), shift));
    }

    Address first(Position number) {
        return new Address(
                addresses.family(),
                Uint128.shiftLeftHigh(number.high(), number.low(), shift),
                Uint128.shiftLeftLow(number.low(), shift));
    }

    /** All addresses of the units with the given first and last number. */
    AddressRange range(Position firstNumber, Position lastNumber) {
        Address last = first(lastNumber);
        return new AddressRange(
                first(firstNumber),
                new Address(
                        addresses.family(),
                        last.high() | Uint128.onesHigh(shift),
                        last.low() | Uint128.onesLow(shift)));
    }

    /** Checks the family of an argument. */
    void requireFamily(Family family) {
        if (family != addresses.family()) {
            throw new IllegalArgumentException(
                    "family must be " + addresses.family().label() + ", was " + family.label());
        }
    }

    /** Checks that a prefix consists of one unit or several. */
    void requireBlock(int prefixLength) {
        if (prefixLength < 0 || prefixLength > length) {
            throw new IllegalArgumentException("prefix length must be 0 to " + length + ", was " + prefixLength);
        }
    }

    /** Checks the family of a prefix, and that it consists of one unit or several. */
    void requireBlock(Prefix block) {
        requireFamily(block.family());
        requireBlock(block.length());
    }

    /** Checks that a prefix is one unit of the right family. */
    void requireUnit(Prefix unit) {
        requireFamily(unit.family());
        if (unit.length() != length) {
            throw new IllegalArgumentException("unit must be a /" + length + ", was " + unit);
        }
    }

    /** An empty set of units of the same length. */
    Units none() {
        return new Units(AddressSet.empty(family()), length);
    }

    /** The number of the last unit of a prefix that begins with a unit. */
    void lastOfBlock(Position firstNumber, int prefixLength, Position out) {
        int bits = length - prefixLength;
        out.set(firstNumber.high() | Uint128.onesHigh(bits), firstNumber.low() | Uint128.onesLow(bits));
    }

    boolean isSame(Units other) {
        return length == other.length && addresses.equals(other.addresses);
    }

    @Override
    public String toString() {
        return shift == 0 ? addresses.toString() : addresses + " in /" + length;
    }
}
