package io.ipam.json;

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

    /** {@return the kind in words, with its article} */
    public String label() {
        return label;
    }
}
