package io.ipam.documents;

import io.ipam.problem.InvalidInputException;
import io.ipam.problem.Problem;
import java.io.Serial;
import java.util.List;

/**
 * A document that is not valid. Every problem has the path of its field. Thread safety: immutable,
 * except for the stack trace.
 */
public final class InvalidDocumentException extends InvalidInputException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param subject the document, for example {@code SpiderIPPool blue-v4}
     * @param problems its problems, at least one
     */
    public InvalidDocumentException(String subject, List<Problem> problems) {
        super(subject, problems);
    }
}
