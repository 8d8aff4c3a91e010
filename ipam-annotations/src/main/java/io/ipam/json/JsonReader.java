package io.ipam.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON text value by value and keeps every problem that it finds.
 *
 * <p>The reader is at a value, the current one. A body requests its contents: {@link #string},
 * {@link #bool}, {@link #whole}, the members of an object ({@link #members}, {@link #entries}), the
 * elements of an array ({@link #beginArray}, {@link #nextElement}). A value of another kind is a
 * problem, is skipped, and reads as if it were absent. {@code null} also reads as absent, but is
 * not a problem. A value that the body does not request is skipped. So one pass finds all problems,
 * up to the first place that is not JSON.
 *
 * <p>In addition to violations of RFC 8259, the reader refuses nesting beyond {@link
 * JsonOptions#DEEPEST}, length beyond {@link JsonOptions#maxLength}, and a repeated key in any
 * object. Known keys and those in the same object are compared after folding, others exactly. A
 * surrogate without its partner reads as U+FFFD. The first {@value JsonProblems#MOST} problems are
 * kept; the options decide whether the number of the others is reported.
 *
 * <p>Cost: O(length) time; memory for the result of the body, the names of the open objects, and
 * the longest string. Thread safety: none; a reader is used only within a call of {@link #read},
 * which any thread may make.
 */
public final class JsonReader {
    /** No further key. */
    public static final int END = -1;

    private static final ObjectReader TREES = new JsonMapper().readerFor(Object.class);

    private final JsonOptions options;
    private final JsonTokens tokens;
    private final JsonProblems problems;
    /** Whether the reader is at the opening bracket of a structure whose contents it reads. */
    private boolean entered;

    private JsonReader(JsonOptions options, JsonTokens tokens, JsonProblems problems) {
        this.options = options;
        this.tokens = tokens;
        this.problems = problems;
    }

    /**
     * Reads one value, which must be the whole text.
     *
     * @param <T> the result of the body
     * @param text the JSON text
     * @param options the options
     * @param body reads the current value
     * @return the result of the body, and all problems
     */
    public static <T> JsonResult<T> read(String text, JsonOptions options, Function<JsonReader, T> body) {
        if (text.length() > options.maxLength()) {
            return new JsonResult<>(null, List.of(JsonProblems.tooLong(text, options.maxLength())));
        }
        JsonProblems problems = new JsonProblems(options.countsRest());
        T value = null;
        try (JsonParser parser = JsonParsers.of(text, options)) {
            JsonReader reader = new JsonReader(options, new JsonTokens(text, parser), problems);
            try {
                if (reader.advance() == null) {
                    throw new JsonStop(null);
                }
                value = body.apply(reader);
                reader.finish();
            } catch (JsonStop notJson) {
                problems.add(JsonFault.problem(text, parser, notJson.refusal()));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException("a text in memory cannot fail to be read", impossible);
        }
        return new JsonResult<>(value, problems.inOrder());
    }

    private void finish() {
        skip();
        if (advance() != null) {
            throw new JsonStop(null);
        }
    }

    /** {@return whether the current value is {@code null}} */
    public boolean isNull() {
        return tokens.isAt(JsonToken.VALUE_NULL);
    }

    /**
     * Reads the current value, a string.
     *
     * @return the string; null for {@code null}, and for another value, which is a problem
     * @param expected the rule for the value, for the problem
     */
    public @Nullable String string(Expected expected) {
        return is(JsonToken.VALUE_STRING, JsonKind.STRING, expected) ? Surrogates.repaired(tokens.text()) : null;
    }

    /**
     * Reads the current value, a whole number without fraction and exponent.
     *
     * @return the number; {@code fallback} for {@code null}, and for a value that is not a whole
     *     number in {@code min..max}, which is a problem
     * @param expected the rule for the value, for the problem
     * @param min the lowest
     * @param max the highest
     * @param fallback the result if there is no value
     */
    public long whole(Expected expected, long min, long max, long fallback) {
        if (!tokens.isAt(JsonToken.VALUE_NUMBER_INT) && !is(JsonToken.VALUE_NUMBER_FLOAT, JsonKind.NUMBER, expected)) {
            return fallback;
        }
        String written = tokens.text();
        try {
            long number = Long.parseLong(written);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException tooLongOrNotWhole) {
            // Reported below.
        }
        problem(ProblemType.INVALID, written, expected.rule(), "a whole number from " + min + " to " + max);
        return fallback;
    }

    /**
     * Reads the current value, a truth value.
     *
     * @return the truth value; {@code fallback} for {@code null}, and for another value, which is a
     *     problem
     * @param expected the rule for the value, for the problem
     * @param fallback the result if there is no value
     */
    public boolean bool(Expected expected, boolean fallback) {
        if (tokens.isAt(JsonToken.VALUE_FALSE)) {
            return false;
        }
        return is(JsonToken.VALUE_TRUE, JsonKind.BOOLEAN, expected) || fallback;
    }

    /**
     * Enters the current value, an object.
     *
     * @return its members, which must be read to the end; null for {@code null}, and for another
     *     value, which is a problem
     * @param keys the keys that it may have
     * @param expected the rule for the value, for the problem
     */
    public @Nullable JsonMembers members(JsonKeys keys, Expected expected) {
        return enters(JsonToken.START_OBJECT, JsonKind.OBJECT, expected) ? new JsonMembers(this, keys) : null;
    }

    /**
     * Enters the current value, an object whose keys are data.
     *
     * @return its entries, which must be read to the end; null for {@code null}, and for another
     *     value, which is a problem
     * @param expected the rule for the value, for the problem
     */
    public @Nullable JsonEntries entries(Expected expected) {
        return enters(JsonToken.START_OBJECT, JsonKind.OBJECT, expected) ? new JsonEntries(this) : null;
    }

    /**
     * Enters the current value, an array. {@link #nextElement} must then be called until it returns
     * false.
     *
     * @return whether it is an array; false for {@code null}, and for another value, which is a
     *     problem
     * @param expected the rule for the value, for the problem
     */
    public boolean beginArray(Expected expected) {
        return enters(JsonToken.START_ARRAY, JsonKind.ARRAY, expected);
    }

    /**
     * Moves to the next element of the array that was entered last.
     *
     * @return false at its end
     */
    public boolean nextElement() {
        skip();
        return advance() != JsonToken.END_ARRAY;
    }

    /**
     * Reads the current value as a tree, as jackson-databind does. Duplicate keys inside are
     * problems.
     *
     * @param deepest the maximum nesting of structures; a deeper one is a problem and reads as null
     * @return a map, a list, a string, a number or a boolean; null for {@code null}. A number with
     *     a fraction, an exponent, or more than 40 digits keeps its text
     */
    public @Nullable Object tree(int deepest) {
        try {
            return TREES.readValue(new TreeParser(tokens.parser(), this, deepest));
        } catch (IOException notJson) {
            throw new JsonStop(notJson);
        }
    }

    /** {@return the location of the start of the current value} */
    public Problem.Position position() {
        return JsonTokens.position(tokens.start());
    }

    /** {@return the start of the current value in the source text, for {@link #sourceFrom}} */
    public int start() {
        return (int) tokens.start().getCharOffset();
    }

    /**
     * {@return the source text of the last value, which must have been read to its end}
     *
     * @param start the {@link #start} of the value
     */
    public String sourceFrom(int start) {
        skip();
        tokens.text();
        return tokens.sourceFrom(start);
    }

    /**
     * {@return the path of the current value, such as {@code [1].ipv4[0]}; empty for the whole
     * text}
     */
    public String path() {
        return JsonPath.of(tokens.parser());
    }

    /**
     * Records a problem with the current value.
     *
     * @param type the kind of problem
     * @param offending the offending text
     * @param rule the rule
     * @param hint what to change, or empty
     */
    public void problem(ProblemType type, String offending, String rule, String hint) {
        if (problems.takesOneMore()) {
            problems.add(new Problem(type, path(), position(), offending, rule, hint));
        }
    }

    /** {@return the number of problems so far, which shows whether a part has any} */
    public int problemCount() {
        return problems.count();
    }

    JsonOptions options() {
        return options;
    }

    JsonProblems problems() {
        return problems;
    }

    JsonTokens tokens() {
        return tokens;
    }

    /**
     * Moves to the next name or the end of the object. Returns whether it is this name, written
     * without escapes.
     */
    boolean nextNameIs(SerializableString name) {
        skip();
        entered = false;
        return tokens.nextNameIs(name);
    }

    /** Moves from a token to the next one; null at the end of the text. */
    @Nullable
    JsonToken advance() {
        entered = false;
        return tokens.next();
    }

    /**
     * Whether the current value is {@code wanted}. Any other value except null is a problem, and is
     * skipped.
     */
    private boolean is(JsonToken wanted, JsonKind kind, Expected expected) {
        JsonToken found = tokens.current();
        if (found == wanted) {
            return true;
        }
        if (found != JsonToken.VALUE_NULL) {
            mismatch(expected.rule(), expected.hintFor(kind, JsonKind.of(found)));
        }
        return false;
    }

    /**
     * Skips a value of the wrong kind and records it with its source text, even if that ends where
     * the text is not JSON.
     */
    private void mismatch(String rule, String hint) {
        JsonLocation start = tokens.start();
        String path = path();
        boolean quoted = tokens.isAt(JsonToken.VALUE_STRING);
        try {
            skip();
            tokens.text();
        } finally {
            if (problems.takesOneMore()) {
                String written = tokens.shownFrom(start, quoted);
                problems.add(new Problem(ProblemType.INVALID, path, JsonTokens.position(start), written, rule, hint));
            }
        }
    }

    private boolean enters(JsonToken wanted, JsonKind kind, Expected expected) {
        entered = is(wanted, kind, expected);
        return entered;
    }

    /**
     * Moves to the end of a structure that the body did not enter. Duplicate keys inside are
     * problems.
     */
    void skip() {
        if (!entered && tokens.current().isStructStart()) {
            try {
                new TreeParser(tokens.parser(), this, Integer.MAX_VALUE).skipChildren();
            } catch (IOException notJson) {
                throw new JsonStop(notJson);
            }
        }
    }
}
