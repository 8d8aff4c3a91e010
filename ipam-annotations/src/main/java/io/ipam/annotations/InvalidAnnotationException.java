package io.ipam.annotations;

import static java.util.Objects.requireNonNull;

import io.ipam.problem.InvalidInputException;
import io.ipam.problem.Problem;
import java.io.Serial;
import java.util.List;

/**
 * An annotation or a CNI configuration that violates its grammar. Each problem has the line and
 * column, the path in the JSON text ({@code [1].ipv4[0]}), the offending text, and the rule. A
 * known mistake also has a hint. If several annotations of one request are invalid, the exceptions
 * for the others are {@linkplain #getSuppressed() suppressed} ones of the first.
 *
 * <p>Thread safety: immutable, except for the stack trace and the suppressed exceptions.
 */
public final class InvalidAnnotationException extends InvalidInputException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The annotation's key, or the interface of the CNI configuration. */
    private final String key;

    private InvalidAnnotationException(String subject, String key, List<Problem> problems) {
        super(subject, problems);
        this.key = requireNonNull(key, "key");
    }

    static InvalidAnnotationException ofAnnotation(String key, List<Problem> problems) {
        return new InvalidAnnotationException("annotation " + key, key, problems);
    }

    static InvalidAnnotationException ofCniConfiguration(String interfaceName, List<Problem> problems) {
        return new InvalidAnnotationException("CNI configuration of " + interfaceName, interfaceName, problems);
    }

    /**
     * {@return the full key of the annotation; for a CNI configuration, the name of its interface}
     */
    public String key() {
        return key;
    }
}
