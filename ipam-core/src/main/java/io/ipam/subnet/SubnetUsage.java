package io.ipam.subnet;

import static java.util.Objects.requireNonNull;

import io.ipam.address.AddressSet;
import java.math.BigInteger;
import java.util.List;

/**
 * Which pools hold what of a subnet ({@code status.controlledIPPools}). Thread safety: immutable.
 *
 * @param subnet the subnet's name
 * @param addresses all addresses of the subnet
 * @param free those that no pool holds; a reserved address can be among them
 * @param pools the pools of the subnet, by name
 */
public record SubnetUsage(String subnet, AddressSet addresses, AddressSet free, List<Share> pools) {
    /**
     * Copies the list.
     *
     * @param subnet the subnet's name
     * @param addresses all addresses
     * @param free the free ones
     * @param pools the pools
     */
    public SubnetUsage {
        requireNonNull(subnet, "subnet");
        requireNonNull(addresses, "addresses");
        requireNonNull(free, "free");
        pools = List.copyOf(pools);
    }

    /** {@return how many addresses the subnet has} */
    public BigInteger total() {
        return addresses.size();
    }

    /** {@return how many of them pools hold: {@link #total()} without {@link #freeCount()}} */
    public BigInteger allocatedCount() {
        return total().subtract(freeCount());
    }

    /** {@return how many of them no pool holds} */
    public BigInteger freeCount() {
        return free.size();
    }

    /** {@code subnet blue: 12 of 256 addresses in 2 pools, 244 free}. */
    @Override
    public String toString() {
        return "subnet " + subnet + ": " + allocatedCount() + " of " + total() + " addresses in " + pools.size()
                + (pools.size() == 1 ? " pool, " : " pools, ") + freeCount() + " free";
    }

    /**
     * What one pool holds of its subnet.
     *
     * @param pool the pool's name
     * @param application {@code shop/cart} for a pool that was made for that application; empty for any other
     * @param addresses the addresses of the pool that are addresses of the subnet
     */
    public record Share(String pool, String application, AddressSet addresses) {
        /**
         * Checks for null.
         *
         * @param pool the pool's name
         * @param application the application
         * @param addresses the addresses
         */
        public Share {
            requireNonNull(pool, "pool");
            requireNonNull(application, "application");
            requireNonNull(addresses, "addresses");
        }

        /** {@code auto4-cart-eth0-fcca4 (shop/cart): 10.6.1.0-10.6.1.4}. */
        @Override
        public String toString() {
            String whose = application.isEmpty() ? "" : " (" + application + ")";
            return pool + whose + ": " + String.join(", ", addresses.texts());
        }
    }
}
