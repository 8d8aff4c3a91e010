package io.ipam.pool;

import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The syntax of the keys and the values of labels in Kubernetes.
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
    private static final Pattern PREFIX =
            Pattern.compile("PART(\\.PART)*".replace("PART", "[a-z0-9]([-a-z0-9]*[a-z0-9])?"));
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?");
    private static final String NAME_RULE =
            "have at most 63 letters, digits, '-', '_' and '.', and start and end with a letter or digit";

    private LabelSyntax() {}

    /** Adds the problems of a key. */
    static void checkKey(String key, String where, List<Problem> out) {
        int slash = key.indexOf('/');
        if (slash != key.lastIndexOf('/')) {
            out.add(problem(where, key, "a label key must have at most one '/'"));
            return;
        }
        if (slash >= 0 && !isPrefix(key.substring(0, slash))) {
            String rule =
                    "the part of a label key before '/' must be a lower-case DNS subdomain of at most 253 characters";
            out.add(problem(where, key, rule));
        }
        if (!NAME.matcher(key.substring(slash + 1)).matches()) {
            out.add(problem(where, key, "the name in a label key must " + NAME_RULE));
        }
    }

    /** Adds the problems of a value. */
    static void checkValue(String value, String where, List<Problem> out) {
        if (!value.isEmpty() && !NAME.matcher(value).matches()) {
            out.add(problem(where, value, "a label value must be empty, or " + NAME_RULE));
        }
    }

    private static Problem problem(String where, String text, String rule) {
        return Problem.of(ProblemType.INVALID, where, text, rule);
    }

    private static boolean isPrefix(String text) {
        return text.length() <= LONGEST_PREFIX && PREFIX.matcher(text).matches();
    }
}
