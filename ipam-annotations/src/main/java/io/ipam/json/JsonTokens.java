package io.ipam.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import io.ipam.problem.Problem;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one JSON text, and their places and source text. A refusal of the parser is thrown
 * as {@link JsonStop}. Thread safety: none; see {@link JsonReader}.
 */
final class JsonTokens {
    private final String text;
    private final JsonParser parser;

    JsonTokens(String text, JsonParser parser) {
        this.text = text;
        this.parser = parser;
    }

    JsonParser parser() {
        return parser;
    }

    /** The current token; there must be one. */
    JsonToken current() {
        return parser.currentToken();
    }

    boolean isAt(JsonToken token) {
        return parser.currentToken() == token;
    }

    /** Moves to the next token; null at the end of the text. */
    @Nullable
    JsonToken next() {
        try {
            return parser.nextToken();
        } catch (IOException notJson) {
            throw new JsonStop(notJson);
        }
    }

    /** Moves to the next token. Returns whether it is this name, written without escapes. */
    boolean nextNameIs(SerializableString name) {
        try {
            return parser.nextFieldName(name);
        } catch (IOException notJson) {
            throw new JsonStop(notJson);
        }
    }

    /** The current name, well-formed. */
    String name() {
        try {
            return Surrogates.repaired(parser.currentName());
        } catch (IOException notJson) {
            throw new JsonStop(notJson);
        }
    }

    /** The text of the current token, read to its end. */
    String text() {
        try {
            return parser.getText();
        } catch (IOException notJson) {
            throw new JsonStop(notJson);
        }
    }

    /** The start of the current token. */
    JsonLocation start() {
        return parser.currentTokenLocation();
    }

    static Problem.Position position(JsonLocation location) {
        return new Problem.Position(location.getLineNr(), location.getColumnNr());
    }

    /** The source text from an offset to the end of the part that was read. */
    String sourceFrom(int start) {
        return Surrogates.repaired(text.substring(start, end()));
    }

    /**
     * The source text from a token to the end of the part that was read, shortened for a problem.
     *
     * @param quoted whether the token is a string, whose quotes are omitted
     */
    String shownFrom(JsonLocation start, boolean quoted) {
        String written = JsonProblems.shown(text, (int) start.getCharOffset(), end());
        return quoted ? inside(written) : written;
    }

    private static String inside(String quoted) {
        boolean ends = quoted.length() > 1 && quoted.endsWith("\"");
        return quoted.substring(1, ends ? quoted.length() - 1 : quoted.length());
    }

    private int end() {
        return (int) Math.min(parser.currentLocation().getCharOffset(), text.length());
    }
}
