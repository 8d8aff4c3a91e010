package io.ipam.json;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes well-formed UTF-16 of any text. */
final class Surrogates {
    /**
     * An escape: that of a pair; as group 1, that of a surrogate without its partner; or any other.
     */
    private static final Pattern ESCAPE = Pattern.compile(
            "\\\\(?:u[dD][89abAB]HH\\\\u[dD][c-fC-F]HH|(u[dD][89a-fA-F]HH)|.)".replace("H", "\\p{XDigit}"),
            Pattern.DOTALL);

    private Surrogates() {}

    /**
     * Returns the JSON text with the escape of each surrogate without its partner replaced by that
     * of U+FFFD. The new escape has the same length, so locations do not change. Jackson accepts
     * the old one in a string, but not in a name. Returns the same object if there is none.
     */
    static String escapesRepaired(String json) {
        if (!json.contains("\\ud") && !json.contains("\\uD")) {
            return json;
        }
        return ESCAPE.matcher(json)
                .replaceAll(escape -> Matcher.quoteReplacement(escape.group(1) == null ? escape.group() : "\\ufffd"));
    }

    /**
     * The text with each surrogate without its partner replaced by U+FFFD; the same object if there
     * is none.
     */
    static String repaired(String text) {
        return replaced(text, "\uFFFD");
    }

    /**
     * The text with each surrogate without its partner replaced; the same object if there is no
     * surrogate.
     */
    static String replaced(String text, String replacement) {
        for (int index = 0; index < text.length(); index++) {
            if (Character.isSurrogate(text.charAt(index))) {
                return rebuilt(text, replacement);
            }
        }
        return text;
    }

    private static String rebuilt(String text, String replacement) {
        StringBuilder repaired = new StringBuilder(text.length());
        text.codePoints()
                .forEach(point -> repaired.append(
                        point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE
                                ? replacement
                                : Character.toString(point)));
        return repaired.toString();
    }
}
