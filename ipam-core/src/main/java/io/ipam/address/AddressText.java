package io.ipam.address;

import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The only parser of addresses. It uses the parser of the IPAddress library without its lenient
 * forms. Forms that the library cannot disable are refused first. The package description defines
 * the grammar.
 *
 * <p>Cost: one bounded scan in addition to the library's parser; text that is too long is refused
 * unread. {@link AddressFaults} searches for the fault only after a refusal. Thread safety: no
 * state.
 */
final class AddressText {
    /** The length of six groups and a dotted tail: ffff:…:ffff:255.255.255.255. */
    static final int LONGEST_ADDRESS = 45;

    private static final int LONGEST_RANGE = 2 * LONGEST_ADDRESS + 1;

    private static final IPAddressStringParameters STRICT = strict();

    private AddressText() {}

    static Address address(String text, @Nullable Family wanted) {
        Address address = read(Objects.requireNonNull(text, "text"));
        if (address == null) {
            throw refused("address", text, AddressFaults.find(text));
        }
        Fault fault = familyFault(address, text, wanted);
        if (fault != null) {
            throw refused("address", text, fault);
        }
        return address;
    }

    static AddressRange range(String text, @Nullable Family wanted) {
        boolean tooLong = Objects.requireNonNull(text, "text").length() > LONGEST_RANGE;
        int dash = (tooLong ? text.substring(0, LONGEST_RANGE) : text).indexOf('-');
        if (dash < 0) {
            return AddressRange.of(end(text, 0, text.length(), wanted));
        }
        if (tooLong) {
            throw refused("address range", text, new Fault(LONGEST_RANGE, AddressRules.TOO_LONG));
        }
        int second = text.indexOf('-', dash + 1);
        if (second >= 0) {
            throw refused("address range", text, new Fault(second, AddressRules.ONE_DASH));
        }
        Address first = end(text, 0, dash, wanted);
        Address last = end(text, dash + 1, text.length(), wanted);
        if (first.family() != last.family()) {
            throw refused("address range", text, new Fault(dash + 1, AddressRules.ONE_FAMILY));
        }
        if (first.compareTo(last) > 0) {
            Fault reversed = new Fault(dash + 1, AddressRules.ASCENDING, "write " + last + "-" + first);
            throw refused("address range", text, reversed);
        }
        return new AddressRange(first, last);
    }

    /** A range, or the addresses of a prefix. */
    static AddressRange rangeOrPrefix(String text, Family wanted) {
        boolean isPrefix = Objects.requireNonNull(text, "text").length() <= LONGEST_RANGE && text.indexOf('/') >= 0;
        return isPrefix ? PrefixText.exact(text, wanted).range() : range(text, wanted);
    }

    /**
     * The ranges of all texts, or one exception with the problems of all texts, each at its place
     * {@code [i]}.
     */
    static List<AddressRange> ranges(Collection<String> texts, Function<String, AddressRange> reader) {
        List<AddressRange> ranges = new ArrayList<>(texts.size());
        List<Problem> problems = new ArrayList<>();
        int index = 0;
        for (String text : texts) {
            String where = "[" + index++ + "]";
            try {
                ranges.add(reader.apply(text));
            } catch (InvalidAddressException refused) {
                refused.problems().forEach(problem -> problems.add(problem.withWhere(where)));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidAddressException("address set", problems);
        }
        return ranges;
    }

    /** One end of a range. */
    private static Address end(String text, int from, int to, @Nullable Family wanted) {
        String part = text.substring(from, to);
        Address address = read(part);
        if (address != null) {
            Fault fault = familyFault(address, part, wanted);
            if (fault == null) {
                return address;
            }
            throw refused("address range", text, fault.shifted(from));
        }
        Fault fault = AddressFaults.find(part);
        if (fault.rule().equals(AddressRules.NO_PREFIX_LENGTH) && part.length() == text.length()) {
            fault = PrefixText.asRange(text, fault);
        }
        throw refused("address range", text, fault.shifted(from));
    }

    /** The address, or null for refused text; {@link AddressFaults} finds the reason. */
    static @Nullable Address read(String text) {
        Address address = readMappedToo(text);
        return address != null && isDottedMapped(address, text) ? null : address;
    }

    /** As {@link #read}, but also accepts a dotted tail within ::ffff:0:0/96. */
    static @Nullable Address readMappedToo(String text) {
        if (!isPlausible(text)) {
            return null;
        }
        IPAddress object = new IPAddressString(text, STRICT).getAddress();
        if (object == null) {
            return null;
        }
        if (object.isIPv4()) {
            return new Address(Family.IPV4, 0, object.toIPv4().longValue());
        }
        return AddressObjects.ofIPv6(object.toIPv6());
    }

    static String write(Address address) {
        return address.toIPAddress().toCanonicalString();
    }

    /** Whether the address is within ::ffff:0:0/96. */
    static boolean isMapped(Address address) {
        return address.family() == Family.IPV6 && address.high() == 0 && address.low() >>> 32 == 0xffff;
    }

    static boolean isDottedMapped(Address address, String text) {
        return isMapped(address) && text.indexOf('.') >= 0;
    }

    static @Nullable Fault familyFault(Address address, String text, @Nullable Family wanted) {
        if (wanted == null || address.family() == wanted) {
            return null;
        }
        return new Fault(
                0,
                AddressRules.wanted(wanted),
                text + " is an " + address.family().label() + " address");
    }

    static InvalidAddressException refused(String subject, String text, Fault fault) {
        ProblemType type = text.isEmpty() ? ProblemType.REQUIRED : ProblemType.INVALID;
        Problem.Position position = text.isEmpty() ? null : Problem.Position.ofIndex(fault.index());
        Problem problem = new Problem(type, "", position, text, fault.rule(), fault.hint());
        return new InvalidAddressException(subject, List.of(problem));
    }

    /** Whether an address can have this length and these characters. */
    private static boolean isPlausible(String text) {
        int length = text.length();
        if (length == 0 || length > LONGEST_ADDRESS) {
            return false;
        }
        for (int index = 0; index < length; index++) {
            if (!AddressFaults.isAddressCharacter(text.charAt(index))) {
                return false;
            }
        }
        return true;
    }

    private static IPAddressStringParameters strict() {
        IPAddressStringParameters.Builder any = new IPAddressStringParameters.Builder()
                .allowEmpty(false)
                .setEmptyAsLoopback(false)
                .allowAll(false)
                .allowSingleSegment(false)
                .allowPrefix(false)
                .allowPrefixOnly(false)
                .allowMask(false)
                .allowWildcardedSeparator(false)
                .allow_inet_aton(false)
                .setRangeOptions(RangeParameters.NO_RANGE);
        any.getIPv4AddressParametersBuilder()
                .allow_inet_aton(false)
                .allow_inet_aton_single_segment_mask(false)
                .allow_inet_aton_extraneous_digits(false)
                .allowBinary(false)
                .allowLeadingZeros(false)
                .allowUnlimitedLeadingZeros(false);
        any.getIPv6AddressParametersBuilder()
                .allowMixed(true)
                .allow_mixed_inet_aton(false)
                .allowZone(false)
                .allowEmptyZone(false)
                .allowBase85(false)
                .allowBinary(false)
                .allowLeadingZeros(true)
                .allowUnlimitedLeadingZeros(false)
                .getEmbeddedIPv4AddressParametersBuilder()
                .allowLeadingZeros(false)
                .allowUnlimitedLeadingZeros(false);
        return any.toParams();
    }
}
