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
 * Walks one JSON text from value to value and keeps every problem it meets.
 *
 * <p>The reader stands on a value. A body asks what it wants: {@link #string}, {@link #bool},
 * {@link #whole}, the members of an object ({@link #members}, {@link #entries}), the elements of an
 * array ({@link #beginArray}, {@link #nextElement}). A value of another kind is a problem, is
 * skipped, and reads as if it were absent; so is {@code null}, without a problem. A value that the
 * body does not ask for is skipped. So one pass finds everything that is wrong, up to the first
 * place that is not JSON.
 *
 * <p>What is refused beyond RFC 8259: a key twice in one object, anywhere in the text (known keys
 * and their neighbours after folding, others exactly), nesting beyond {@link JsonOptions#DEEPEST},
 * length beyond {@link JsonOptions#maxLength}. A surrogate without its partner reads as U+FFFD. The
 * first {@value JsonProblems#MOST} problems are kept; the options decide whether the number of the
 * others is reported.
 *
 * <p>Cost: O(length) time; memory for what the body keeps, the names of the objects that are open,
 * and one text of the longest string. Thread safety: none; a reader lives within {@link #read},
 * which any thread may call.
 */
public final class JsonReader {
    /** No further key. */
    public static final int END = -1;

    private static final ObjectReader TREES = new JsonMapper().readerFor(Object.class);

    private final JsonOptions options;
    private final JsonTokens tokens;
    private final JsonProblems problems;
    /** Whether the reader stands on the opening bracket of a structure whose inside it reads. */
    private boolean entered;

    private JsonReader(JsonOptions options, JsonTokens tokens, JsonProblems problems) {
        this.options = options;
        this.tokens = tokens;
        this.problems = problems;
    }

    /**
     * Reads one value, which must be the whole text.
     *
     * @param <T> what the body makes of it
     * @param text the JSON text
     * @param options how it is read
     * @param body reads the value that the reader stands on
     * @return what the body returned, and all problems
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

    /** {@return whether the reader stands on {@code null}} */
    public boolean isNull() {
        return tokens.isAt(JsonToken.VALUE_NULL);
    }

    /**
     * The string that the reader stands on.
     *
     * @return null for {@code null} and for what is not a string, which is a problem
     * @param expected what it must be, for the problem
     */
    public @Nullable String string(Expected expected) {
        return is(JsonToken.VALUE_STRING, JsonKind.STRING, expected) ? Surrogates.repaired(tokens.text()) : null;
    }

    /**
     * The whole number that the reader stands on, without fraction and exponent.
     *
     * @return {@code fallback} for {@code null} and for what is not a whole number in {@code
     *     min..max}, which is a problem
     * @param expected what it must be, for the problem
     * @param min the lowest
     * @param max the highest
     * @param fallback the value when there is none
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
            // A problem, below.
        }
        problem(ProblemType.INVALID, written, expected.rule(), "a whole number from " + min + " to " + max);
        return fallback;
    }

    /**
     * The truth value that the reader stands on.
     *
     * @return {@code fallback} for {@code null} and for what is not a truth value, which is a
     *     problem
     * @param expected what it must be, for the problem
     * @param fallback the value when there is none
     */
    public boolean bool(Expected expected, boolean fallback) {
        if (tokens.isAt(JsonToken.VALUE_FALSE)) {
            return false;
        }
        return is(JsonToken.VALUE_TRUE, JsonKind.BOOLEAN, expected) || fallback;
    }

    /**
     * Enters the object that the reader stands on.
     *
     * @return its members, to be read to the end; null for {@code null} and for what is not an
     *     object, which is a problem
     * @param keys the keys it may have
     * @param expected what it must be, for the problem
     */
    public @Nullable JsonMembers members(JsonKeys keys, Expected expected) {
        return enters(JsonToken.START_OBJECT, JsonKind.OBJECT, expected) ? new JsonMembers(this, keys) : null;
    }

    /**
     * Enters the object that the reader stands on, whose keys are data.
     *
     * @return its entries, to be read to the end; null for {@code null} and for what is not an
     *     object, which is a problem
     * @param expected what it must be, for the problem
     */
    public @Nullable JsonEntries entries(Expected expected) {
        return enters(JsonToken.START_OBJECT, JsonKind.OBJECT, expected) ? new JsonEntries(this) : null;
    }

    /**
     * Enters the array that the reader stands on; {@link #nextElement} must then be called until it
     * returns false.
     *
     * @return false for {@code null} and for what is not an array, which is a problem
     * @param expected what it must be, for the problem
     */
    public boolean beginArray(Expected expected) {
        return enters(JsonToken.START_ARRAY, JsonKind.ARRAY, expected);
    }

    /**
     * Moves to the next element of the array entered last.
     *
     * @return false at its end
     */
    public boolean nextElement() {
        skip();
        return advance() != JsonToken.END_ARRAY;
    }

    /**
     * The value that the reader stands on, as jackson-databind makes it; duplicate keys inside are
     * problems.
     *
     * @param deepest the most structures inside one another; a deeper one is a problem and reads as
     *     null
     * @return a map, a list, a string, a number or a boolean; null for {@code null}. A number with
     *     a fraction, an exponent or more than 40 digits has the text that is written
     */
    public @Nullable Object tree(int deepest) {
        try {
            return TREES.readValue(new TreeParser(tokens.parser(), this, deepest));
        } catch (IOException notJson) {
            throw new JsonStop(notJson);
        }
    }

    /** {@return where the value begins that the reader stands on} */
    public Problem.Position position() {
        return JsonTokens.position(tokens.start());
    }

    /**
     * {@return where the source text begins of the value that the reader stands on, for {@link
     * #sourceFrom}}
     */
    public int start() {
        return (int) tokens.start().getCharOffset();
    }

    /**
     * {@return the source text of the value that was just read to its end}
     *
     * @param start the {@link #start} of the value
     */
    public String sourceFrom(int start) {
        skip();
        tokens.text();
        return tokens.sourceFrom(start);
    }

    /**
     * {@return the path of the value that the reader stands on, {@code [1].ipv4[0]}; empty for the
     * whole text}
     */
    public String path() {
        return JsonPath.of(tokens.parser());
    }

    /**
     * Notes a problem with the value that the reader stands on.
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

    /** {@return how many problems there are so far, to tell whether a part was read without any} */
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
     * Moves to the next name or the end of the object; whether it is this name, written without
     * escapes.
     */
    boolean nextNameIs(SerializableString name) {
        skip();
        entered = false;
        return tokens.nextNameIs(name);
    }

    /** From a token to the next one; null at the end of the text. */
    @Nullable
    JsonToken advance() {
        entered = false;
        return tokens.next();
    }

    /**
     * Whether the reader stands on {@code wanted}; anything else but null is a problem, and is
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
     * Skips a value of the wrong kind, and notes it with its source text, even when that ends where
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
     * To the end of a structure that the body did not enter; duplicate keys inside are problems.
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
