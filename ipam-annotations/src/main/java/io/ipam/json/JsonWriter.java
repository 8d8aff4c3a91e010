package io.ipam.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON text, with the escapes that Go's encoding/json writes: {@code <}, {@code >}, {@code &}, U+2028, U+2029 and
 * controls are escaped, other characters are not, a surrogate without its partner is written {@code \ufffd}.
 *
 * <p>Cost: O(length). Thread safety: none.
 */
public final class JsonWriter {
    private static final String HEX = "0123456789abcdef";

    /** What is handed to a sink at once, in UTF-16 units. */
    private static final int PIECE = 1 << 13;

    private final StringBuilder out = new StringBuilder();
    private final String indent;
    private final @Nullable Appendable sink;
    private int depth;
    private boolean first = true;
    private boolean afterKey;

    private JsonWriter(String indent, @Nullable Appendable sink) {
        this.indent = indent;
        this.sink = sink;
    }

    /** {@return a writer that puts no white space} */
    public static JsonWriter compact() {
        return new JsonWriter("", null);
    }

    /**
     * {@return a writer that puts no white space and hands the text on piece by piece} It ends with {@link #finish}.
     *
     * @param sink takes the text; its IOException becomes an UncheckedIOException
     */
    public static JsonWriter to(Appendable sink) {
        return new JsonWriter("", sink);
    }

    /** {@return a writer that puts each member and element on its own line, indented by two spaces a level} */
    public static JsonWriter indented() {
        return new JsonWriter("  ", null);
    }

    /**
     * Begins an object.
     *
     * @return this
     */
    public JsonWriter beginObject() {
        return begin('{');
    }

    /**
     * Ends the object begun last.
     *
     * @return this
     */
    public JsonWriter endObject() {
        return end('}');
    }

    /**
     * Begins an array.
     *
     * @return this
     */
    public JsonWriter beginArray() {
        return begin('[');
    }

    /**
     * Ends the array begun last.
     *
     * @return this
     */
    public JsonWriter endArray() {
        return end(']');
    }

    /**
     * Writes a key; its value comes next.
     *
     * @param name the name
     * @return this
     */
    public JsonWriter key(String name) {
        next();
        quote(name);
        out.append(indent.isEmpty() ? ":" : ": ");
        afterKey = true;
        return this;
    }

    /**
     * Writes a string.
     *
     * @param text the text
     * @return this
     */
    public JsonWriter value(String text) {
        next();
        quote(text);
        return this;
    }

    /**
     * Writes a truth value.
     *
     * @param truth the value
     * @return this
     */
    public JsonWriter value(boolean truth) {
        next();
        out.append(truth);
        return this;
    }

    /**
     * Writes a whole number.
     *
     * @param number the number
     * @return this
     */
    public JsonWriter value(long number) {
        next();
        out.append(number);
        return this;
    }

    /**
     * Writes a whole number of any size.
     *
     * @param number the number
     * @return this
     */
    public JsonWriter value(BigInteger number) {
        next();
        out.append(number);
        return this;
    }

    /**
     * Writes {@code null}.
     *
     * @return this
     */
    public JsonWriter nullValue() {
        next();
        out.append("null");
        return this;
    }

    /**
     * Writes an array of strings.
     *
     * @param texts the strings
     * @return this
     */
    public JsonWriter strings(Iterable<String> texts) {
        beginArray();
        texts.forEach(this::value);
        return endArray();
    }

    /**
     * What was written.
     *
     * @throws IllegalStateException when an object or array is still open
     * @return the text
     */
    public String text() {
        checkClosed();
        return out.toString();
    }

    /**
     * Hands on the rest of the text.
     *
     * @throws IllegalStateException when an object or array is still open
     */
    public void finish() {
        checkClosed();
        handOn();
    }

    private void checkClosed() {
        if (depth != 0) {
            throw new IllegalStateException(depth + " objects or arrays are open");
        }
    }

    private void handOn() {
        if (sink == null) {
            return;
        }
        try {
            sink.append(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.setLength(0);
    }

    private JsonWriter begin(char bracket) {
        next();
        out.append(bracket);
        depth++;
        first = true;
        return this;
    }

    private JsonWriter end(char bracket) {
        depth--;
        if (!first) {
            line();
        }
        out.append(bracket);
        first = false;
        if (out.length() >= PIECE) {
            handOn();
        }
        return this;
    }

    /** What stands before a key or a value. */
    private void next() {
        if (afterKey) {
            afterKey = false;
            return;
        }
        if (!first) {
            out.append(',');
        }
        if (depth > 0) {
            line();
        }
        first = false;
    }

    private void line() {
        if (!indent.isEmpty()) {
            out.append('\n').append(indent.repeat(depth));
        }
    }

    private void quote(String text) {
        out.append('"');
        for (int index = 0; index < text.length(); index++) {
            char unit = text.charAt(index);
            if (Character.isSurrogate(unit)) {
                index += surrogate(text, index);
            } else {
                unit(unit);
            }
        }
        out.append('"');
    }

    /** Writes a pair, or the replacement of a lone surrogate; returns how many more units were taken. */
    private int surrogate(String text, int index) {
        int point = text.codePointAt(index);
        if (!Character.isSupplementaryCodePoint(point)) {
            out.append("\\ufffd");
            return 0;
        }
        out.appendCodePoint(point);
        return 1;
    }

    private void unit(char unit) {
        switch (unit) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '<', '>', '&', '\u2028', '\u2029' -> escaped(unit);
            default -> {
                if (unit < ' ') {
                    escaped(unit);
                } else {
                    out.append(unit);
                }
            }
        }
    }

    private void escaped(char unit) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX.charAt(unit >> shift & 0xF));
        }
    }
}
