package io.ipam.allocation;

import static java.util.Objects.requireNonNull;

import io.ipam.problem.InvalidInputException;
import io.ipam.problem.Problem;
import java.util.List;

/**
 * A snapshot does not fit the catalog or contradicts itself. Nothing was restored. Thread safety:
 * as its supertype.
 */
public final class InvalidStateException extends InvalidInputException {
    private static final long serialVersionUID = 1L;

    /**
     * A refusal of a snapshot.
     *
     * @param subject the name of the input
     * @param problems every bad record, at least one
     */
    public InvalidStateException(String subject, List<Problem> problems) {
        super(subject, requireNonNull(problems, "problems"));
    }
}
