package io.ipam.store;

import static java.util.Objects.requireNonNull;

/**
 * A store failed, or a realm cannot be used as requested. The subtypes state whether the call had
 * an effect, as far as that is known.
 */
public class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message the failure, what caused it, and what to do
     */
    public StoreException(String message) {
        super(requireNonNull(message, "message"));
    }

    /**
     * A failure with a cause.
     *
     * @param message the failure, what caused it, and what to do
     * @param cause the cause
     */
    public StoreException(String message, Throwable cause) {
        super(requireNonNull(message, "message"), requireNonNull(cause, "cause"));
    }
}
