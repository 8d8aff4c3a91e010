package io.ipam.address;

import static java.util.Objects.requireNonNull;

import io.ipam.number.Uint128;
import java.math.BigInteger;
import java.util.stream.Stream;

/**
 * All addresses from one to another of the same family, both included. Ordered by the first
 * address, then by the last.
 *
 * <p>The text is {@code 10.0.0.1-10.0.0.9}, or {@code 10.0.0.1} for one address. Cost: constant.
 * Thread safety: immutable.
 *
 * @param first the lowest address
 * @param last the highest address
 */
public record AddressRange(Address first, Address last) implements Comparable<AddressRange> {
    /**
     * Throws IllegalArgumentException if the ends have different families or first is above last.
     */
    public AddressRange {
        requireNonNull(first, "first");
        requireNonNull(last, "last");
        if (first.family() != last.family() || first.compareTo(last) > 0) {
            throw new IllegalArgumentException(
                    "first and last must have one family, and first must not be above last; were " + first + " and "
                            + last);
        }
    }

    /**
     * {@return the range of one address}
     *
     * @param only the address
     */
    public static AddressRange of(Address only) {
        requireNonNull(only, "only");
        return new AddressRange(only, only);
    }

    /**
     * Parses {@code a} or {@code a-b} of either family. The package description defines the
     * grammar.
     *
     * @param text the text
     * @return the range
     * @throws InvalidAddressException for any other text, and if b is below a
     */
    public static AddressRange parse(String text) {
        return AddressText.range(text, null);
    }

    /**
     * Parses {@code a} or {@code a-b} of one family.
     *
     * @param family the family
     * @param text the text
     * @return the range
     * @throws InvalidAddressException for any other text, and if b is below a
     */
    public static AddressRange parse(Family family, String text) {
        return AddressText.range(text, requireNonNull(family, "family"));
    }

    /** {@return the family of both ends} */
    public Family family() {
        return first.family();
    }

    /** {@return the number of addresses: 1 to 2^128} */
    public BigInteger size() {
        long high = Uint128.subtractHigh(last.high(), last.low(), first.high(), first.low());
        long low = Uint128.subtractLow(last.low(), first.low());
        return Uint128.toBigInteger(high, low).add(BigInteger.ONE);
    }

    /**
     * {@return the addresses of the range, ascending} Cost: O(1) per element that is requested.
     * {@code count} is O(1) below 2^63 elements; {@link #size()} always is.
     */
    public Stream<Address> addresses() {
        return AddressSet.of(this).addresses();
    }

    /**
     * {@return whether the address is in the range; false for the other family}
     *
     * @param address the address
     */
    public boolean contains(Address address) {
        requireNonNull(address, "address");
        return first.compareTo(address) <= 0 && address.compareTo(last) <= 0;
    }

    /**
     * {@return whether every address of the other range is in this one; false for the other family}
     *
     * @param other the other one
     */
    public boolean contains(AddressRange other) {
        requireNonNull(other, "other");
        return first.compareTo(other.first) <= 0 && other.last.compareTo(last) <= 0;
    }

    /**
     * {@return whether some address is in both ranges; false for the other family}
     *
     * @param other the other one
     */
    public boolean overlaps(AddressRange other) {
        requireNonNull(other, "other");
        return first.compareTo(other.last) <= 0 && other.first.compareTo(last) <= 0;
    }

    /** Compares by first, then by last address. */
    @Override
    public int compareTo(AddressRange other) {
        requireNonNull(other, "other");
        int byFirst = first.compareTo(other.first);
        return byFirst != 0 ? byFirst : last.compareTo(other.last);
    }

    /** The canonical text, which {@link #parse(String)} accepts. */
    @Override
    public String toString() {
        return first.equals(last) ? first.toString() : first + "-" + last;
    }
}
