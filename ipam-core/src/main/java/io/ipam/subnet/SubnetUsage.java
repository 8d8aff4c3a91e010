package io.ipam.subnet;

import static java.util.Objects.requireNonNull;

import io.ipam.address.AddressSet;
import java.math.BigInteger;
import java.util.List;

/**
 * The addresses of a subnet by pool ({@code status.controlledIPPools}). Each address is in a pool,
 * reserved, or free. Thread safety: immutable.
 *
 * @param subnet the subnet's name
 * @param addresses all addresses of the subnet
 * @param free the addresses that a pool can still get: in no pool and not reserved
 * @param reserved the reserved addresses that are in no pool
 * @param pools the pools of the subnet, by name
 */
public record SubnetUsage(
        String subnet, AddressSet addresses, AddressSet free, AddressSet reserved, List<Share> pools) {
    /** Copies the list. */
    public SubnetUsage {
        requireNonNull(pools, "pools");
        requireNonNull(subnet, "subnet");
        requireNonNull(addresses, "addresses");
        requireNonNull(free, "free");
        requireNonNull(reserved, "reserved");
        pools = List.copyOf(pools);
    }

    /** {@return the number of addresses of the subnet} */
    public BigInteger total() {
        return addresses.size();
    }

    /**
     * {@return the number of addresses in pools: {@link #total()} less the free and the reserved
     * ones}
     */
    public BigInteger allocatedCount() {
        return total().subtract(freeCount()).subtract(reserved.size());
    }

    /** {@return the number of addresses that a pool can still get} */
    public BigInteger freeCount() {
        return free.size();
    }

    /**
     * {@return {@code subnet blue: 12 of 256 addresses in 2 pools, 4 reserved, 240 free}} If none
     * is reserved, that part is omitted.
     */
    @Override
    public String toString() {
        return "subnet " + subnet + ": " + allocatedCount() + " of " + total() + " addresses in " + pools.size()
                + (pools.size() == 1 ? " pool, " : " pools, ")
                + (reserved.isEmpty() ? "" : reserved.size() + " reserved, ") + freeCount() + " free";
    }

    /**
     * The addresses of one pool in the subnet.
     *
     * @param pool the pool's name
     * @param application {@code shop/cart} if the pool was created for that application; otherwise
     *     empty
     * @param addresses the addresses of the pool that are addresses of the subnet
     */
    public record Share(String pool, String application, AddressSet addresses) {
        /** Checks for null. */
        public Share {
            requireNonNull(pool, "pool");
            requireNonNull(application, "application");
            requireNonNull(addresses, "addresses");
        }

        /** {@code auto4-cart-eth0-fcca4 (shop/cart): 10.6.1.0-10.6.1.4}. */
        @Override
        public String toString() {
            String whose = application.isEmpty() ? "" : " (" + application + ")";
            String ranges = addresses.toString();
            return pool + whose + ": " + ranges.substring(1, ranges.length() - 1);
        }
    }
}
