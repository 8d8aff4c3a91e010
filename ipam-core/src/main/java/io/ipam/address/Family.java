package io.ipam.address;

import inet.ipaddr.IPAddress;
import java.util.Optional;

/** An address family. Thread safety: immutable. */
public enum Family {
    /** 32-bit addresses. */
    IPV4(32, 4),
    /** 128-bit addresses. */
    IPV6(128, 6);

    private final int bits;
    private final int number;

    Family(int bits, int number) {
        this.bits = bits;
        this.number = number;
    }

    /** {@return the width of an address in bits: 32 or 128} */
    public int bits() {
        return bits;
    }

    /** {@return the number in the name of the family: 4 or 6} */
    public int number() {
        return number;
    }

    /** {@return the human-readable name: {@code IPv4} or {@code IPv6}} */
    public String label() {
        return "IPv" + number;
    }

    /** {@return the lowest address: {@code 0.0.0.0} or {@code ::}} */
    public Address first() {
        return new Address(this, 0, 0);
    }

    /**
     * {@return the highest address: {@code 255.255.255.255} or {@code
     * ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff}}
     */
    public Address last() {
        return new Address(this, lastHigh(), lastLow());
    }

    /** Whether the last address of a prefix is the broadcast address of its hosts. */
    boolean hasBroadcast() {
        return this == IPV4;
    }

    long lastHigh() {
        return this == IPV4 ? 0 : -1L;
    }

    long lastLow() {
        return this == IPV4 ? 0xffff_ffffL : -1L;
    }

    /**
     * {@return the family with that {@link #number()}, if any}
     *
     * @param number 4 or 6
     */
    public static Optional<Family> ofNumber(int number) {
        return switch (number) {
            case 4 -> Optional.of(IPV4);
            case 6 -> Optional.of(IPV6);
            default -> Optional.empty();
        };
    }

    /**
     * {@return the family of an address object, regardless of its values}
     *
     * @param address the address
     */
    public static Family of(IPAddress address) {
        return address.isIPv4() ? IPV4 : IPV6;
    }
}
