package io.ipam.documents;

import io.ipam.problem.InvalidInputException;
import io.ipam.problem.Problem;
import java.io.Serial;
import java.util.List;

/**
 * A document is not valid; every problem has the path of its field. Thread safety: immutable but
 * for the stack trace.
 */
public final class InvalidDocumentException extends InvalidInputException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param subject what was read, {@code SpiderIPPool blue-v4} for example
     * @param problems what is wrong with it, at least one
     */
    public InvalidDocumentException(String subject, List<Problem> problems) {
        super(subject, problems);
    }
}
