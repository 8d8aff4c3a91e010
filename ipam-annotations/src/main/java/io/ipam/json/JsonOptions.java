package io.ipam.json;

/**
 * The options for reading a text. Thread safety: immutable.
 *
 * @param exactKeys whether a key must be written exactly; otherwise keys fold case as Go's
 *     encoding/json does: ASCII letters, U+017F as s, U+212A as k
 * @param refuseUnknown whether an unknown key is a problem; otherwise its value is skipped. Objects
 *     whose {@link JsonKeys} are open never refuse one
 * @param trailingComma whether one comma after the last member of an object or array is accepted
 * @param maxLength the maximum number of UTF-16 units of a text
 * @param countsRest whether the number of problems beyond the first {@value JsonProblems#MOST} is
 *     reported as one more problem
 */
public record JsonOptions(
        boolean exactKeys, boolean refuseUnknown, boolean trailingComma, int maxLength, boolean countsRest) {
    /** The deepest nesting of arrays and objects that any text may have. */
    public static final int DEEPEST = 10_000;

    /** Checks the limit; throws IllegalArgumentException if it is not positive. */
    public JsonOptions {
        if (maxLength < 1) {
            throw new IllegalArgumentException("maxLength must be positive, was " + maxLength);
        }
    }

    /**
     * {@return exact keys, unknown ones refused, no trailing comma}
     *
     * @param maxLength the maximum number of UTF-16 units of a text
     */
    public static JsonOptions strict(int maxLength) {
        return new JsonOptions(true, true, false, maxLength, false);
    }

    /**
     * {@return folded keys, unknown ones skipped, no trailing comma}
     *
     * @param maxLength the maximum number of UTF-16 units of a text
     */
    public static JsonOptions compatible(int maxLength) {
        return new JsonOptions(false, false, false, maxLength, false);
    }

    /** {@return a copy that accepts a trailing comma} */
    public JsonOptions withTrailingComma() {
        return new JsonOptions(exactKeys, refuseUnknown, true, maxLength, countsRest);
    }

    /**
     * {@return a copy that reports the number of problems beyond the first {@value
     * JsonProblems#MOST}}
     */
    public JsonOptions withCountOfRest() {
        return new JsonOptions(exactKeys, refuseUnknown, trailingComma, maxLength, true);
    }
}
