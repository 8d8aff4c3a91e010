package io.ipam.json;

import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * Finds the first place where a text is not JSON, and tells a person what to do about it. It runs only when the reader has
 * refused a text; that both refuse the same texts is a test.
 *
 * <p>Cost: O(length), no recursion; one character per open structure. Thread safety: none; used within one call.
 */
final class JsonSyntax {
    private static final String VALUE =
            "a JSON value stands here: a string, a list, an object, a number, true, false or null";
    private static final String KEY = "a key in double quotes stands here";

    private final String text;
    private final boolean trailingComma;
    private final StringBuilder open = new StringBuilder();
    private int at;
    private @Nullable Fault fault;

    private JsonSyntax(String text, JsonOptions options) {
        this.text = text;
        this.trailingComma = options.trailingComma();
    }

    /**
     * Where and why a text is not JSON.
     *
     * @param from the first character of what is wrong
     * @param to the character after it
     * @param instead the JSON text that the hint wants in its place, or empty
     */
    record Fault(int from, int to, String rule, String hint, String instead) {
        /** The text with the fault mended as the hint says. */
        String mended(String text) {
            return text.substring(0, from) + instead + text.substring(to);
        }

        Problem problem(String text, String advice) {
            return new Problem(
                    ProblemType.MALFORMED,
                    "",
                    TextPlaces.of(text, from),
                    text.substring(from, Math.min(to, from + JsonProblems.SHOWN)),
                    rule,
                    advice);
        }
    }

    /** The problem of a text that the reader refused. */
    static Problem fault(String text, JsonOptions options) {
        Fault fault = find(text, options);
        if (fault == null) {
            return Problem.of(ProblemType.MALFORMED, "", "", "the text is JSON");
        }
        return fault.problem(text, fault.hint());
    }

    /** The first fault of the text; null when it is JSON. */
    static @Nullable Fault find(String text, JsonOptions options) {
        JsonSyntax syntax = new JsonSyntax(text, options);
        if (syntax.document()) {
            return null;
        }
        return syntax.fault;
    }

    private boolean document() {
        boolean good = value();
        while (good && !open.isEmpty()) {
            good = afterValue();
        }
        return good && end();
    }

    private boolean end() {
        space();
        return at == text.length() || refuse(1, "nothing follows the value", JsonHints.afterEnd(text, at));
    }

    /** A value, or the opening of structures down to the first scalar or empty structure. */
    private boolean value() {
        while (true) {
            space();
            if (at == text.length()) {
                return atEnd(VALUE);
            }
            char first = text.charAt(at);
            if (first != '{' && first != '[') {
                return scalar(first);
            }
            if (open.length() == JsonOptions.DEEPEST) {
                return refuse(1, "lists and objects nest at most " + JsonOptions.DEEPEST + " deep", "");
            }
            open.append(first);
            at++;
            if (closes()) {
                return true;
            }
            if (first == '{' && !key()) {
                return false;
            }
        }
    }

    /** Between a member or element and what follows it. */
    private boolean afterValue() {
        if (closes()) {
            return true;
        }
        boolean inObject = inObject();
        String rule = inObject ? "a comma or } follows a member" : "a comma or ] follows an element";
        if (at == text.length()) {
            return atEnd(rule);
        }
        if (text.charAt(at) != ',') {
            return refuse(1, rule, JsonHints.afterValue(text, at, inObject));
        }
        int comma = at++;
        space();
        if (at < text.length() && text.charAt(at) == closing()) {
            if (trailingComma) {
                return closes();
            }
            at = comma;
            return refuse(1, "a comma stands between two values only", "remove the last comma");
        }
        return inObject ? key() && value() : value();
    }

    /** White space, then the end of the innermost structure if it is there. */
    private boolean closes() {
        space();
        if (at == text.length() || text.charAt(at) != closing()) {
            return false;
        }
        open.setLength(open.length() - 1);
        at++;
        return true;
    }

    private boolean key() {
        space();
        if (at == text.length()) {
            return atEnd(KEY);
        }
        if (text.charAt(at) != '"') {
            return noKey();
        }
        return string() && colon();
    }

    private boolean noKey() {
        int length = 0;
        while (at + length < text.length() && isWord(text.charAt(at + length))) {
            length++;
        }
        String word = text.substring(at, at + length);
        String instead = JsonHints.isPlain(word) ? JsonHints.quoted(word) : "";
        return refuse(Math.max(1, length + quoteAfter(length)), KEY, JsonHints.atKey(text, at, word), instead);
    }

    private boolean colon() {
        space();
        if (at == text.length()) {
            return atEnd("a colon and a value follow a key");
        }
        if (text.charAt(at) != ':') {
            return refuse(1, "a colon follows a key", text.charAt(at) == '=' ? "write : instead of =" : "");
        }
        at++;
        return true;
    }

