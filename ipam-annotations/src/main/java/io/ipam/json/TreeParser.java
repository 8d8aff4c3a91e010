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
 * The parser of a reader as jackson-databind sees it while it reads one structure: names and
 * strings are well-formed, a name that occurs twice in one object and a structure that is too deep
 * are problems, and the latter reads as null.
 *
 * <p>Cost: memory for the names of the objects that are open. Thread safety: none.
 */
final class TreeParser extends JsonParserDelegate {
    /** The most digits that are worth a BigInteger: 2^128 has 39. */
    private static final int MOST_DIGITS = 40;

    private final JsonReader reader;
    private final int deepest;
    /** The names seen in each object that is open, innermost first. */
    private final Deque<Set<String>> objects = new ArrayDeque<>();

    private int depth;

    /** A parser that stands on the start of a structure. */
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
            String rule = "a document has at most " + deepest + " objects and lists inside one another";
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

    /** To the end of the structure that the parser stands on, without recursion. */
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

    /** The reader still stands on the end of what was read. */
    @Override
    public void clearCurrentToken() {}
}
