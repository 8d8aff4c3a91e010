package io.ipam.address;

import io.ipam.problem.InvalidInputException;
import io.ipam.problem.Problem;
import java.io.Serial;
import java.util.List;

/**
 * A text or an object is not an address, a range, a prefix, or a set of them. Each problem has the
 * rule and the offending text, and usually the column and a hint. Thread safety: as its supertype.
 */
public final class InvalidAddressException extends InvalidInputException {
    @Serial
    private static final long serialVersionUID = 1L;

    InvalidAddressException(String subject, List<Problem> problems) {
        super(subject, problems);
    }
}
