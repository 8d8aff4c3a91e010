package io.ipam.json;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;

/**
 * A rule for a value, in words, and the hints for values of other kinds. Thread safety: immutable.
 */
public final class Expected {
    private final String rule;
    private final Map<JsonKind, String> hints;
    /** The hint for kinds without their own; empty for the general one. */
    private final String otherwise;

    private Expected(String rule, Map<JsonKind, String> hints, String otherwise) {
        this.rule = rule;
        this.hints = hints;
        this.otherwise = otherwise;
    }

    /**
     * Makes an expectation without hints.
     *
     * @param rule a sentence such as {@code the value must be a list of pool names}
     * @return the expectation
     */
    public static Expected of(String rule) {
        return new Expected(requireNonNull(rule, "rule"), Map.of(), "");
    }

    /**
     * {@return a copy with a hint for values of the kind {@code found}}
     *
     * @param found the kind that was found
     * @param hint what to change, or empty
     */
    public Expected hint(JsonKind found, String hint) {
        EnumMap<JsonKind, String> more = new EnumMap<>(JsonKind.class);
        more.putAll(hints);
        more.put(found, hint);
        return new Expected(rule, more, otherwise);
    }

    /**
     * {@return a copy with a hint for values of the kinds without their own hint}
     *
     * @param hint what to change
     */
    public Expected otherwise(String hint) {
        return new Expected(rule, hints, hint);
    }

    /** {@return the sentence} */
    public String rule() {
        return rule;
    }

    String hintFor(JsonKind wanted, JsonKind found) {
        String own = hints.get(found);
        if (own != null) {
            return own;
        }
        return otherwise.isEmpty() ? general(wanted, found) : otherwise;
    }

    private static String general(JsonKind wanted, JsonKind found) {
        if (wanted == JsonKind.STRING && (found == JsonKind.NUMBER || found == JsonKind.BOOLEAN)) {
            return "write it in double quotes";
        }
        if (wanted == JsonKind.ARRAY && found != JsonKind.NULL) {
            return found == JsonKind.OBJECT ? "lists are written in [ ], not in { }" : "put it into a list: [ ]";
        }
        if (wanted == JsonKind.BOOLEAN && found == JsonKind.STRING) {
            return "write true or false without quotes";
        }
        if (wanted == JsonKind.NUMBER && found == JsonKind.STRING) {
            return "write the number without quotes";
        }
        return "this is " + found.label();
    }
}
