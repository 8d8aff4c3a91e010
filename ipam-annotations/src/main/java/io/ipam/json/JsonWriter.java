package io.ipam.json;

/**
 * Writes one JSON text, with the escapes that Go's encoding/json writes: {@code <}, {@code >}, {@code &}, U+2028, U+2029 and
 * controls are escaped, other characters are not, a surrogate without its partner is written {@code \ufffd}.
 *
 * <p>Cost: O(length). Thread safety: none.
 */
public final class JsonWriter {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out = new StringBuilder();
    private final String indent;
    private int depth;
    private boolean first = true;
    private boolean afterKey;

    private JsonWriter(String indent) {
        this.indent = indent;
    }

    /** {@return a writer that puts no white space} */
    public static JsonWriter compact() {
        return new JsonWriter("");
    }

    /** {@return a writer that puts each member and element on its own line, indented by two spaces a level} */
    public static JsonWriter indented() {
        return new JsonWriter("  ");
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
        if (depth != 0) {
            throw new IllegalStateException(depth + " objects or arrays are open");
        }
        return out.toString();
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
