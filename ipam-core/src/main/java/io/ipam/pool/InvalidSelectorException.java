package io.ipam.pool;

import io.ipam.problem.InvalidInputException;
import io.ipam.problem.Problem;
import java.io.Serial;
import java.util.List;

/**
 * A label selector or one of its requirements breaks the rules of Kubernetes. The paths are relative to the selector:
 * {@code matchLabels}, {@code matchExpressions[1].values[0]}. Thread safety: immutable but for the stack trace.
 */
public final class InvalidSelectorException extends InvalidInputException {
    @Serial
    private static final long serialVersionUID = 1L;

    InvalidSelectorException(String subject, List<Problem> problems) {
        super(subject, problems);
    }
}
