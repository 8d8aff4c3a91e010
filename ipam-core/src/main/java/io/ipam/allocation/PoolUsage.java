package io.ipam.allocation;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;

/**
 * The number of a pool's addresses in each state. {@code held + cooling + reserved + free = total};
 * an address that is both held and reserved counts as held.
 *
 * <p>Thread safety: immutable.
 *
 * @param pool the pool's name
 * @param total the number of addresses of the pool, without excluded and with draining ones
 * @param held the number of held addresses
 * @param cooling the number of cooling addresses: released recently, and therefore allocated last
 * @param reserved the number of addresses in cluster-wide reserved ranges that are not held
 * @param free the number of all other addresses
 * @param freeStatic the free addresses that are {@linkplain io.ipam.pool.Pool#staticAddresses()
 *     static}; they are counted in {@code free} as well
 * @param draining the held addresses that are {@linkplain io.ipam.pool.Pool#drainingAddresses()
 *     draining}; they are counted in {@code held} as well
 */
public record PoolUsage(
        String pool,
        BigInteger total,
        long held,
        long cooling,
        BigInteger reserved,
        BigInteger free,
        BigInteger freeStatic,
        long draining) {
    /** Checks the sum. No part may be greater than the whole. */
    public PoolUsage {
        requireNonNull(reserved, "reserved");
        requireNonNull(free, "free");
        requireNonNull(freeStatic, "freeStatic");
        requireNonNull(pool, "pool");
        requireNonNull(total, "total");
        BigInteger sum = BigInteger.valueOf(held)
                .add(BigInteger.valueOf(cooling))
                .add(reserved)
                .add(free);
        if (!sum.equals(total)) {
            throw new IllegalArgumentException("pool " + pool + ": held " + held + " + cooling " + cooling
                    + " + reserved " + reserved + " + free " + free + " is not total " + total);
        }
        if (freeStatic.signum() < 0 || freeStatic.compareTo(free) > 0) {
            throw new IllegalArgumentException(
                    "pool " + pool + ": freeStatic must be from 0 to free " + free + ", was " + freeStatic);
        }
        if (draining < 0 || draining > held) {
            throw new IllegalArgumentException(
                    "pool " + pool + ": draining must be from 0 to held " + held + ", was " + draining);
        }
    }

    /** {@return whether no address can be allocated: free and cooling are both 0} */
    public boolean isExhausted() {
        return free.signum() == 0 && cooling == 0;
    }
}
