package io.ipam.store;

/**
 * The store cannot hold a commit: it is too large, or contains text that the store cannot
 * represent. Nothing was changed.
 */
public final class UnstorableException extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message the failure, what caused it, and what to do
     */
    public UnstorableException(String message) {
        super(message);
    }

    /**
     * A failure with a cause.
     *
     * @param message the failure, what caused it, and what to do
     * @param cause the cause
     */
    public UnstorableException(String message, Throwable cause) {
        super(message, cause);
    }
}
