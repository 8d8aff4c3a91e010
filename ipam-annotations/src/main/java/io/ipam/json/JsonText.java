package io.ipam.json;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.Writer;
import java.nio.CharBuffer;
import org.jspecify.annotations.Nullable;

/**
 * JSON on one line, with the escapes that Go's encoding/json writes: {@code <}, {@code >}, {@code
 * &}, U+2028, U+2029 and controls are escaped, other characters are not.
 *
 * <p>Cost: O(length). Thread safety: stateless.
 */
public final class JsonText {
    private static final JsonMapper MAPPER = new JsonMapper(new JsonFactoryBuilder()
            .characterEscapes(new GoEscapes())
            .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
            .build());

    private JsonText() {}

    /**
     * Returns the text of a tree. A surrogate without its partner is written {@code \ufffd}.
     *
     * @param tree maps, lists, strings, numbers, booleans and nodes of Jackson
     * @return the text
     */
    public static String of(Object tree) {
        try {
            return Surrogates.replaced(MAPPER.writeValueAsString(tree), "\\ufffd");
        } catch (JsonProcessingException noTree) {
            throw new IllegalArgumentException("tree must contain only values that JSON can represent", noTree);
        }
    }

    /**
     * Starts a text that is written piece by piece. Strings must be {@link #wellFormed}.
     *
     * @param sink the destination of the text; neither closed nor flushed
     * @return the generator, which must be closed at the end; it writes trees as {@link #of} does
     * @throws IOException if the sink fails; not before the first piece
     */
    public static JsonGenerator generator(Appendable sink) throws IOException {
        return MAPPER.createGenerator(new Sink(sink));
    }

    /**
     * {@return the text with each surrogate without its partner replaced by U+FFFD}
     *
     * @param text the text
     */
    public static String wellFormed(String text) {
        return Surrogates.repaired(text);
    }

    /** Passes the written characters on. */
    private static final class Sink extends Writer {
        private final Appendable sink;

        Sink(Appendable sink) {
            this.sink = sink;
        }

        @Override
        public void write(char[] units, int from, int length) throws IOException {
            sink.append(CharBuffer.wrap(units, from, length));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private static final class GoEscapes extends CharacterEscapes {
        private static final long serialVersionUID = 1L;
        private static final SerializableString LINE_SEPARATOR = new SerializedString("\\u2028");
        private static final SerializableString PARAGRAPH_SEPARATOR = new SerializedString("\\u2029");

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = standardAsciiEscapesForJSON();
            for (char unit : new char[] {'<', '>', '&'}) {
                codes[unit] = ESCAPE_STANDARD;
            }
            return codes;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int unit) {
            return switch (unit) {
                case '\u2028' -> LINE_SEPARATOR;
                case '\u2029' -> PARAGRAPH_SEPARATOR;
                default -> null;
            };
        }
    }
}
