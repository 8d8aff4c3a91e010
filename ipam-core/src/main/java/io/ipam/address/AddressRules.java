package io.ipam.address;

/** The rules of the address grammar as sentences; a problem cites one of them. */
final class AddressRules {
    static final String REQUIRED = "an address is required";
    static final String TOO_LONG = "an address has at most " + AddressText.LONGEST_ADDRESS + " characters";
    static final String CHARACTERS = "an address consists of ASCII digits, the letters a to f, '.' and ':'";
    static final String NO_SPACE = "white space is not allowed";
    static final String NO_BRACKETS = "brackets and ports are not allowed";
    static final String NO_ZONE = "an address has no zone";
    static final String NO_PREFIX_LENGTH = "a single address has no prefix length";
    static final String NO_RANGE = "a single address is wanted, not a range";
    static final String ASCII_DIGITS = "digits are 0 to 9 of ASCII";
    static final String FOUR_OCTETS = "an IPv4 address is four decimal numbers with dots between them";
    static final String OCTET_MAX = "a number of an IPv4 address is at most 255";
    static final String OCTET_ZEROS = "a number of an IPv4 address has no leading zero";
    static final String EIGHT_GROUPS = "an IPv6 address is eight groups of hexadecimal digits with ':' between them";
    static final String GROUP_DIGITS = "a group of an IPv6 address has one to four hexadecimal digits";
    static final String ONE_ELISION = "'::' may stand in an address once";
    static final String ELISION_LENGTH = "'::' stands for at least one group of zeros";
    static final String DOTTED_TAIL = "only the end of an IPv6 address is written with dots";
    static final String NO_MAPPED = "an IPv4 address is not written as an IPv6 address";
    static final String NO_MAPPED_PREFIX = "an IPv4 prefix is not written as an IPv6 prefix";
    static final String ONE_DASH = "a range has one '-'";
    static final String ONE_FAMILY = "both ends of a range have one family";
    static final String ASCENDING = "a range goes from its lower to its higher address";
    static final String PREFIX_LENGTH = "a prefix is an address, '/' and a prefix length in decimal digits";
    static final String ZERO_HOST_BITS = "the bits after the prefix length are zero";
    static final String CANONICAL_PREFIX = "the bits after the prefix length are zero and the text is canonical";

    private AddressRules() {}

    /** The rule that an address of that family is wanted. */
    static String wanted(Family family) {
        return "an " + family.label() + " address is wanted";
    }

    /** The rule about the size of a prefix length. */
    static String longestPrefix(Family family) {
        return "a prefix length of " + family.label() + " is at most " + family.bits();
    }
}
