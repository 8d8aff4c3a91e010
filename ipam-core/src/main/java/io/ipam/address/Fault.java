package io.ipam.address;

/**
 * Why a text is refused.
 *
 * @param index the index of the first offending character, from 0; the length of the text where
 *     something is missing at its end
 * @param rule the rule
 * @param hint what to change, or empty
 */
record Fault(int index, String rule, String hint) {
    Fault(int index, String rule) {
        this(index, rule, "");
    }

    /**
     * The same fault in a text of which this one's text is the part that begins at {@code offset}.
     */
    Fault shifted(int offset) {
        return offset == 0 ? this : new Fault(index + offset, rule, hint);
    }

    Fault withHint(String newHint) {
        return new Fault(index, rule, newHint);
    }
}
