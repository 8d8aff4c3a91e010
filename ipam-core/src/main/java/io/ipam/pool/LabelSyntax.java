package io.ipam.pool;

import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.List;

/**
 * What Kubernetes accepts as the key and as the value of a label.
 *
 * <pre>
 * key    = [ prefix "/" ] name
 * prefix = part { "." part }, at most 253 characters; part = [a-z0-9] or [a-z0-9][-a-z0-9]*[a-z0-9]
 * name   = [A-Za-z0-9] or [A-Za-z0-9][-_.A-Za-z0-9]*[A-Za-z0-9], at most 63 characters
 * value  = empty, or as name
 * </pre>
 */
final class LabelSyntax {
    private static final int LONGEST_PREFIX = 253;
    private static final int LONGEST_NAME = 63;
    private static final String NAME_RULE =
            "has at most 63 letters, digits, '-', '_' and '.', and starts and ends with a letter or digit";

    private LabelSyntax() {}

    /** Adds what is wrong with a key. */
    static void checkKey(String key, String where, List<Problem> out) {
        int slash = key.indexOf('/');
        if (slash != key.lastIndexOf('/')) {
            out.add(problem(where, key, "a label key has at most one '/'"));
            return;
        }
        if (slash >= 0 && !isPrefix(key, slash)) {
            String rule = "the part of a label key before '/' is a lower-case DNS subdomain of at most 253 characters";
            out.add(problem(where, key, rule));
        }
        if (!isName(key, slash + 1)) {
            out.add(problem(where, key, "the name in a label key " + NAME_RULE));
        }
    }

    /** Adds what is wrong with a value. */
    static void checkValue(String value, String where, List<Problem> out) {
        if (!value.isEmpty() && !isName(value, 0)) {
            out.add(problem(where, value, "a label value is empty, or " + NAME_RULE));
        }
    }

    private static Problem problem(String where, String text, String rule) {
        return Problem.of(ProblemType.INVALID, where, text, rule);
    }

    private static boolean isName(String text, int from) {
        int length = text.length() - from;
        if (length < 1 || length > LONGEST_NAME) {
            return false;
        }
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean inner = i > from && i < text.length() - 1 && (c == '-' || c == '_' || c == '.');
            if (!inner && !isLowerOrDigit(c) && !(c >= 'A' && c <= 'Z')) {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code text[0, end)} is a subdomain: each '-' and '.' stands between, each '.' between two letters or digits. */
    private static boolean isPrefix(String text, int end) {
        if (end < 1 || end > LONGEST_PREFIX) {
            return false;
        }
        boolean partMayEnd = false;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean plain = isLowerOrDigit(c);
            boolean startsPart = i == 0 || text.charAt(i - 1) == '.';
            if (!plain && (startsPart || !(c == '-' || (c == '.' && partMayEnd)))) {
                return false;
            }
            partMayEnd = plain;
        }
        return partMayEnd;
    }

    private static boolean isLowerOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
}
