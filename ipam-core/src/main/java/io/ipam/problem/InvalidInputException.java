package io.ipam.problem;

import static java.util.Objects.requireNonNull;

import java.io.Serial;
import java.util.List;

/**
 * The failure to read a text or a definition from outside. It has every problem of the input, not
 * only the first. Each place that throws it has its own subtype. Thread safety: immutable except
 * for the stack trace.
 */
public abstract class InvalidInputException extends RuntimeException {
    /** The maximum number of problems in the message; {@link #problems()} has all. */
    static final int LISTED = 100;

    @Serial
    private static final long serialVersionUID = 1L;

    /** The subject of the problems: "pool blue-v4". */
    private final String subject;

    /** Never empty and never changed; an array because it is serializable. */
    private final Problem[] problems;

    /**
     * Creates an exception of a subtype.
     *
     * @param subject the text or definition, for example "pool blue-v4"
     * @param problems its problems, at least one
     */
    protected InvalidInputException(String subject, List<Problem> problems) {
        super(text(requireNonNull(subject, "subject"), problems));
        this.subject = subject;
        this.problems = problems.toArray(Problem[]::new);
    }

    /**
     * {@return the subject of the problems: {@code pool blue-v4}, {@code CNI configuration of
     * eth0}}
     */
    public final String subject() {
        return subject;
    }

    /** {@return all problems, in the order of the input; never empty} */
    public final List<Problem> problems() {
        return List.of(problems);
    }

    private static String text(String subject, List<Problem> problems) {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("problems must not be empty");
        }
        if (problems.size() == 1) {
            return "invalid " + subject + ": " + problems.get(0).message();
        }
        StringBuilder text = new StringBuilder("invalid " + subject + ", " + problems.size() + " problems:");
        for (Problem problem : problems.subList(0, Math.min(LISTED, problems.size()))) {
            text.append("\n- ").append(problem.message());
        }
        if (problems.size() > LISTED) {
            text.append("\n- and ").append(problems.size() - LISTED).append(" more");
        }
        return text.toString();
    }
}
