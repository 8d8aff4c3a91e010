package io.ipam.problem;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One problem of an input: its place, the offending text, and the violated rule. Thread safety:
 * immutable.
 *
 * @param type the kind
 * @param where the path of the value, {@code spec.ips[1]} or {@code [1].ipv4[0]}; empty for the
 *     input as a whole
 * @param position the place in the text, if known
 * @param offending the offending text, at most 64 code points; invisible characters are escaped
 * @param rule a sentence that states the rule
 * @param hint the change to make, or empty
 */
public record Problem(
        ProblemType type, String where, @Nullable Position position, String offending, String rule, String hint)
        implements Serializable {
    /** Shortens and escapes the offending text. */
    public Problem {
        requireNonNull(type, "type");
        requireNonNull(where, "where");
        offending = OffendingText.shown(requireNonNull(offending, "offending"));
        requireNonNull(rule, "rule");
        requireNonNull(hint, "hint");
    }

    /**
     * {@return a problem without a position and a hint}
     *
     * @param type the kind
     * @param where the path of the value
     * @param offending the offending text
     * @param rule the rule
     */
    public static Problem of(ProblemType type, String where, String offending, String rule) {
        return new Problem(type, where, null, offending, rule, "");
    }

    /**
     * {@return a problem without a position}
     *
     * @param type the kind
     * @param where the path of the value
     * @param offending the offending text
     * @param rule the rule
     * @param hint the change to make
     */
    public static Problem of(ProblemType type, String where, String offending, String rule, String hint) {
        return new Problem(type, where, null, offending, rule, hint);
    }

    /**
     * {@return this problem with {@code prefix} before its path, with a dot between two names} For
     * example, {@code "spec"} and {@code ips[1]}, or {@code spec.ips} and {@code [1]}, become
     * {@code spec.ips[1]}.
     *
     * @param prefix the path of the object that contains the value
     */
    public Problem withWhere(String prefix) {
        requireNonNull(prefix, "prefix");
        boolean dot = !prefix.isEmpty() && !where.isEmpty() && !where.startsWith("[");
        return new Problem(type, prefix + (dot ? "." : "") + where, position, offending, rule, hint);
    }

    /**
     * {@return a copy with another place in the text, or none}
     *
     * @param newPosition the place, or null
     */
    public Problem withPosition(@Nullable Position newPosition) {
        return new Problem(type, where, newPosition, offending, rule, hint);
    }

    /**
     * {@return one human-readable line: {@code spec.ips[1], column 4: "10.0.0.x": the rule; the
     * hint}} {@link ProblemType#REQUIRED} with a path omits an empty offending text: {@code
     * apiVersion: is required}.
     */
    public String message() {
        StringBuilder line = new StringBuilder(where);
        if (position != null) {
            line.append(line.isEmpty() ? "" : ", ").append(position);
        }
        line.append(line.isEmpty() ? "" : ": ");
        if (!isOfMissingValue()) {
            line.append('"').append(offending).append("\": ");
        }
        line.append(rule);
        if (!hint.isEmpty()) {
            line.append("; ").append(hint);
        }
        return line.toString();
    }

    private boolean isOfMissingValue() {
        return type == ProblemType.REQUIRED && offending.isEmpty() && !where.isEmpty();
    }

    /** {@return the {@link #message()}} */
    @Override
    public String toString() {
        return message();
    }

    /**
     * A place in a text. Thread safety: immutable.
     *
     * @param line the line, from 1
     * @param column the column in UTF-16 units, from 1
     */
    public record Position(int line, int column) implements Serializable {
        /** Checks that both numbers are at least 1; throws IllegalArgumentException otherwise. */
        public Position {
            if (line < 1 || column < 1) {
                throw new IllegalArgumentException(
                        "line and column must be at least 1, were " + line + " and " + column);
            }
        }

        /**
         * {@return the place of a character in a text of one line}
         *
         * @param index the index of the character, from 0
         */
        public static Position ofIndex(int index) {
            return new Position(1, index + 1);
        }

        /** {@code column 7}, or {@code line 2, column 7} beyond the first line. */
        @Override
        public String toString() {
            return line == 1 ? "column " + column : "line " + line + ", column " + column;
        }
    }
}
