package io.ipam.allocation;

/**
 * The order in which the free addresses of a pool are allocated. First come those that are not
 * {@linkplain io.ipam.pool.Pool#staticAddresses() static}, then the static ones, each in this
 * order.
 */
public enum AllocationOrder {
    /** The numerically lowest. */
    LOWEST,
    /**
     * The first after the one handed out last, and around: an address is used again as late as
     * possible.
     */
    NEXT,
    /** Any, each with the same probability, from a seed. */
    RANDOM,
    /**
     * The first at or after a place that depends on the owner alone, and around: an owner that
     * comes back tends to get its address again.
     */
    HASH_OF_OWNER
}
