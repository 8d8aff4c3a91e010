package io.ipam.address;

import org.jspecify.annotations.Nullable;

/**
 * Finds the first rule of the grammar that a refused text violates, and the place of the violation.
 * It is called only after a refusal. Cost: O(length), and the length is bounded. Thread safety: no
 * state.
 */
final class AddressFaults {
    private AddressFaults() {}

    /** The first fault of a text that {@link AddressText#read} refused. */
    static Fault find(String text) {
        if (text.isEmpty()) {
            return new Fault(0, AddressRules.REQUIRED);
        }
        int scanned = Math.min(text.length(), AddressText.LONGEST_ADDRESS);
        for (int index = 0; index < scanned; index++) {
            if (!isAddressCharacter(text.charAt(index))) {
                return foreign(text, index);
            }
        }
        if (text.length() > AddressText.LONGEST_ADDRESS) {
            return new Fault(AddressText.LONGEST_ADDRESS, AddressRules.TOO_LONG);
        }
        boolean four = text.indexOf(':') < 0;
        Fault fault = four ? ofIPv4(text, 0) : new GroupFaults(text).find();
        if (fault != null) {
            return fault;
        }
        return four ? new Fault(0, AddressRules.FOUR_OCTETS) : mapped(text);
    }

    static boolean isAddressCharacter(char c) {
        return (c >= '0' && c <= ':') || c == '.' || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    /** The fault of well-formed IPv6 text: a dotted tail within ::ffff:0:0/96. */
    private static Fault mapped(String text) {
        String tail = text.substring(text.lastIndexOf(':') + 1);
        return tail.indexOf('.') < 0
                ? new Fault(0, AddressRules.EIGHT_GROUPS)
                : new Fault(0, AddressRules.NO_MAPPED, "write " + tail);
    }

    /** A character that no address contains. */
    private static Fault foreign(String text, int index) {
        char c = text.charAt(index);
        if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
            return new Fault(index, AddressRules.NO_SPACE);
        }
        if (Character.isDigit(text.codePointAt(index))) {
            return new Fault(index, AddressRules.ASCII_DIGITS);
        }
        return switch (c) {
            case '/' -> new Fault(index, AddressRules.NO_PREFIX_LENGTH, "remove the '/' and the text after it");
            case '%' -> new Fault(index, AddressRules.NO_ZONE, "remove the '%' and the text after it");
            case '-' -> new Fault(index, AddressRules.NO_RANGE);
            case '[', ']' -> new Fault(index, AddressRules.NO_BRACKETS);
            default -> new Fault(index, AddressRules.CHARACTERS);
        };
    }

    /**
     * The fault of the dotted text that begins at {@code from}, or null if it is an IPv4 address.
     */
    static @Nullable Fault ofIPv4(String text, int from) {
        int start = from;
        for (int octet = 0; octet < 4; octet++) {
            int dot = text.indexOf('.', start);
            int stop = dot < 0 ? text.length() : dot;
            Fault fault = ofOctet(text, start, stop);
            if (fault != null) {
                return fault;
            }
            boolean last = octet == 3;
            if (last != dot < 0) {
                return new Fault(stop, AddressRules.FOUR_OCTETS);
            }
            start = stop + 1;
        }
        return null;
    }

    private static @Nullable Fault ofOctet(String text, int from, int to) {
        int value = 0;
        for (int index = from; index < to; index++) {
            int digit = text.charAt(index) - '0';
            if (digit < 0 || digit > 9) {
                return new Fault(index, AddressRules.FOUR_OCTETS);
            }
            value = Math.min(value * 10 + digit, 1000);
        }
        if (from == to) {
            return new Fault(from, AddressRules.FOUR_OCTETS);
        }
        if (to - from > 1 && text.charAt(from) == '0') {
            return new Fault(from, AddressRules.OCTET_ZEROS);
        }
        return value > 255 ? new Fault(from, AddressRules.OCTET_MAX) : null;
    }
}
