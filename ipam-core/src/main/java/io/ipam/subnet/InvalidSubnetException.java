package io.ipam.subnet;

import io.ipam.problem.InvalidInputException;
import io.ipam.problem.Problem;
import java.io.Serial;
import java.util.List;

/**
 * The definition of a subnet is not valid, or subnets do not fit together. The paths are those of
 * the document, {@code spec.ips[1]}. The paths of a catalog begin with the subnet: {@code
 * subnets[blue].spec.subnet}. Thread safety: immutable except for the stack trace.
 */
public final class InvalidSubnetException extends InvalidInputException {
    @Serial
    private static final long serialVersionUID = 1L;

    InvalidSubnetException(String subject, List<Problem> problems) {
        super(subject, problems);
    }
}
