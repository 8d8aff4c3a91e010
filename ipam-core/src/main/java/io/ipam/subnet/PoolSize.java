package io.ipam.subnet;

/**
 * How many addresses a pool that is carved from a subnet gets.
 *
 * <p>Thread safety: immutable.
 *
 * @param flexible true: the application's replicas plus {@code number}; false: {@code number}
 *     addresses
 * @param number not negative
 */
public record PoolSize(boolean flexible, long number) {
    /** Checks the number. */
    public PoolSize {
        if (number < 0) {
            throw new IllegalArgumentException("number is negative: " + number);
        }
    }

    /**
     * {@return {@code number} addresses}
     *
     * @param number how many
     */
    public static PoolSize fixed(long number) {
        return new PoolSize(false, number);
    }

    /**
     * {@return {@code beyond} addresses more than the application has replicas}
     *
     * @param beyond how many more
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
