package io.ipam.json;

import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The problems of one text: the first few, in the order of the text, and the number of the others.
 */
public final class JsonProblems {
    /** The maximum number of problems that are kept. */
    public static final int MOST = 50;
    /**
     * The maximum number of UTF-16 units of source text that are passed to a problem, which
     * shortens them further.
     */
    static final int SHOWN = 80;

    static final String ONCE = "a key must occur only once in an object";

    private static final Comparator<Problem.Position> READING =
            Comparator.comparingInt(Problem.Position::line).thenComparingInt(Problem.Position::column);

    private final boolean countsRest;
    private @Nullable List<Problem> problems;
    private int passedOver;

    JsonProblems(boolean countsRest) {
        this.countsRest = countsRest;
    }

    static Problem tooLong(String text, int limit) {
        String rule = "a text must have at most " + limit + " characters";
        return Problem.of(
                ProblemType.FORBIDDEN, "", shown(text, 0, text.length()), rule, "this one has " + text.length());
    }

    /**
     * {@return the problem that represents those that are not listed}
     *
     * @param count the number of the others
     */
    public static Problem more(int count) {
        return Problem.of(ProblemType.INVALID, "", Integer.toString(count), "more problems are not listed");
    }

    /** A part of the source text, at most as long as is shown. */
    static String shown(String text, int from, int to) {
        return text.substring(from, Math.min(Math.min(to, text.length()), from + SHOWN));
    }

    /** Whether to keep one more problem; otherwise it is only counted. */
    boolean takesOneMore() {
        if (kept() < MOST) {
            return true;
        }
        passedOver++;
        return false;
    }

    /** The number of problems, including those that were not kept. */
    int count() {
        return kept() + passedOver;
    }

    private int kept() {
        return problems == null ? 0 : problems.size();
    }

    /**
     * Keeps the problem, even beyond {@link #MOST}: the one that ends the reading is always
     * reported.
     */
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
        if (countsRest && passedOver > 0) {
            problems.add(more(passedOver));
        }
        return problems;
    }
}
