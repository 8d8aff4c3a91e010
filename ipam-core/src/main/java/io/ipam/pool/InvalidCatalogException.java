package io.ipam.pool;

import io.ipam.problem.InvalidInputException;
import io.ipam.problem.Problem;
import java.io.Serial;
import java.util.List;

/**
 * Valid pools or reserved ranges conflict with each other. If one pool was added, the paths are its
 * own, {@code spec.ips}. If a catalog was created, they begin with the object: {@code
 * pools[blue-v4].spec.ips}, {@code reserved[gateways].metadata.name}. Thread safety: immutable
 * except for the stack trace.
 */
public final class InvalidCatalogException extends InvalidInputException {
    @Serial
    private static final long serialVersionUID = 1L;

    InvalidCatalogException(String subject, List<Problem> problems) {
        super(subject, problems);
    }
}
