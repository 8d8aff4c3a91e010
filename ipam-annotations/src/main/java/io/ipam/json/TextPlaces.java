package io.ipam.json;

import io.ipam.problem.TextPosition;

/** From the index of a character to its line and column. */
final class TextPlaces {
    private TextPlaces() {}

    /** The place of the character at {@code index}; a line ends with LF, CR or CRLF. Cost: O(index). */
    static TextPosition of(String text, int index) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < index; i++) {
            char unit = text.charAt(i);
            boolean crOfPair = unit == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            if ((unit == '\n' || unit == '\r') && !crOfPair) {
                line++;
                lineStart = i + 1;
            }
        }
        return new TextPosition(line, index - lineStart + 1);
    }
}
