package io.ipam.allocation;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.address.Family;

/**
 * One address that an owner holds, as a decision for that owner uses it.
 *
 * <p>Thread safety: immutable.
 *
 * @param interfaceName the interface that it is for; empty if unknown, as in records imported from
 *     another system
 * @param family the family of the address
 * @param pool the pool that it is from
 * @param address the address
 * @param generation the generation of the grant, compared only for equality
 * @param uid the uid that the owner had when it was granted or last renewed
 */
public record Holding(String interfaceName, Family family, String pool, Address address, long generation, String uid) {
    /** The family must be that of the address. */
    public Holding {
        requireNonNull(interfaceName, "interfaceName");
        requireNonNull(family, "family");
        requireNonNull(pool, "pool");
        requireNonNull(address, "address");
        requireNonNull(uid, "uid");
        if (address.family() != family) {
            throw new IllegalArgumentException("address " + address + " is not of the family " + family);
        }
    }

    /**
     * {@return whether the interface is unknown: the first demand whose source names the pool may
     * adopt the holding}
     */
    public boolean isInterfaceUnknown() {
        return interfaceName.isEmpty();
    }

    /** {@return {@code eth0 10.6.1.7 from blue-v4}} */
    @Override
    public String toString() {
        return (interfaceName.isEmpty() ? "interface unknown " : interfaceName + " ") + address + " from " + pool;
    }
}
