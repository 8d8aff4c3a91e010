package io.ipam.subnet;

/**
 * The number of addresses of a pool that is carved from a subnet.
 *
 * <p>Thread safety: immutable.
 *
 * @param flexible true: the application's replicas plus {@code number}; false: {@code number}
 *     addresses
 * @param number the number of addresses, not negative
 */
public record PoolSize(boolean flexible, long number) {
    /** Checks the number. */
    public PoolSize {
        if (number < 0) {
            throw new IllegalArgumentException("number must not be negative, was " + number);
        }
    }

    /**
     * {@return {@code number} addresses}
     *
     * @param number the number of addresses
     */
    public static PoolSize fixed(long number) {
        return new PoolSize(false, number);
    }

    /**
     * {@return the number of the application's replicas plus {@code beyond} addresses}
     *
     * @param beyond the number of additional addresses
     */
    public static PoolSize flexible(long beyond) {
        return new PoolSize(true, beyond);
    }

    /** {@return {@code 5} or {@code +2}, as in the annotation} */
    @Override
    public String toString() {
        return flexible ? "+" + number : Long.toString(number);
    }
}
