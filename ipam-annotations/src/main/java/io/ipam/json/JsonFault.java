package io.ipam.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The location at which a text is no longer JSON: the one that Jackson reports, moved to the start
 * of the word or string there. The rule follows from the characters around it, the hint from the
 * character itself.
 *
 * <p>Cost: O(offset of the fault), once per refused text. Thread safety: none; used within one
 * call.
 */
final class JsonFault {
    private static final String VALUE =
            "must be a JSON value: a string, a list, an object, a number, true, false or null";
    private static final String KEY = "must be a key in double quotes";

    /** Punctuation of names, patterns, numbers and addresses, inside which Jackson may stop. */
    private static final String WORD = "-+_.*?/:";

    /** Words that Jackson recognizes and refuses at their end instead of their start. */
    private static final Pattern REFUSED_AT_ITS_END = Pattern.compile("[-+]?(NaN|INF|Infinity)|-");

    private static final int LONGEST_QUOTED = 64;

    private final String text;
    private final JsonStreamContext context;
    private final boolean afterKey;
    private final JsonLocation location;
    /** The index that Jackson reports, at most the length of the text. */
    private final int reported;
    /** The first character of the word or string at fault. */
    private final int start;
    /** The character before {@link #start} that is not white space, or NUL. */
    private final char previous;

    private JsonFault(String text, JsonParser parser, @Nullable IOException refusal) {
        this.text = text;
        location = location(parser, refusal);
        context = context(parser, refusal);
        afterKey = parser.currentToken() == JsonToken.FIELD_NAME;
        reported = (int) Math.min(location.getCharOffset(), text.length());
        start = wordStart();
        int before = start - 1;
        while (before >= 0 && text.charAt(before) <= ' ') {
            before--;
        }
        previous = before < 0 ? 0 : text.charAt(before);
    }

    private static JsonLocation location(JsonParser parser, @Nullable IOException refusal) {
        if (refusal instanceof JsonProcessingException located && located.getLocation() != null) {
            return located.getLocation();
        }
        return parser.currentToken() == null ? parser.currentLocation() : parser.currentTokenLocation();
    }

    /** The structure around the fault; around the current token if the parser refused nothing. */
    private static JsonStreamContext context(JsonParser parser, @Nullable IOException refusal) {
        JsonStreamContext context = parser.getParsingContext();
        boolean inside = refusal == null
                && parser.hasCurrentToken()
                && parser.currentToken().isStructStart();
        return inside ? context.getParent() : context;
    }

    /**
     * The problem of a text that is not JSON.
     *
     * @param refusal the refusal of the parser; null if its current token is misplaced, or if the
     *     text is blank
     */
    static Problem problem(String text, JsonParser parser, @Nullable IOException refusal) {
        JsonFault fault = new JsonFault(text, parser, refusal);
        if (refusal instanceof StreamConstraintsException) {
            String rule = "lists and objects must be nested at most " + JsonOptions.DEEPEST + " deep";
            return fault.refusal(fault.reported, fault.reported + 1, rule, "");
        }
        int quote = fault.openQuote();
        return quote >= 0 ? fault.inString(quote) : fault.betweenStrings();
    }

    /** The quote that opens the string around the fault; -1 outside strings. */
    private int openQuote() {
        int open = -1;
        for (int index = 0; index < reported; index++) {
            char unit = text.charAt(index);
            if (unit == '\\') {
                index++;
            } else if (unit == '"') {
                open = open < 0 ? index : -1;
            }
        }
        return open;
    }

    private Problem inString(int quote) {
        if (reported == text.length()) {
            String hint = "the text ends within this string";
            return refusal(quote, reported, "a string must end with a double quote", hint);
        }
        char found = text.charAt(reported);
        if (found < ' ') {
            String rule = "a control character in a string must be written as an escape";
            return refusal(reported, reported + 1, rule, control(found));
        }
        int backslash = Math.max(quote, text.lastIndexOf('\\', reported));
        String rule = "the escapes are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hexadecimal digits";
        return refusal(backslash, reported + 1, rule, "");
    }

    private static String control(char unit) {
        return switch (unit) {
            case '\n' -> "a string must end on its line: is a double quote missing?";
            case '\t' -> "write \\t";
            case '\r' -> "write \\r";
            default -> String.format("write \\u%04x", (int) unit);
        };
    }

