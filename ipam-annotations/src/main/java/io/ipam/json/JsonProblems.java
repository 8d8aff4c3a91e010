package io.ipam.json;

import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import io.ipam.problem.TextPosition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The problems of one text: the first few or all of them, in the order of the text. */
final class JsonProblems {
    /** The most problems that are kept; a text with more is not worth more words. */
    static final int MOST = 50;
    /** The most UTF-16 units of source text that are given to a problem, which shortens them further. */
    static final int SHOWN = 80;

    static final String ONCE = "a key occurs once in an object";

    private static final Comparator<TextPosition> READING =
            Comparator.comparingInt(TextPosition::line).thenComparingInt(TextPosition::column);

    private final boolean every;
    private @Nullable List<Problem> problems;
    private int passedOver;

    JsonProblems(boolean every) {
        this.every = every;
    }

    static Problem tooLong(String text, int limit) {
        String rule = "a text has at most " + limit + " characters";
        return Problem.of(
                ProblemType.FORBIDDEN, "", shown(text, 0, text.length()), rule, "this one has " + text.length());
    }

    /** A part of the source text, not more than is shown. */
    static String shown(String text, int from, int to) {
        return text.substring(from, Math.min(Math.min(to, text.length()), from + SHOWN));
    }

    /** Whether one more problem is to be kept; otherwise it is only counted. */
    boolean takesOneMore() {
        if (every || kept() < MOST) {
            return true;
        }
        passedOver++;
        return false;
    }

    /** How many there were, also those that were not kept. */
    int count() {
        return kept() + passedOver;
    }

    private int kept() {
        return problems == null ? 0 : problems.size();
    }

    /** Keeps the problem, even beyond {@link #MOST}: the one that ends the reading is always told. */
    void add(Problem problem) {
        if (problems == null) {
            problems = new ArrayList<>();
        }
        problems.add(problem);
    }

    List<Problem> inOrder() {
        if (problems == null) {
            return List.of();
        }
        problems.sort(Comparator.comparing(Problem::position, Comparator.nullsFirst(READING)));
        return problems;
    }
}
