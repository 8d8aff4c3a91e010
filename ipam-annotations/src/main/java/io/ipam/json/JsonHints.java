package io.ipam.json;

import java.util.Locale;

/** What to tell someone whose text is not JSON, by what stands at the place of the fault. */
final class JsonHints {
    /** The characters of names, patterns and addresses beside letters and digits. */
    private static final String WORD = "-_.*?/:";

    private static final int LONGEST_WORD = 64;

    private static final String QUOTES = "a text stands in double quotes";

    private JsonHints() {}

    static String atValue(String text, int at, String word, String meant) {
        String general = general(text, at);
        if (!general.isEmpty()) {
            return general;
        }
        if (!meant.isEmpty()) {
            return "write " + meant;
        }
        return switch (text.charAt(at)) {
            case ',', ']', '}' -> "a value is missing";
            case '+' -> "a number has no plus sign";
            default -> Character.isLetter(word.codePointAt(0)) ? QUOTES : "";
        };
    }

    static String atKey(String text, int at, String word) {
        String general = general(text, at);
        if (!general.isEmpty()) {
            return general;
        }
        if (text.charAt(at) == ',') {
            return "there is one comma too many";
        }
        return isPlain(word) ? "write " + quoted(word) : "a key stands in double quotes";
    }

    /** The JSON value that a word without quotes was probably meant to be; empty when there is none to propose. */
    static String meant(String word) {
        return switch (word.length() > LONGEST_WORD ? "" : word.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> "true";
            case "false", "no", "off" -> "false";
            case "null", "nil", "none" -> "null";
            default -> isPlain(word) ? quoted(word) : "";
        };
    }

    static String quoted(String word) {
        return '"' + word + '"';
    }

    /** Whether a word can stand in a message as it is. */
    static boolean isPlain(String word) {
        return !word.isEmpty()
                && word.length() <= LONGEST_WORD
                && word.chars().allMatch(unit -> Character.isLetterOrDigit(unit) || WORD.indexOf(unit) >= 0);
    }

    static String afterValue(String text, int at, boolean inObject) {
        String general = general(text, at);
        if (!general.isEmpty()) {
            return general;
        }
        return switch (text.charAt(at)) {
            case '"', '{', '[' -> "a comma is missing";
            case '}' -> "the list is not closed: ] is missing";
            case ']' -> "the object is not closed: } is missing";
            case ':' -> inObject ? "a comma is missing before the key" : "keys stand in { }, not in [ ]";
            default -> "";
        };
    }

    static String afterEnd(String text, int at) {
        String general = general(text, at);
        if (!general.isEmpty()) {
            return general;
        }
        return switch (text.charAt(at)) {
            case '}', ']' -> "there is one closing bracket too many";
            case '{', '[', '"', ',' -> "put several values into one list: [ ]";
            default -> "remove what follows";
        };
    }

    static String control(char unit) {
        return switch (unit) {
            case '\n' -> "a string does not go over the end of a line: is a double quote missing?";
            case '\t' -> "write \\t";
            case '\r' -> "write \\r";
            default -> String.format("write \\u%04x", (int) unit);
        };
    }

    /** Slips that look the same everywhere. */
    private static String general(String text, int at) {
        char unit = text.charAt(at);
        return switch (unit) {
            case '\'' -> "JSON has double quotes only";
            case '\u201C', '\u201D', '\u201E', '\u2018', '\u2019' -> "these are typographic quotes: write \"";
            case '/', '#' -> "JSON has no comments";
            case '\uFEFF' -> "remove the byte order mark U+FEFF";
            default -> invisible(unit);
        };
    }

    private static String invisible(char unit) {
        boolean blank = Character.isSpaceChar(unit) || Character.getType(unit) == Character.FORMAT;
        if (unit < ' ' || (blank && unit != ' ')) {
            return String.format("remove the character U+%04X", (int) unit);
        }
        return "";
    }
}
