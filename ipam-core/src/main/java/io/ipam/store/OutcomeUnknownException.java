package io.ipam.store;

/**
 * The outcome of a commit is not known: it may have taken effect, or may still do so. Repeat the
 * request: a repeated request returns the addresses that its owner holds, and a repeated release
 * frees no later grant.
 */
public final class OutcomeUnknownException extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message the failure, what caused it, and what to do
     */
    public OutcomeUnknownException(String message) {
        super(message);
    }

    /**
     * A failure with a cause.
     *
     * @param message the failure, what caused it, and what to do
     * @param cause the cause
     */
    public OutcomeUnknownException(String message, Throwable cause) {
        super(message, cause);
    }
}
