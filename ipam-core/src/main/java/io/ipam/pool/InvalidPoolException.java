package io.ipam.pool;

import io.ipam.problem.InvalidInputException;
import io.ipam.problem.Problem;
import java.io.Serial;
import java.util.List;

/**
 * The definition of a pool, of a reserved range or of a part of them is not valid. The paths are
 * those of the document, {@code spec.ips[1]} or {@code metadata.name}; those of a label selector
 * alone begin there: {@code matchExpressions[1].values[0]}. Thread safety: immutable but for the
 * stack trace.
 */
public final class InvalidPoolException extends InvalidInputException {
    @Serial
    private static final long serialVersionUID = 1L;

    InvalidPoolException(String subject, List<Problem> problems) {
        super(subject, problems);
    }
}
