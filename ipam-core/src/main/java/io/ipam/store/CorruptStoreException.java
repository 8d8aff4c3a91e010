package io.ipam.store;

/**
 * The entries of a realm do not fit its commits, because another program has changed them. An open
 * {@link io.ipam.Ipam} stops: its later changes fail.
 */
public final class CorruptStoreException extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message the failure, what caused it, and what to do
     */
    public CorruptStoreException(String message) {
        super(message);
    }

    /**
     * A failure with a cause.
     *
     * @param message the failure, what caused it, and what to do
     * @param cause the cause
     */
    public CorruptStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
