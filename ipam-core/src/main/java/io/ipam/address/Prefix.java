package io.ipam.address;

import static java.util.Objects.requireNonNull;

import inet.ipaddr.IPAddress;
import io.ipam.number.Uint128;
import java.math.BigInteger;
import java.util.stream.Stream;

/**
 * A network prefix: all addresses that share their first {@code length} bits. Ordered by base, then
 * by length. CIDR is its notation: {@code 10.0.0.0/8}. Cost: constant, unless a method states
 * another cost. Thread safety: immutable.
 *
 * @param base the lowest address; its bits after the first {@code length} are zero
 * @param length the number of shared bits, 0 to 32 or 128
 */
public record Prefix(Address base, int length) implements Comparable<Prefix> {
    /** Throws IllegalArgumentException if the length is out of bounds or host bits are set. */
    public Prefix {
        requireNonNull(base, "base");
        requireLength(base.family(), length);
        if (!hasZeroHostBits(base, length)) {
            throw new IllegalArgumentException(
                    "host bits of " + base + "/" + length + " must be zero, as in " + masked(base, length));
        }
    }

    /**
     * Parses {@code address/length} in any spelling of the grammar in the package description. Host
     * bits must be zero; the hint of the refusal contains the corrected text.
     *
     * @param text the text
     * @return the prefix
     * @throws InvalidAddressException if the text does not match the grammar or host bits are set
     */
    public static Prefix parse(String text) {
        return PrefixText.exact(text, null);
    }

    /**
     * Parses a prefix of one family, as {@link #parse(String)} does.
     *
     * @param family the family
     * @param text the text
     * @return the prefix
     * @throws InvalidAddressException if the text does not match the grammar, host bits are set, or
     *     the prefix has the other family
     */
    public static Prefix parse(Family family, String text) {
        return PrefixText.exact(text, requireNonNull(family, "family"));
    }

    /**
     * Parses only canonical text, as {@link #toString()} returns it: {@code FD00::/8} and {@code
     * 10.0.0.0/08} are refused. The hint of the refusal contains the corrected text.
     *
     * @param text the text
     * @return the prefix
     * @throws InvalidAddressException if the text is not canonical
     */
    public static Prefix parseCanonical(String text) {
        return PrefixText.canonical(text);
    }

    /**
     * Parses any {@code address/length} and sets the host bits to zero: {@code 10.1.2.3/8} becomes
     * {@code 10.0.0.0/8}.
     *
     * @param text the text
     * @return the prefix
     * @throws InvalidAddressException if the text does not match the grammar
     */
    public static Prefix parseMasked(String text) {
        return PrefixText.masked(text, null);
    }

    /**
     * Parses any {@code address/length} of one family and sets the host bits to zero.
     *
     * @param family the family
     * @param text the text
     * @return the prefix
     * @throws InvalidAddressException if the text does not match the grammar, or the prefix has the
     *     other family
     */
    public static Prefix parseMasked(Family family, String text) {
        return PrefixText.masked(text, requireNonNull(family, "family"));
    }

    /**
     * Converts an address object to a prefix. The object must have a prefix length, no zone, and
     * zero host bits. It must be either one address or the whole block.
     *
     * @param object the object
     * @return the prefix
     * @throws InvalidAddressException for any other object
     */
    public static Prefix of(IPAddress object) {
        return AddressObjects.toPrefix(object);
    }

    /**
     * {@return the prefix of a length that contains an address} Throws IllegalArgumentException if
     * the length is not within 0 to 32 or 128.
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

    /** {@return the number of addresses: 1 to 2^128} */
    public BigInteger size() {
        return BigInteger.ONE.shiftLeft(family().bits() - length);
    }

    /**
     * {@return the addresses that the hosts of the prefix can have} These are all addresses except
     * the first one and, for IPv4, the last one. The first one is the network address, or for IPv6
     * the subnet-router anycast address (RFC 4291). The last one is the broadcast address. In a
     * prefix of one or two addresses, all are for hosts (RFC 3021, RFC 6164). A pool is not
     * restricted to hosts.
     */
    public AddressRange hosts() {
        if (family().bits() - length < 2) {
            return range();
        }
        return new AddressRange(base.next(), family().hasBroadcast() ? last().previous() : last());
    }

    /**
     * {@return the prefixes of a length within this one, ascending} Cost: O(1) per element that is
     * requested. {@code count} is O(1) below 2^63 elements.
     *
     * @param subnetLength the length, from that of this prefix to 32 or 128
     */
    public Stream<Prefix> subnets(int subnetLength) {
        int bits = family().bits();
        if (subnetLength < length || subnetLength > bits) {
            throw new IllegalArgumentException(
                    "subnetLength must be " + length + " to " + bits + ", was " + subnetLength);
        }
        int shift = bits - subnetLength;
        return new AddressRange(shiftedRight(base, shift), shiftedRight(last(), shift))
                .addresses()
                .map(number -> new Prefix(shiftedLeft(number, shift), subnetLength));
    }

    private static Address shiftedRight(Address address, int bits) {
        return new Address(
                address.family(),
                Uint128.shiftRightHigh(address.high(), bits),
                Uint128.shiftRightLow(address.high(), address.low(), bits));
    }

    private static Address shiftedLeft(Address number, int bits) {
        return new Address(
                number.family(),
                Uint128.shiftLeftHigh(number.high(), number.low(), bits),
                Uint128.shiftLeftLow(number.low(), bits));
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

    /** Compares by base, then by length. */
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
                    "length must be 0 to " + family.bits() + " for " + family.label() + ", was " + length);
        }
    }
}
