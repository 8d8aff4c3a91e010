package io.ipam.address;

/**
 * The reason why a text is refused.
 *
 * @param index the index of the first offending character, from 0; the length of the text if its
 *     end is missing
 * @param rule the violated rule
 * @param hint the correction, or empty
 */
record Fault(int index, String rule, String hint) {
    Fault(int index, String rule) {
        this(index, rule, "");
    }

    /** The same fault in a longer text, in which this text begins at {@code offset}. */
    Fault shifted(int offset) {
        return offset == 0 ? this : new Fault(index + offset, rule, hint);
    }

    Fault withHint(String newHint) {
        return new Fault(index, rule, newHint);
    }
}
