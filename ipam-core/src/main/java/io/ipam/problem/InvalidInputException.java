package io.ipam.problem;

import static java.util.Objects.requireNonNull;

import java.io.Serial;
import java.util.List;

/**
 * A text or a definition from outside is not valid. Carries every problem that was found, never
 * only the first. Each place that throws has a subtype beside it. Thread safety: immutable but for
 * the stack trace.
 */
public abstract class InvalidInputException extends RuntimeException {
    /** The most problems that the message spells out; {@link #problems()} always has all. */
    static final int LISTED = 100;

    @Serial
    private static final long serialVersionUID = 1L;

    /** What was read: "pool blue-v4". */
    private final String subject;

    /** Never empty, never changed; an array because it is serializable. */
    private final Problem[] problems;

    /**
     * For subtypes.
     *
     * @param subject what was read, "pool blue-v4" for example
     * @param problems what is wrong with it, at least one
     */
    protected InvalidInputException(String subject, List<Problem> problems) {
        super(text(requireNonNull(subject, "subject"), problems));
        this.subject = subject;
        this.problems = problems.toArray(Problem[]::new);
    }

    /** {@return what was read: {@code pool blue-v4}, {@code CNI configuration of eth0}} */
    public final String subject() {
        return subject;
    }

    /** {@return everything that is wrong, in the order of the input; never empty} */
    public final List<Problem> problems() {
        return List.of(problems);
    }

    private static String text(String subject, List<Problem> problems) {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("problems is empty");
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
