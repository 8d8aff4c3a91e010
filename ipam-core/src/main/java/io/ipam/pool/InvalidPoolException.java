package io.ipam.pool;

import io.ipam.problem.InvalidInputException;
import io.ipam.problem.Problem;
import java.io.Serial;
import java.util.List;

/**
 * The definition of a pool or of a reserved range is not valid. The paths are those of the document: {@code spec.ips[1]},
 * {@code metadata.name}. Thread safety: immutable but for the stack trace.
 */
public final class InvalidPoolException extends InvalidInputException {
    @Serial
    private static final long serialVersionUID = 1L;

    InvalidPoolException(String subject, List<Problem> problems) {
        super(subject, problems);
    }
}