    private boolean scalar(char first) {
        return switch (first) {
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> noValue();
        };
    }

    private boolean literal(String word) {
        if (wordLength() == word.length() && text.startsWith(word, at)) {
            at += word.length();
            return true;
        }
        return noValue();
    }

    private boolean noValue() {
        int length = wordLength();
        int quote = quoteAfter(length);
        String word = text.substring(at, at + length);
        String meant = JsonHints.meant(word);
        if (quote > 0 || (open.isEmpty() && meant.equals("null"))) {
            meant = JsonHints.isPlain(word) ? JsonHints.quoted(word) : "";
        }
        return refuse(length + quote, VALUE, JsonHints.atValue(text, at, word, meant), meant);
    }

    /** 1 when a word of this length ends with a quote that was not opened. */
    private int quoteAfter(int length) {
        return at + length < text.length() && text.charAt(at + length) == '"' ? 1 : 0;
    }

    private int wordLength() {
        int end = at;
        while (end < text.length() && (isWord(text.charAt(end)) || (end > at && joins(end)))) {
            end++;
        }
        return Math.max(1, end - at);
    }

    private static boolean isWord(char unit) {
        return (Character.isJavaIdentifierPart(unit) && unit > ' ') || "-.*?".indexOf(unit) >= 0;
    }

    /** A slash or colon inside an address. */
    private boolean joins(int index) {
        char unit = text.charAt(index);
        if ((unit != '/' && unit != ':') || index + 1 == text.length()) {
            return false;
        }
        char next = text.charAt(index + 1);
        return isWord(next) || (unit == ':' && (next == ':' || next == '/'));
    }

    private boolean number() {
        int start = at;
        at += text.charAt(at) == '-' ? 1 : 0;
        int whole = digits();
        if (whole > 1 && text.charAt(at - whole) == '0') {
            at -= whole;
            return refuse(whole, "a number has no leading zero", "a name or an address stands in double quotes");
        }
        boolean good = whole > 0;
        if (good && at < text.length() && text.charAt(at) == '.') {
            at++;
            good = digits() > 0;
        }
        if (good && at < text.length() && (text.charAt(at) | 0x20) == 'e') {
            at++;
            at += at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-') ? 1 : 0;
            good = digits() > 0;
        }
        if (good && at < text.length() && (isWord(text.charAt(at)) || joins(at))) {
            at = start;
            return noValue();
        }
        if (good) {
            return true;
        }
        if (at == text.length()) {
            return atEnd("a digit follows in a number");
        }
        int length = at - start + 1;
        at = start;
        return refuse(length, "a digit follows in a number", "");
    }

    private int digits() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at - start;
    }

    private boolean string() {
        int start = at++;
        while (at < text.length()) {
            char unit = text.charAt(at);
            if (unit == '"') {
                at++;
                return true;
            }
            if (unit < ' ') {
                return refuse(1, "a control character in a string is written as an escape", JsonHints.control(unit));
            }
            if (unit == '\\' ? !escape() : at++ < 0) {
                return false;
            }
        }
        at = start;
        return refuse(text.length(), "a string ends with a double quote", "the text ends before this string does");
    }

    private boolean escape() {
        if (at + 1 == text.length()) {
            return atEnd("a character follows a backslash");
        }
        char kind = text.charAt(at + 1);
        if (kind != 'u') {
            if ("\"\\/bfnrt".indexOf(kind) < 0) {
                return refuse(2, "the escapes are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four digits", "");
            }
            at += 2;
            return true;
        }
        for (int digit = at + 2; digit < at + 6; digit++) {
            if (digit == text.length()) {
                at = digit;
                return atEnd("four hexadecimal digits follow \\u");
            }
            if (!isHex(text.charAt(digit))) {
                return refuse(digit + 1 - at, "four hexadecimal digits follow \\u", "");
            }
        }
        at += 6;
        return true;
    }

    private static boolean isHex(char unit) {
        return (unit >= '0' && unit <= '9') || ((unit | 0x20) >= 'a' && (unit | 0x20) <= 'f');
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean inObject() {
        return !open.isEmpty() && open.charAt(open.length() - 1) == '{';
    }

    private char closing() {
        return inObject() ? '}' : ']';
    }

    private boolean atEnd(String rule) {
        if (text.isBlank()) {
            return refuse(0, VALUE, "the text is empty");
        }
        return refuse(0, rule, "the text ends too early" + (open.isEmpty() ? "" : ": " + closing() + " is missing"));
    }

    private boolean refuse(int length, String rule, String hint) {
        return refuse(length, rule, hint, "");
    }

    private boolean refuse(int length, String rule, String hint, String instead) {
        fault = new Fault(at, Math.min(at + length, text.length()), rule, hint, instead);
        return false;
    }
}
