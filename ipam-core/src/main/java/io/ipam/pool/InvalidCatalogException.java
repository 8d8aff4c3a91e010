package io.ipam.pool;

import io.ipam.problem.InvalidInputException;
import io.ipam.problem.Problem;
import java.io.Serial;
import java.util.List;

/**
 * Pools or reserved ranges that are valid alone do not fit together. Where one pool was added the
 * paths are its own, {@code spec.ips}; where a catalog was made of many they begin with the object:
 * {@code pools[blue-v4].spec.ips}, {@code reserved[gateways].metadata.name}. Thread safety:
 * immutable but for the stack trace.
 */
public final class InvalidCatalogException extends InvalidInputException {
    @Serial
    private static final long serialVersionUID = 1L;

    InvalidCatalogException(String subject, List<Problem> problems) {
        super(subject, problems);
    }
}
