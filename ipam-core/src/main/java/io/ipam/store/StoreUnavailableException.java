package io.ipam.store;

/**
 * The call failed and certainly changed nothing. The caller may repeat it.
 */
public final class StoreUnavailableException extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message the failure, what caused it, and what to do
     */
    public StoreUnavailableException(String message) {
        super(message);
    }

    /**
     * A failure with a cause.
     *
     * @param message the failure, what caused it, and what to do
     * @param cause the cause
     */
    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
