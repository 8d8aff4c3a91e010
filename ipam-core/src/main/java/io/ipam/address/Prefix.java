package io.ipam.address;

import static java.util.Objects.requireNonNull;

import inet.ipaddr.IPAddress;
import io.ipam.number.Uint128;
import java.math.BigInteger;

/**
 * A network prefix: all addresses that share their first {@code length} bits. Ordered by base, then
 * by length. CIDR is its notation: {@code 10.0.0.0/8}. Cost: constant. Thread safety: immutable.
 *
 * @param base the lowest address; its bits after the first {@code length} are zero
 * @param length the number of shared bits, 0 to 32 or 128
 */
public record Prefix(Address base, int length) implements Comparable<Prefix> {
    /** Checks the length and the host bits; throws IllegalArgumentException otherwise. */
    public Prefix {
        requireNonNull(base, "base");
        requireLength(base.family(), length);
        if (!hasZeroHostBits(base, length)) {
            throw new IllegalArgumentException(
                    "host bits of " + base + "/" + length + " are not zero, as in " + masked(base, length));
        }
    }

    /**
     * Reads canonical text only: the host bits are zero and the text is what {@link #toString()}
     * writes. The corrected text is in the hint.
     *
     * @param text the text
     * @return the prefix
     * @throws InvalidAddressException for any other text
     */
    public static Prefix parse(String text) {
        return PrefixText.canonical(text, null);
    }

    /**
     * Reads canonical text of one family.
     *
     * @param family the family
     * @param text the text
     * @return the prefix
     * @throws InvalidAddressException for any other text
     */
    public static Prefix parse(Family family, String text) {
        return PrefixText.canonical(text, requireNonNull(family, "family"));
    }

    /**
     * Reads any {@code address/length} and sets the host bits to zero: {@code 10.1.2.3/8} is {@code
     * 10.0.0.0/8}.
     *
     * @param text the text
     * @return the prefix
     * @throws InvalidAddressException for any other text
     */
    public static Prefix parseMasked(String text) {
        return PrefixText.masked(text, null);
    }

    /**
     * Reads any {@code address/length} of one family and sets the host bits to zero.
     *
     * @param family the family
     * @param text the text
     * @return the prefix
     * @throws InvalidAddressException for any other text
     */
    public static Prefix parseMasked(Family family, String text) {
        return PrefixText.masked(text, requireNonNull(family, "family"));
    }

    /**
     * {@return the prefix that an address object stands for: it has a prefix length, no zone, zero
     * host bits, and is either one address or the whole block}
     *
     * @param object the object
     * @throws InvalidAddressException for any other object
     */
    public static Prefix of(IPAddress object) {
        return AddressObjects.toPrefix(object);
    }

    /**
     * {@return the prefix of that length that holds the address} Throws IllegalArgumentException
     * for a length outside 0 to 32 or 128.
     *
     * @param address the address
     * @param length the prefix length
     */
    public static Prefix masked(Address address, int length) {
        requireNonNull(address, "address");
        int bits = address.family().bits();
        long high = address.high() & Uint128.maskHigh(bits, length);
        long low = address.low() & Uint128.maskLow(bits, length);
        return new Prefix(new Address(address.family(), high, low), length);
    }

    /** {@return the family of the base} */
    public Family family() {
        return base.family();
    }

    /** {@return the lowest address, which is the base} */
    public Address first() {
        return base;
    }

    /** {@return the highest address} */
    public Address last() {
        int hostBits = family().bits() - length;
        return new Address(family(), base.high() | Uint128.onesHigh(hostBits), base.low() | Uint128.onesLow(hostBits));
    }

    /** {@return all addresses of the prefix as a range} */
    public AddressRange range() {
        return new AddressRange(first(), last());
    }

    /** {@return how many addresses: 1 to 2^128} */
    public BigInteger size() {
        return BigInteger.ONE.shiftLeft(family().bits() - length);
    }

    /**
     * {@return whether the address is in the prefix; false for the other family}
     *
     * @param address the address
     */
    public boolean contains(Address address) {
        requireNonNull(address, "address");
        return base.compareTo(address) <= 0 && address.compareTo(last()) <= 0;
    }

    /**
     * {@return whether the whole range is in the prefix; false for the other family}
     *
     * @param range the range
     */
    public boolean contains(AddressRange range) {
        requireNonNull(range, "range");
        return base.compareTo(range.first()) <= 0 && range.last().compareTo(last()) <= 0;
    }

    /**
     * {@return whether the whole other prefix is in this one; false for the other family}
     *
     * @param other the other one
     */
    public boolean contains(Prefix other) {
        requireNonNull(other, "other");
        return length <= other.length && contains(other.base);
    }

    /**
     * {@return whether one of the two prefixes contains the other; false for the other family}
     *
     * @param other the other one
     */
    public boolean overlaps(Prefix other) {
        requireNonNull(other, "other");
        return contains(other) || other.contains(this);
    }

    /** By base, then by length. */
    @Override
    public int compareTo(Prefix other) {
        requireNonNull(other, "other");
        int byBase = base.compareTo(other.base);
        return byBase != 0 ? byBase : Integer.compare(length, other.length);
    }

    /** The canonical CIDR text. */
    @Override
    public String toString() {
        return base + "/" + length;
    }

    static boolean hasZeroHostBits(Address address, int length) {
        int hostBits = address.family().bits() - length;
        return (address.high() & Uint128.onesHigh(hostBits)) == 0 && (address.low() & Uint128.onesLow(hostBits)) == 0;
    }

    private static void requireLength(Family family, int length) {
        if (length < 0 || length > family.bits()) {
            throw new IllegalArgumentException(
                    "length " + length + " is not in 0 to " + family.bits() + " for " + family.label());
        }
    }
}
