package io.ipam.pool;

import static java.util.Objects.requireNonNull;

import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One expression of a label selector: a key, an operator, and its values. {@code IN} and {@code
 * NOT_IN} must have at least one value, the other operators none. The key must be valid in
 * Kubernetes. The values are checked when a {@link LabelSelector} is built. Thread safety:
 * immutable.
 *
 * @param key the label's key
 * @param operator the condition on the label
 * @param values the values in the given order; repeated values are kept
 */
public record LabelRequirement(String key, Operator operator, List<String> values) {

    /** The condition on the label with the key of a requirement. */
    public enum Operator {
        /** The label exists and has one of the values. */
        IN("In"),
        /** The label does not exist, or has none of the values. */
        NOT_IN("NotIn"),
        /** The label exists. */
        EXISTS("Exists"),
        /** The label does not exist. */
        DOES_NOT_EXIST("DoesNotExist");

        private final String text;

        Operator(String text) {
            this.text = text;
        }

        /**
         * {@return the name in documents: {@code In}, {@code NotIn}, {@code Exists} or {@code
         * DoesNotExist}}
         */
        public String text() {
            return text;
        }

        /**
         * {@return the operator with this name; empty for any other text; the case matters}
         *
         * @param text the text
         */
        public static Optional<Operator> ofText(String text) {
            requireNonNull(text, "text");
            for (Operator operator : values()) {
                if (operator.text.equals(text)) {
                    return Optional.of(operator);
                }
            }
            return Optional.empty();
        }

        boolean takesValues() {
            return this == IN || this == NOT_IN;
        }
    }

    /**
     * Checks the key and the number of values, and copies the values.
     *
     * @throws InvalidPoolException if the key is invalid, or there are missing or superfluous
     *     values
     */
    public LabelRequirement {
        requireNonNull(key, "key");
        requireNonNull(operator, "operator");
        values = List.copyOf(requireNonNull(values, "values"));
        List<Problem> problems = new ArrayList<>();
        LabelSyntax.checkKey(key, "key", problems);
        checkPresence(operator, values, problems);
        if (!problems.isEmpty()) {
            throw new InvalidPoolException("label requirement", problems);
        }
    }

    /** Adds the problems of a requirement as written in a document. */
    static void check(String key, String operator, List<String> values, String where, List<Problem> out) {
        List<Problem> found = new ArrayList<>();
        LabelSyntax.checkKey(key, "key", found);
        Optional<Operator> known = Operator.ofText(operator);
        if (known.isEmpty()) {
            found.add(Problem.of(
                    ProblemType.INVALID,
                    "operator",
                    operator,
                    "the operator must be In, NotIn, Exists, or DoesNotExist",
                    caseVariant(operator)));
        } else {
            checkPresence(known.get(), values, found);
        }
        for (int i = 0; i < values.size(); i++) {
            LabelSyntax.checkValue(values.get(i), "values[" + i + "]", found);
        }
        found.forEach(problem -> out.add(problem.withWhere(where)));
    }

    private static void checkPresence(Operator operator, List<String> values, List<Problem> found) {
        if (operator.takesValues() && values.isEmpty()) {
            String rule = "In and NotIn must have at least one value";
            found.add(Problem.of(ProblemType.REQUIRED, "values", "", rule));
        } else if (!operator.takesValues() && !values.isEmpty()) {
            String rule = "Exists and DoesNotExist must not have values";
            found.add(Problem.of(ProblemType.FORBIDDEN, "values", String.join(",", values), rule, "remove the values"));
        }
    }

    private static String caseVariant(String operator) {
        for (Operator known : Operator.values()) {
            if (known.text.equalsIgnoreCase(operator)) {
                return "write " + known.text;
            }
        }
        return "";
    }

    /**
     * The canonical text: {@code app in (api,web)}, {@code app notin (web)}, {@code app}, {@code
     * !app}; values sorted.
     */
    @Override
    public String toString() {
        return switch (operator) {
            case IN -> key + " in " + sortedValues();
            case NOT_IN -> key + " notin " + sortedValues();
            case EXISTS -> key;
            case DOES_NOT_EXIST -> "!" + key;
        };
    }

    private String sortedValues() {
        return values.stream().sorted().collect(java.util.stream.Collectors.joining(",", "(", ")"));
    }
}