    private Problem betweenStrings() {
        if (start == text.length()) {
            String missing = context.inRoot() ? "" : ": " + closing() + " is missing";
            return refusal(
                    start, start, rule(), text.isBlank() ? "the text is empty" : "the text ends too early" + missing);
        }
        char found = text.charAt(start);
        if (previous == ',' && found == closing()) {
            return refusal(start, start + 1, "a comma must be between two values", "remove the comma before it");
        }
        String rule = rule();
        int end = wordEnd(rule.equals(KEY) ? "-_.*?" : WORD);
        String word = text.substring(start, end);
        boolean quoted = (rule.equals(VALUE) || rule.equals(KEY)) && word.length() <= LONGEST_QUOTED;
        String hint = hint(found);
        return refusal(
                start,
                Math.max(end, start + 1),
                rule,
                hint.isEmpty() && quoted && !word.isEmpty() ? "a string needs double quotes: \"" + word + '"' : hint);
    }

    /** The violated rule, which follows from the location of the fault. */
    private String rule() {
        boolean opened = previous == '[' || previous == '{' || previous == ',';
        if (previous == 0 || previous == ':' || (opened && context.inArray())) {
            return VALUE;
        }
        if (context.inRoot()) {
            return "no text may follow the value";
        }
        if (context.inArray()) {
            return "a comma or ] must follow an element";
        }
        if (opened) {
            return KEY;
        }
        return afterKey ? "a colon must follow a key" : "a comma or } must follow a member";
    }

    private String hint(char found) {
        boolean wanted = rule().equals(VALUE);
        return switch (found) {
            case '\'' -> "JSON requires double quotes";
            case '\u201C', '\u201D', '\u201E', '\u2018', '\u2019' -> "these are typographic quotes: write \"";
            case '/', '#' -> "JSON does not permit comments";
            case '=' -> afterKey ? "write : instead of =" : "";
            case ',' -> wanted && previous != ',' ? "a value is missing" : "there is one comma too many";
            case '"', '{', '[' ->
                context.inRoot() ? "put several values into one list: [ ]" : afterKey ? "" : "a comma is missing";
            case '}', ']' -> wanted && previous != 0 ? "a value is missing" : unclosed();
            case ':' -> context.inArray() ? "keys belong in { }, not in [ ]" : "";
            default -> invisible(found);
        };
    }

    private String unclosed() {
        if (context.inRoot()) {
            return "there is one closing bracket too many";
        }
        return context.inArray() ? "the list is not closed: ] is missing" : "the object is not closed: } is missing";
    }

    private static String invisible(char unit) {
        boolean blank = Character.isSpaceChar(unit) || Character.getType(unit) == Character.FORMAT;
        return unit < ' ' || (blank && unit != ' ') ? String.format("remove the character U+%04X", (int) unit) : "";
    }

    private char closing() {
        return context.inArray() ? ']' : '}';
    }

    /** The start of the word at the reported location; that location if there is no word. */
    private int wordStart() {
        int first = reported;
        while (first > 0 && isWord(text.charAt(first - 1), WORD)) {
            first--;
        }
        while (first < reported && (text.charAt(first) == ':' || text.charAt(first) == '/')) {
            first++;
        }
        boolean inWord = reported < text.length() && isWord(text.charAt(reported), WORD);
        return inWord
                        || REFUSED_AT_ITS_END
                                .matcher(text.substring(first, reported))
                                .matches()
                ? first
                : reported;
    }

    private int wordEnd(String punctuation) {
        int end = start;
        while (end < text.length() && isWord(text.charAt(end), punctuation)) {
            end++;
        }
        return end;
    }

    private static boolean isWord(char unit, String punctuation) {
        return Character.isLetterOrDigit(unit) || punctuation.indexOf(unit) >= 0;
    }

    private Problem refusal(int from, int to, String rule, String hint) {
        Problem.Position position =
                new Problem.Position(location.getLineNr(), Math.max(1, location.getColumnNr() - (reported - from)));
        String offending = JsonProblems.shown(text, from, to);
        return new Problem(ProblemType.MALFORMED, "", position, offending, rule, hint);
    }
}
