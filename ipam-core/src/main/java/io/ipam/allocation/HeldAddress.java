package io.ipam.allocation;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.owner.Owner;
import java.util.Optional;

/**
 * A held address and its holder: an allocation of an owner, or a {@link Stray}.
 *
 * <p>Thread safety: immutable.
 *
 * @param address the address
 * @param owner the owner with the uid of the grant or of the last renewal; empty only for a stray
 *     whose record names no owner
 * @param interfaceName the interface, empty if unknown
 * @param pool the pool; the pool of a stray is the one that its record names, which may not exist
 * @param generation the generation of the grant; {@link PoolSnapshot.Held#NO_GENERATION} only for a
 *     stray whose record has none
 * @param stray whether the address is a stray, which only a release by address ends
 */
public record HeldAddress(
        Address address, Optional<Owner> owner, String interfaceName, String pool, long generation, boolean stray) {
    /** Checks that nothing is missing and that only a stray is without an owner. */
    public HeldAddress {
        requireNonNull(address, "address");
        requireNonNull(owner, "owner");
        requireNonNull(interfaceName, "interfaceName");
        requireNonNull(pool, "pool");
        if (owner.isEmpty() && !stray) {
            throw new IllegalArgumentException("owner must be present unless " + address + " is a stray");
        }
    }

    /**
     * {@return the stray as a held address}
     *
     * @param stray the stray
     */
    public static HeldAddress of(Stray stray) {
        requireNonNull(stray, "stray");
        return new HeldAddress(
                stray.address(), stray.owner(), stray.interfaceName(), stray.pool(), stray.generation(), true);
    }

    /**
     * {@return {@code 10.6.1.7 from blue-v4 held by shop/cart-0 (uid 7f3c) for eth0}} The text of a
     * stray is {@code 10.6.1.9 held by an unknown owner, noted in pool blue-v4}.
     */
    @Override
    public String toString() {
        String holder = owner.map(Owner::toString).orElse("an unknown owner");
        String use = interfaceName.isEmpty() ? "" : " for " + interfaceName;
        return stray
                ? address + " held by " + holder + use + ", noted in pool " + pool
                : address + " from " + pool + " held by " + holder + use;
    }
}
