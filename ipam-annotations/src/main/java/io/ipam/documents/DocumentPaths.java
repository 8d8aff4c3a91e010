package io.ipam.documents;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Paths of fields, and what a value looks like in a message. Thread safety: stateless. */
final class DocumentPaths {
    private static final int SHOWN = 64;

    private DocumentPaths() {}

    /** Whether a key can stand in a path as it is. */
    static boolean isPlain(String key) {
        return !key.isEmpty() && key.length() <= SHOWN && key.chars().allMatch(DocumentPaths::isPlain);
    }

    private static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }

    private static boolean isSurrogate(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }

    /** The path of a member; a key that is not a plain name is quoted. */
    static String member(String path, String key) {
        if (!isPlain(key)) {
            return path + quoted(key);
        }
        return path.isEmpty() ? key : path + "." + key;
    }

    /** A key in brackets and quotes, shortened. */
    static String quoted(String key) {
        String shown = key.codePointCount(0, key.length()) <= SHOWN
                ? key
                : key.substring(0, key.offsetByCodePoints(0, SHOWN)) + "...";
        StringBuilder out = new StringBuilder("[\"");
        shown.codePoints().forEach(c -> {
            if (Character.isISOControl(c) || isSurrogate(c)) {
                out.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else if (c == '"' || c == '\\') {
                out.append('\\').appendCodePoint(c);
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.append("\"]").toString();
    }

    /** A value in a message; what could be large or contain itself is only named. */
    static String describe(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Map) {
            return "an object";
        }
        if (value instanceof List) {
            return "a list";
        }
        if (value instanceof String
                || value instanceof Number
                || value instanceof DocumentText.OtherNumber
                || value instanceof Boolean) {
            return value.toString();
        }
        return "a " + value.getClass().getSimpleName();
    }

    /** The known key that a wrong one was probably meant to be; empty if there is none. */
    static String nearest(String wrong, Collection<String> known) {
        String folded = fold(wrong);
        for (String key : new TreeSet<>(known)) {
            if (fold(key).equals(folded)) {
                return key;
            }
        }
        return "";
    }

    /** Lower case, without a plural s and what separates words. */
    private static String fold(String key) {
        String shown = key.length() > SHOWN ? key.substring(0, SHOWN) : key;
        String lower = shown.toLowerCase(Locale.ROOT).replaceAll("[-_ .]", "");
        return lower.endsWith("s") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
