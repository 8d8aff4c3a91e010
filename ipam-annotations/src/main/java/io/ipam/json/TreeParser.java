package io.ipam.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import io.ipam.problem.ProblemType;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parser of a reader as jackson-databind uses it to read one structure. Names and strings are
 * well-formed. A repeated name in one object is a problem. A structure that is too deep is a
 * problem and reads as null.
 *
 * <p>Cost: memory for the names of the open objects. Thread safety: none.
 */
final class TreeParser extends JsonParserDelegate {
    /** The maximum number of digits of a BigInteger: 2^128 has 39. */
    private static final int MOST_DIGITS = 40;

    private final JsonReader reader;
    private final int deepest;
    /** The names seen in each open object, innermost first. */
    private final Deque<Set<String>> objects = new ArrayDeque<>();

    private int depth;

    /** A parser at the start of a structure. */
    TreeParser(JsonParser parser, JsonReader reader, int deepest) {
        super(parser);
        this.reader = reader;
        this.deepest = deepest;
        note(parser.currentToken());
    }

    @Override
    public @Nullable JsonToken nextToken() throws IOException {
        JsonToken token = super.nextToken();
        if (token != null && token.isStructStart() && depth == deepest) {
            String rule = "a document must have at most " + deepest + " levels of objects and lists";
            reader.problem(ProblemType.FORBIDDEN, "", rule, "");
            super.skipChildren();
            return JsonToken.VALUE_NULL;
        }
        note(token);
        return token == JsonToken.VALUE_NUMBER_FLOAT ? JsonToken.VALUE_EMBEDDED_OBJECT : token;
    }

    private void note(@Nullable JsonToken token) {
        if (token == JsonToken.FIELD_NAME) {
            noteName(reader.tokens().name());
        } else if (token != null && token.isStructStart()) {
            depth++;
            if (token == JsonToken.START_OBJECT) {
                objects.push(new HashSet<>());
            }
        } else if (token != null && token.isStructEnd()) {
            depth--;
            if (token == JsonToken.END_OBJECT) {
                objects.pop();
            }
        }
    }

    private void noteName(String name) {
        if (!objects.element().add(name)) {
            reader.problem(ProblemType.DUPLICATE, name, JsonProblems.ONCE, "remove one of the two");
        }
    }

    @Override
    public @Nullable String nextFieldName() throws IOException {
        return nextToken() == JsonToken.FIELD_NAME ? currentName() : null;
    }

    /** Moves to the end of the current structure, without recursion. */
    @Override
    public JsonParser skipChildren() throws IOException {
        for (int outside = depth - 1; depth > outside; ) {
            nextToken();
        }
        return this;
    }

    @Override
    public String currentName() {
        return reader.tokens().name();
    }

    @Override
    public String getText() throws IOException {
        return Surrogates.repaired(super.getText());
    }

    @Override
    public Number getNumberValue() throws IOException {
        String written = super.getText();
        return written.length() <= MOST_DIGITS ? super.getNumberValue() : new WrittenNumber(written);
    }

    /** A number with a fraction or an exponent. */
    @Override
    public Object getEmbeddedObject() throws IOException {
        return new WrittenNumber(super.getText());
    }

    /** The reader is still at the end of the structure that was read. */
    @Override
    public void clearCurrentToken() {}
}
