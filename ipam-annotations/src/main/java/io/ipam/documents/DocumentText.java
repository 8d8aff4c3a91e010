package io.ipam.documents;

import io.ipam.json.Expected;
import io.ipam.json.JsonEntries;
import io.ipam.json.JsonOptions;
import io.ipam.json.JsonReader;
import io.ipam.json.JsonResult;
import io.ipam.problem.ProblemType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON text as a tree of maps, lists, texts, numbers, booleans and nulls. RFC 8259 alone, keys once, at most {@value
 * #MAX_LENGTH} characters, at most {@value #MAX_DEPTH} levels.
 *
 * <p>Thread safety: stateless.
 */
final class DocumentText {
    /** The most characters of one text: a list of ten thousand pools with full status has room. */
    static final int MAX_LENGTH = 1 << 27;

    /** The most objects and lists that may stand inside one another; Kubernetes' own documents stay far below. */
    static final int MAX_DEPTH = 100;

    private static final int MAX_DIGITS = 40;
    private static final Expected ANYTHING = Expected.of("any value");

    private DocumentText() {}

    /** A number that is not a plain whole one, as written. */
    record OtherNumber(String text) {
        /** What a library that reads every number as a double makes of it. */
        double nearest() {
            return Double.parseDouble(text);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** The tree of a text, or the problems. The root of a good result is not null. */
    static JsonResult<Object> tree(String text) {
        return JsonReader.read(text, JsonOptions.strict(MAX_LENGTH), DocumentText::root);
    }

    /** The tree of the value that a reader stands on. */
    static @Nullable Object value(JsonReader reader) {
        return value(reader, 0);
    }

    /** A tree whose keys are texts. */
    @SuppressWarnings("unchecked")
    static Map<String, ?> asObject(Map<?, ?> tree) {
        return (Map<String, ?>) tree;
    }

    private static Object root(JsonReader reader) {
        Object value = value(reader, 0);
        if (value == null) {
            reader.problem(ProblemType.INVALID, "null", "a document is an object", "");
            return "";
        }
        return value;
    }

    private static @Nullable Object value(JsonReader reader, int depth) {
        return switch (reader.kind()) {
            case OBJECT -> deeper(reader, depth) ? object(reader, depth + 1) : null;
            case ARRAY -> deeper(reader, depth) ? list(reader, depth + 1) : null;
            case STRING -> reader.string(ANYTHING);
            case NUMBER -> number(reader.number(ANYTHING));
            case BOOLEAN -> reader.bool(ANYTHING, false);
            case NULL -> null;
        };
    }

    private static boolean deeper(JsonReader reader, int depth) {
        if (depth < MAX_DEPTH) {
            return true;
        }
        reader.problem(
                ProblemType.FORBIDDEN,
                "",
                "a document has at most " + MAX_DEPTH + " objects and lists inside one another",
                "");
        reader.skip();
        return false;
    }

    private static Map<String, @Nullable Object> object(JsonReader reader, int depth) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        JsonEntries entries = reader.entries(ANYTHING);
        if (entries == null) {
            return object;
        }
        for (String key = entries.next(); key != null; key = entries.next()) {
            object.put(key, value(reader, depth));
        }
        return object;
    }

    private static List<@Nullable Object> list(JsonReader reader, int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        if (reader.beginArray(ANYTHING)) {
            while (reader.nextElement()) {
                list.add(value(reader, depth));
            }
        }
        return list;
    }

    private static @Nullable Object number(@Nullable String written) {
        if (written == null) {
            return null;
        }
        int digits = written.startsWith("-") ? written.length() - 1 : written.length();
        boolean whole = digits <= MAX_DIGITS && written.chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
        return whole ? new BigInteger(written) : new OtherNumber(written);
    }
}
