package io.ipam.annotations;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The facts about a text that the rules of the golden run need, found without the library's own
 * reader.
 */
final class GoJson {
    private static final ObjectMapper PLAIN = mapper(false);
    private static final ObjectMapper LENIENT = mapper(true);
    /** A string, as group 1, or a comma before a closing bracket. */
    private static final Pattern TRAILING_COMMA = Pattern.compile("(\"(?:[^\"\\\\]|\\\\.)*+\")|,(?=\\s*[}\\]])");

    private GoJson() {}

    private static ObjectMapper mapper(boolean trailingComma) {
        JsonFactory factory = new JsonFactoryBuilder()
                .configure(JsonReadFeature.ALLOW_TRAILING_COMMA, trailingComma)
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(20_000).build())
                .build();
        return new ObjectMapper(factory)
                .enable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    static boolean isJson(String text) {
        return isGood(PLAIN, text);
    }

    /** A text that is JSON except for trailing commas, without them; empty for any other text. */
    static Optional<String> withoutTrailingCommas(String text) {
        return isJson(text) || !isGood(LENIENT, text)
                ? Optional.empty()
                : Optional.of(TRAILING_COMMA
                        .matcher(text)
                        .replaceAll(found -> found.group(1) == null ? "" : Matcher.quoteReplacement(found.group(1))));
    }

    private static boolean isGood(ObjectMapper mapper, String text) {
        try {
            return !mapper.readTree(text).isMissingNode();
        } catch (IOException notJson) {
            return false;
        }
    }

    /**
     * Whether an object has a key twice: folded at {@code foldedDepth} (1 is the outermost),
     * exactly elsewhere.
     */
    static boolean hasRepeatedKey(String text, int foldedDepth) {
        Deque<Set<String>> open = new ArrayDeque<>();
        try (JsonParser parser = LENIENT.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isStructStart()) {
                    open.push(new HashSet<>());
                } else if (token.isStructEnd()) {
                    open.pop();
                } else if (token == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    if (!open.element().add(open.size() == foldedDepth ? fold(name) : name)) {
                        return true;
                    }
                }
            }
            return false;
        } catch (IOException notJson) {
            return false;
        }
    }

    static String fold(String name) {
        StringBuilder folded = new StringBuilder(name.replace('\u017F', 's').replace('\u212A', 'k'));
        for (int i = 0; i < folded.length(); i++) {
            char unit = folded.charAt(i);
            folded.setCharAt(i, unit < 0x80 ? Character.toLowerCase(unit) : unit);
        }
        return folded.toString();
    }
}
