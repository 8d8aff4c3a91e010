package io.ipam.annotations;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the rules of the golden run need to know of a text, found without the library's own reader. */
final class GoJson {
    private static final ObjectMapper PLAIN = mapper(false);
    private static final ObjectMapper LENIENT = mapper(true);

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

    /** The tree of a text that is JSON but for trailing commas, of which it has some. */
    static Optional<JsonNode> withoutTrailingCommas(String text) {
        return tree(PLAIN, text).isPresent() ? Optional.empty() : tree(LENIENT, text);
    }

    private static Optional<JsonNode> tree(ObjectMapper mapper, String text) {
        try {
            JsonNode tree = mapper.readTree(text);
            return tree.isMissingNode() ? Optional.empty() : Optional.of(tree);
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    /** Whether an object has a key twice: folded at {@code foldedDepth} (1 is the outermost), exactly elsewhere. */
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
        return name.replace('\u017F', 's')
                .replace('\u212A', 'k')
                .replaceAll("[^\\x00-\\x7F]", "?")
                .toLowerCase(Locale.ROOT);
    }
}
