package io.ipam.address;

import org.jspecify.annotations.Nullable;

/** Scans IPv6 text for its first fault. Thread safety: none; used once. */
final class GroupFaults {
    private final String text;
    private int index;
    /** The number of groups so far; a dotted tail counts as two. */
    private int groups;
    /** The index of "::", or -1. */
    private int elision = -1;
    /** Whether a group precedes the current place, not a separator or the beginning. */
    private boolean afterGroup;

    GroupFaults(String text) {
        this.text = text;
    }

    /** The first fault, or null if the text has the form of an IPv6 address. */
    @Nullable
    Fault find() {
        while (index < text.length()) {
            Fault fault = text.charAt(index) == ':' ? separator() : group();
            if (fault != null) {
                return fault;
            }
        }
        if (elision < 0) {
            return groups == 8 ? null : new Fault(text.length(), AddressRules.EIGHT_GROUPS);
        }
        return groups < 8 ? null : new Fault(elision, AddressRules.ELISION_LENGTH);
    }

    private @Nullable Fault separator() {
        if (text.startsWith("::", index)) {
            if (elision >= 0) {
                return new Fault(index, AddressRules.ONE_ELISION);
            }
            elision = index;
            index += 2;
        } else if (afterGroup && index + 1 < text.length()) {
            index++;
        } else {
            return new Fault(index, AddressRules.EIGHT_GROUPS);
        }
        afterGroup = false;
        return null;
    }

    private @Nullable Fault group() {
        int start = index;
        int colon = text.indexOf(':', start);
        index = colon < 0 ? text.length() : colon;
        int dot = text.indexOf('.', start);
        boolean dotted = dot >= 0 && dot < index;
        groups += dotted ? 2 : 1;
        afterGroup = true;
        if (dotted) {
            Fault fault = colon < 0 ? AddressFaults.ofIPv4(text, start) : new Fault(colon, AddressRules.DOTTED_TAIL);
            if (fault != null) {
                return fault;
            }
        } else if (index - start > 4) {
            return new Fault(start + 4, AddressRules.GROUP_DIGITS);
        }
        return groups > 8 ? new Fault(start, AddressRules.EIGHT_GROUPS) : null;
    }
}
