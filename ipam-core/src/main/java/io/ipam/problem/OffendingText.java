package io.ipam.problem;

/** Shortens and escapes text from outside for a message: one line, without invisible characters. */
final class OffendingText {
    /** The maximum number of code points of the result. */
    static final int LIMIT = 64;

    private OffendingText() {}

    /**
     * Returns the first {@value #LIMIT} code points; a longer text ends in an ellipsis. Controls,
     * format characters, lone surrogates, and line separators become hexadecimal escapes. The
     * method is idempotent. Cost: O({@value #LIMIT}).
     */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        int points = 0;
        int lastFit = 0;
        for (int index = 0; index < text.length(); ) {
            int point = text.codePointAt(index);
            index += Character.charCount(point);
            String piece = isVisible(point) ? Character.toString(point) : escaped(point);
            points += piece.codePointCount(0, piece.length());
            if (points > LIMIT) {
                shown.setLength(lastFit);
                return shown.append('…').toString();
            }
            shown.append(piece);
            if (points < LIMIT) {
                lastFit = shown.length();
            }
        }
        return shown.toString();
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

    private static String escaped(int point) {
        StringBuilder escape = new StringBuilder();
        for (char unit : Character.toChars(point)) {
            escape.append(String.format("\\u%04x", (int) unit));
        }
        return escape.toString();
    }
}
