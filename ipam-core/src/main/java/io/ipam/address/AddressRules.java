package io.ipam.address;

/** The rules of the address grammar as sentences; a problem cites one of them. */
final class AddressRules {
    static final String REQUIRED = "an address is required";
    static final String TOO_LONG = "an address must have at most " + AddressText.LONGEST_ADDRESS + " characters";
    static final String CHARACTERS = "an address must consist of ASCII digits, the letters a to f, '.' and ':'";
    static final String NO_SPACE = "white space is not allowed";
    static final String NO_BRACKETS = "brackets and ports are not allowed";
    static final String NO_ZONE = "an address must not have a zone";
    static final String NO_PREFIX_LENGTH = "a single address must not have a prefix length";
    static final String NO_RANGE = "must be a single address, not a range";
    static final String ASCII_DIGITS = "digits must be 0 to 9 of ASCII";
    static final String FOUR_OCTETS = "an IPv4 address must be four decimal numbers with dots between them";
    static final String OCTET_MAX = "a number of an IPv4 address must be at most 255";
    static final String OCTET_ZEROS = "a number of an IPv4 address must not have a leading zero";
    static final String EIGHT_GROUPS =
            "an IPv6 address must be eight groups of hexadecimal digits with ':' between them";
    static final String GROUP_DIGITS = "a group of an IPv6 address must have one to four hexadecimal digits";
    static final String ONE_ELISION = "'::' must occur at most once";
    static final String ELISION_LENGTH = "'::' must replace at least one group of zeros";
    static final String DOTTED_TAIL = "only the end of an IPv6 address may be written with dots";
    static final String NO_MAPPED = "an IPv4 address must not be written as an IPv6 address";
    static final String NO_MAPPED_PREFIX = "an IPv4 prefix must not be written as an IPv6 prefix";
    static final String ONE_DASH = "a range must have only one '-'";
    static final String ONE_FAMILY = "both ends of a range must have one family";
    static final String ASCENDING = "the first address of a range must not be above the last";
    static final String PREFIX_LENGTH = "a prefix must be an address, '/' and a prefix length in decimal digits";
    static final String ZERO_HOST_BITS = "the bits after the prefix length must be zero";
    static final String CANONICAL_PREFIX =
            "the bits after the prefix length must be zero and the text must be canonical";

    private AddressRules() {}

    /** The rule that an address of that family is required. */
    static String wanted(Family family) {
        return "must be an " + family.label() + " address";
    }

    /** The rule about the size of a prefix length. */
    static String longestPrefix(Family family) {
        return "a prefix length of " + family.label() + " must be at most " + family.bits();
    }
}
