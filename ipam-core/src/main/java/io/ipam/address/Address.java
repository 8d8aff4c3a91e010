package io.ipam.address;

import static java.util.Objects.requireNonNull;

import inet.ipaddr.IPAddress;
import io.ipam.number.Uint128;
import java.math.BigInteger;

/**
 * One IP address: a family and its bits. Ordered by family, then by number.
 *
 * <p>The text is {@code 10.0.0.1}, or RFC 5952 in hexadecimal groups. Cost: 32 bytes; comparison
 * and arithmetic create no object except the result. Thread safety: immutable.
 *
 * @param family the family
 * @param high bits 127 to 64; 0 for IPv4
 * @param low bits 63 to 0; 0 to 2^32 - 1 for IPv4
 */
public record Address(Family family, long high, long low) implements Comparable<Address> {
    /** Throws IllegalArgumentException if the bits do not fit the family. */
    public Address {
        requireNonNull(family, "family");
        if (Uint128.isLess(family.lastHigh(), family.lastLow(), high, low)) {
            throw new IllegalArgumentException("high and low must fit in " + family.bits() + " bits, were 0x"
                    + Uint128.toBigInteger(high, low).toString(16));
        }
    }

    /**
     * Parses an address of either family. The package description defines the grammar.
     *
     * @param text the text
     * @return the address
     * @throws InvalidAddressException for any other text
     */
    public static Address parse(String text) {
        return AddressText.address(text, null);
    }

    /**
     * Parses an address of one family.
     *
     * @param family the family
     * @param text the text
     * @return the address
     * @throws InvalidAddressException for any other text
     */
    public static Address parse(Family family, String text) {
        return AddressText.address(text, requireNonNull(family, "family"));
    }

    /**
     * Converts an address object that is a single address, without its prefix length: {@code
     * 10.0.0.5/24} becomes {@code 10.0.0.5}.
     *
     * @param address the address
     * @return the address
     * @throws InvalidAddressException if the object has a zone or contains several addresses, as
     *     {@code 10.0.0.0/24} or {@code 10.0.0.*} does
     */
    public static Address of(IPAddress address) {
        return AddressObjects.toAddress(address);
    }

    /**
     * {@return the address as an object of the IPAddress library, without a prefix length} Cost:
     * 144 to 184 B.
     */
    public IPAddress toIPAddress() {
        return AddressObjects.toIPAddress(this);
    }

    /** {@return whether it is the lowest of its family} */
    public boolean isFirst() {
        return high == 0 && low == 0;
    }

    /** {@return whether it is the highest of its family} */
    public boolean isLast() {
        return high == family.lastHigh() && low == family.lastLow();
    }

    /** {@return the next address} Throws IllegalStateException for the last one. */
    public Address next() {
        if (isLast()) {
            throw new IllegalStateException("no address after " + this);
        }
        return new Address(family, Uint128.incrementHigh(high, low), low + 1);
    }

    /** {@return the previous address} Throws IllegalStateException for the first one. */
    public Address previous() {
        if (isFirst()) {
            throw new IllegalStateException("no address before " + this);
        }
        return new Address(family, Uint128.decrementHigh(high, low), low - 1);
    }

    /**
     * {@return the address {@code n} above, or below if {@code n} is negative} Throws
     * IllegalArgumentException if the family has no such address.
     *
     * @param n the difference
     */
    public Address plus(long n) {
        long sumHigh = Uint128.addHigh(high, low, n >> 63, n);
        long sumLow = low + n;
        boolean wraps = n < 0 ? Uint128.isLess(high, low, sumHigh, sumLow) : Uint128.isLess(sumHigh, sumLow, high, low);
        if (wraps || Uint128.isLess(family.lastHigh(), family.lastLow(), sumHigh, sumLow)) {
            throw outside(Long.toString(n));
        }
        return new Address(family, sumHigh, sumLow);
    }

    /**
     * {@return the address {@code n} above, or below if {@code n} is negative} Throws
     * IllegalArgumentException if the family has no such address. Cost: that of BigInteger.
     *
     * @param n the difference, of any size
     */
    public Address plus(BigInteger n) {
        BigInteger sum = Uint128.toBigInteger(high, low).add(requireNonNull(n, "n"));
        if (sum.signum() < 0 || sum.bitLength() > family.bits()) {
            throw outside(n.bitLength() > 2 * Uint128.BITS ? n.bitLength() + " bits" : n.toString());
        }
        return new Address(family, Uint128.high(sum), Uint128.low(sum));
    }

    private IllegalArgumentException outside(String n) {
        return new IllegalArgumentException(
                "n must lead from " + this + " to an address of " + family.label() + ", was " + n);
    }

    /**
     * {@return the n for which {@code plus(n)} is the other address; negative if it is below this
     * one} Throws IllegalArgumentException for the other family. Cost: that of BigInteger.
     *
     * @param other the other address
     */
    public BigInteger distanceTo(Address other) {
        requireNonNull(other, "other");
        if (other.family != family) {
            throw new IllegalArgumentException("other must be of " + family.label() + ", was " + other);
        }
        return Uint128.toBigInteger(other.high, other.low).subtract(Uint128.toBigInteger(high, low));
    }

    /** Compares by family, then by unsigned number. */
    @Override
    public int compareTo(Address other) {
        requireNonNull(other, "other");
        int byFamily = family.compareTo(other.family);
        return byFamily != 0 ? byFamily : Uint128.compare(high, low, other.high, other.low);
    }

    /** The canonical text. */
    @Override
    public String toString() {
        return AddressText.write(this);
    }
}
