package io.ipam.json;

import com.fasterxml.jackson.core.JsonToken;

/** The six kinds of JSON values. */
public enum JsonKind {
    /** Members in braces. */
    OBJECT("an object"),
    /** Elements in brackets. */
    ARRAY("a list"),
    /** Characters in double quotes. */
    STRING("a string"),
    /** A number. */
    NUMBER("a number"),
    /** {@code true} or {@code false}. */
    BOOLEAN("true or false"),
    /** {@code null}. */
    NULL("null");

    private final String label;

    JsonKind(String label) {
        this.label = label;
    }

    /** The kind of the value that a token begins or ends. */
    static JsonKind of(JsonToken token) {
        return switch (token) {
            case START_OBJECT, END_OBJECT -> OBJECT;
            case START_ARRAY, END_ARRAY -> ARRAY;
            case VALUE_STRING -> STRING;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> NUMBER;
            case VALUE_TRUE, VALUE_FALSE -> BOOLEAN;
            case VALUE_NULL -> NULL;
            default -> throw new IllegalStateException("not a value: " + token);
        };
    }

    /** {@return the kind in words, with its article} */
    public String label() {
        return label;
    }
}
