package io.ipam.address;

import inet.ipaddr.IPAddress;
import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv6.IPv6Address;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.List;
import java.util.Objects;

/** The only conversions from and to {@link IPAddress}. Thread safety: no state. */
final class AddressObjects {
    private AddressObjects() {}

    /** A single address without a zone; the prefix length is dropped. */
    static Address toAddress(IPAddress object) {
        Objects.requireNonNull(object, "address");
        if (object.isMultiple()) {
            throw refused(object, "must be one address, contains " + object.getCount());
        }
        return single(object);
    }

    /**
     * The prefix of an object with a prefix length that is either one address or the whole block;
     * host bits must be zero.
     */
    static Prefix toPrefix(IPAddress object) {
        Objects.requireNonNull(object, "prefix");
        Integer length = object.getNetworkPrefixLength();
        if (length == null) {
            throw refused(object, "a prefix must have a prefix length");
        }
        if (object.isMultiple() && !object.isSinglePrefixBlock()) {
            throw refused(object, "must be one address or the whole prefix");
        }
        Address base = single(object.getLower());
        if (!Prefix.hasZeroHostBits(base, length)) {
            throw refused(object, AddressRules.ZERO_HOST_BITS, "write " + Prefix.masked(base, length));
        }
        return new Prefix(base, length);
    }

    static IPAddress toIPAddress(Address address) {
        return address.family() == Family.IPV4
                ? new IPv4Address((int) address.low())
                : new IPv6Address(address.high(), address.low());
    }

    private static Address single(IPAddress object) {
        if (object.isIPv4()) {
            return new Address(Family.IPV4, 0, object.toIPv4().longValue());
        }
        IPv6Address six = object.toIPv6();
        if (six.hasZone()) {
            throw refused(object, AddressRules.NO_ZONE);
        }
        return ofIPv6(six);
    }

    /** The bits of a single IPv6 address. */
    static Address ofIPv6(IPv6Address six) {
        long high = 0;
        long low = 0;
        for (int group = 0; group < 4; group++) {
            high = high << 16 | six.getSegment(group).getSegmentValue();
            low = low << 16 | six.getSegment(group + 4).getSegmentValue();
        }
        return new Address(Family.IPV6, high, low);
    }

    private static InvalidAddressException refused(IPAddress object, String rule) {
        return refused(object, rule, "");
    }

    private static InvalidAddressException refused(IPAddress object, String rule, String hint) {
        Problem problem = Problem.of(ProblemType.INVALID, "", object.toString(), rule, hint);
        return new InvalidAddressException("address object", List.of(problem));
    }
}
