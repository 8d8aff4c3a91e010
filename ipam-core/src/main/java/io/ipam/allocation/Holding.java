package io.ipam.allocation;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.address.Family;

/**
 * One address that an owner holds now, as seen by whoever decides for that owner.
 *
 * <p>Thread safety: immutable.
 *
 * @param interfaceName the interface that it is for; empty when unknown, as in records taken over
 *     from another system
 * @param family the family of the address
 * @param pool the pool that it is from
 * @param address the address
 * @param generation the token of the grant, compared for equality only
 * @param uid the uid that the owner had when it was granted or last renewed
 */
public record Holding(String interfaceName, Family family, String pool, Address address, long generation, String uid) {
    /** Checks that the family is that of the address. */
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
     * {@return whether the interface is not known: the first demand whose source names the pool may
     * adopt it}
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
