package io.ipam.pool;

import io.ipam.problem.InvalidInputException;
import io.ipam.problem.Problem;
import java.io.Serial;
import java.util.List;

/**
 * The definition of a pool, a reserved range, or a part of one is invalid. The paths are those of
 * the document: {@code spec.ips[1]}, {@code metadata.name}. The paths of a separate label selector
 * begin at the selector: {@code matchExpressions[1].values[0]}. Thread safety: immutable except for
 * the stack trace.
 */
public final class InvalidPoolException extends InvalidInputException {
    @Serial
    private static final long serialVersionUID = 1L;

    InvalidPoolException(String subject, List<Problem> problems) {
        super(subject, problems);
    }
}
