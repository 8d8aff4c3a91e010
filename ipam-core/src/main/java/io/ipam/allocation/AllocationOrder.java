package io.ipam.allocation;

/**
 * The order in which the free addresses of a pool are allocated. Addresses that are not {@linkplain
 * io.ipam.pool.Pool#staticAddresses() static} precede the static ones; each group is in this order.
 */
public enum AllocationOrder {
    /** The numerically lowest free address. */
    LOWEST,
    /**
     * The first free address after the one allocated last, with wrap-around: an address is reused
     * as late as possible.
     */
    NEXT,
    /** A pseudorandom free address, uniformly distributed and reproducible from a seed. */
    RANDOM,
    /**
     * The first free address at or after a position that depends only on the owner, with
     * wrap-around. A returning owner tends to get its former address.
     */
    HASH_OF_OWNER
}
