package io.ipam.documents;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ipam.problem.InvalidInputException;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.time.DateTimeException;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Writes and reads the JSON of {@link StoreText}. Thread safety: stateless. */
final class StoreJson {
    /** The maximum number of characters of a text that is read. */
    static final int MAX_LENGTH = 1 << 27;

    private static final int MAX_DEPTH = 16;
    /** Regular expressions match code points, so this does not match half of a pair. */
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

    private static final JsonMapper MAPPER = JsonMapper.builder(new JsonFactoryBuilder()
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNameLength(MAX_LENGTH)
                            .maxStringLength(MAX_LENGTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StoreJson() {}

    /** The text of a tree of maps, lists, texts and booleans. */
    static String write(Object tree) {
        try {
            return escapeSurrogates(MAPPER.writeValueAsString(tree));
        } catch (JsonProcessingException notATree) {
            throw new IllegalArgumentException("tree must consist of maps, lists, texts and booleans", notATree);
        }
    }

    private static String escapeSurrogates(String json) {
        return json.chars().anyMatch(unit -> Character.isSurrogate((char) unit))
                ? LONE_SURROGATE
                        .matcher(json)
                        .replaceAll(lone ->
                                "\\\\u" + Integer.toHexString(lone.group().charAt(0)))
                : json;
    }

    /** Reads a text; every reason to refuse it becomes an InvalidDocumentException. */
    static <T> T read(String subject, String text, Function<StoredValue, T> reader) {
        if (requireNonNull(text, "text").length() > MAX_LENGTH) {
            throw invalid(subject, ProblemType.FORBIDDEN, "must have at most " + MAX_LENGTH + " characters");
        }
        try {
            return reader.apply(new StoredValue("", MAPPER.readTree(text)));
        } catch (InvalidInputException refused) {
            throw new InvalidDocumentException(subject, refused.problems());
        } catch (JsonProcessingException notJson) {
            throw invalid(subject, ProblemType.MALFORMED, "must be JSON, but " + notJson.getOriginalMessage());
        } catch (IllegalArgumentException | DateTimeException refused) {
            throw invalid(subject, ProblemType.INVALID, String.valueOf(refused.getMessage()));
        }
    }

    private static InvalidDocumentException invalid(String subject, ProblemType type, String rule) {
        return new InvalidDocumentException(subject, List.of(Problem.of(type, "", "", rule)));
    }
}
