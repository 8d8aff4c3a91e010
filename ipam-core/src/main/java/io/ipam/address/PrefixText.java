package io.ipam.address;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The parser of prefixes; {@link AddressText} parses their addresses. Cost: that of one address.
 * Thread safety: no state.
 */
final class PrefixText {
    /** The maximum length of an address, the slash, and a length with leading zeros. */
    static final int LONGEST_PREFIX = 64;

    private static final String SUBJECT = "prefix";
    private static final String TOO_LONG = "a prefix must have at most " + LONGEST_PREFIX + " characters";

    private PrefixText() {}

    /** The parts as written: host bits may be set. */
    private record Parts(Address address, int length) {
        Prefix masked() {
            return Prefix.masked(address, length);
        }
    }

    /** Accepts any spelling; host bits must be zero. */
    static Prefix exact(String text, @Nullable Family wanted) {
        Parts parts = parts(text, wanted);
        Prefix prefix = parts.masked();
        if (!prefix.base().equals(parts.address())) {
            int index = text.startsWith(parts.address().toString()) ? firstDifference(prefix.toString(), text) : 0;
            throw AddressText.refused(SUBJECT, text, new Fault(index, AddressRules.ZERO_HOST_BITS, "write " + prefix));
        }
        return prefix;
    }

    static Prefix canonical(String text) {
        Prefix prefix = parts(text, null).masked();
        String canonical = prefix.toString();
        if (!canonical.equals(text)) {
            int index = firstDifference(canonical, text);
            throw AddressText.refused(
                    SUBJECT, text, new Fault(index, AddressRules.CANONICAL_PREFIX, "write " + canonical));
        }
        return prefix;
    }

    private static int firstDifference(String canonical, String text) {
        return Arrays.mismatch(canonical.toCharArray(), text.toCharArray());
    }

    /** Accepts any spelling; host bits are cleared. */
    static Prefix masked(String text, @Nullable Family wanted) {
        return parts(text, wanted).masked();
    }

    private static Parts parts(String text, @Nullable Family wanted) {
        if (Objects.requireNonNull(text, "text").length() > LONGEST_PREFIX) {
            throw AddressText.refused(SUBJECT, text, new Fault(LONGEST_PREFIX, TOO_LONG));
        }
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw AddressText.refused(SUBJECT, text, lengthMissing(text));
        }
        String part = text.substring(0, slash);
        Address address = AddressText.readMappedToo(part);
        if (address == null) {
            throw AddressText.refused(SUBJECT, text, AddressFaults.find(part));
        }
        Parts parts = new Parts(address, length(text, slash + 1, address.family()));
        Prefix prefix = parts.masked();
        Fault fault = AddressText.isDottedMapped(address, part) || AddressText.isMapped(prefix.base())
                ? mapped(prefix)
                : AddressText.familyFault(address, text, wanted);
        if (fault != null) {
            throw AddressText.refused(SUBJECT, text, fault);
        }
        return parts;
    }

    /**
     * The fault of a prefix where a range is required; its hint contains the range if the text is a
     * prefix.
     */
    static Fault asRange(String text, Fault fault) {
        try {
            return fault.withHint("write the range " + masked(text, null).range());
        } catch (InvalidAddressException notAPrefix) {
            return fault;
        }
    }

    /**
     * A prefix within ::ffff:0:0/96 is refused in any spelling: its author means the IPv4 prefix.
     */
    private static Fault mapped(Prefix prefix) {
        if (prefix.length() < Family.IPV6.bits() - Family.IPV4.bits()) {
            return new Fault(0, AddressRules.NO_MAPPED_PREFIX);
        }
        Address base = new Address(Family.IPV4, 0, prefix.base().low() & Family.IPV4.lastLow());
        int length = prefix.length() - Family.IPV6.bits() + Family.IPV4.bits();
        return new Fault(0, AddressRules.NO_MAPPED_PREFIX, "write " + new Prefix(base, length));
    }

    private static Fault lengthMissing(String text) {
        if (text.isEmpty()) {
            return new Fault(0, "a prefix is required");
        }
        Address address = AddressText.read(text);
        return address == null
                ? new Fault(text.length(), AddressRules.PREFIX_LENGTH)
                : new Fault(
                        text.length(),
                        AddressRules.PREFIX_LENGTH,
                        "write " + text + "/" + address.family().bits() + " for the one address");
    }

    private static int length(String text, int from, Family family) {
        int length = 0;
        for (int index = from; index < text.length(); index++) {
            int digit = text.charAt(index) - '0';
            if (digit < 0 || digit > 9) {
                throw AddressText.refused(SUBJECT, text, new Fault(index, AddressRules.PREFIX_LENGTH));
            }
            length = length * 10 + digit;
            if (length > family.bits()) {
                throw AddressText.refused(SUBJECT, text, new Fault(from, AddressRules.longestPrefix(family)));
            }
        }
        if (from == text.length()) {
            throw AddressText.refused(SUBJECT, text, new Fault(from, AddressRules.PREFIX_LENGTH));
        }
        return length;
    }
}
