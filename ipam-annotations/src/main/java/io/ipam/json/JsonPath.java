package io.ipam.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes the path of a value: {@code [1].ipv4[0]}, {@code metadata.labels["a/b"]}. Thread safety:
 * stateless.
 */
public final class JsonPath {
    /** The maximum number of steps; more outer ones are omitted. */
    private static final int STEPS = 16;
    /** The maximum length of a name; a longer one is shortened. */
    private static final int NAME = 64;

    private JsonPath() {}

    /** The path of the current value or key of the parser; empty for the whole text. */
    static String of(JsonParser parser) {
        JsonStreamContext context = parser.getParsingContext();
        if (parser.currentToken() != null && parser.currentToken().isStructStart()) {
            context = context.getParent();
        }
        Deque<JsonStreamContext> steps = new ArrayDeque<>();
        while (!context.inRoot() && steps.size() < STEPS) {
            steps.push(context);
            context = context.getParent();
        }
        String path = context.inRoot() ? "" : "..";
        for (JsonStreamContext step : steps) {
            path = step.inArray()
                    ? path + "[" + step.getCurrentIndex() + "]"
                    : member(path, step.hasCurrentName() ? step.getCurrentName() : "");
        }
        return path;
    }

    /**
     * {@return the path of a member of an object}
     *
     * @param path the path of the object; empty for the whole text
     * @param name the name of the member; one that is not plain is quoted, and a long one is
     *     shortened
     */
    public static String member(String path, String name) {
        String shown = name.length() > NAME ? name.substring(0, NAME) + "…" : name;
        if (!isPlain(shown)) {
            return path + "[" + JsonText.of(visible(shown)) + "]";
        }
        return path.isEmpty() ? shown : path + "." + shown;
    }

    /** The text without control characters, line separators, and similar characters. */
    private static String visible(String name) {
        return name.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}]", "\uFFFD");
    }

    private static boolean isPlain(String name) {
        return !name.isEmpty()
                && name.chars().allMatch(unit -> Character.isLetterOrDigit(unit) || unit == '_' || unit == '-');
    }
}
