package io.ipam.tables;

import static java.util.Objects.requireNonNull;

/**
 * Text for HTML and SVG.
 *
 * <p>Cost: O(text). Thread safety: stateless.
 */
public final class Markup {
    private Markup() {}

    /**
     * Escapes a text for the content of an element or for a quoted attribute. Characters that are
     * invisible, change the direction of text, or are forbidden in XML become Java escapes: a line
     * feed becomes {@code \}{@code u000a}.
     *
     * @param text the text
     * @return the text without markup
     */
    public static String escape(String text) {
        requireNonNull(text, "text");
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(point -> append(point, out));
        return out.toString();
    }

    /** Makes the invisible characters of a text visible, as {@link #escape} does. */
    static String visible(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(point -> appendVisible(point, out));
        return out.toString();
    }

    private static void append(int point, StringBuilder out) {
        switch (point) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            default -> appendVisible(point, out);
        }
    }

    private static void appendVisible(int point, StringBuilder out) {
        if (isVisible(point)) {
            out.appendCodePoint(point);
            return;
        }
        for (char unit : Character.toChars(point)) {
            out.append(String.format("\\u%04x", (int) unit));
        }
    }

    private static boolean isVisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
