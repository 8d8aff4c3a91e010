package io.ipam.json;

/** Makes well-formed UTF-16 of any text. */
final class Surrogates {
    private static final char REPLACEMENT = '\uFFFD';

    private Surrogates() {}

    /** The text with every surrogate that has no partner replaced by U+FFFD; the same object when there is none. */
    static String repaired(String text) {
        for (int index = 0; index < text.length(); index++) {
            if (Character.isSurrogate(text.charAt(index))) {
                return rebuilt(text);
            }
        }
        return text;
    }

    private static String rebuilt(String text) {
        StringBuilder repaired = new StringBuilder(text.length());
        text.codePoints()
                .map(point ->
                        point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? REPLACEMENT : point)
                .forEach(repaired::appendCodePoint);
        return repaired.toString();
    }
}
