package io.ipam.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;

/**
 * The parsers that the reader uses. Names are neither shared nor interned, so a hostile text leaves
 * nothing in memory. The length of the text is checked first and bounds every name, string, and
 * number. Thread safety: the factories are shared and never changed.
 */
final class JsonParsers {
    private static final JsonFactory PLAIN = factory().build();
    private static final JsonFactory TRAILING_COMMA =
            factory().enable(JsonReadFeature.ALLOW_TRAILING_COMMA).build();

    private JsonParsers() {}

    static JsonParser of(String text, JsonOptions options) throws IOException {
        return (options.trailingComma() ? TRAILING_COMMA : PLAIN).createParser(Surrogates.escapesRepaired(text));
    }

    private static JsonFactoryBuilder factory() {
        return new JsonFactoryBuilder()
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(JsonOptions.DEEPEST)
                        .maxNameLength(Integer.MAX_VALUE)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .build());
    }
}
