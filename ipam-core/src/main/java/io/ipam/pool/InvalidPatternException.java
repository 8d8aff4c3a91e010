package io.ipam.pool;

import io.ipam.problem.InvalidInputException;
import io.ipam.problem.Problem;
import java.io.Serial;
import java.util.List;

/** A pattern for pool names is malformed. Thread safety: immutable except for the stack trace. */
public final class InvalidPatternException extends InvalidInputException {
    @Serial
    private static final long serialVersionUID = 1L;

    InvalidPatternException(List<Problem> problems) {
        super("pool name pattern", problems);
    }
}
