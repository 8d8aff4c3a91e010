package io.ipam.allocation;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.owner.Owner;
import java.util.Optional;

/**
 * A held address whose record fits no owner or no pool. The owner is unreadable, the pool was
 * removed or renamed, or its range has shrunk. A stray stays taken: no pool allocates it, it is
 * exported with its note unchanged, and only a release by address ends it. If its record names an
 * owner, it becomes an allocation of that owner when its pool contains the address again.
 *
 * <p>Thread safety: immutable.
 *
 * @param address the address
 * @param pool the pool that the record names, which may not exist
 * @param owner the owner, if the record names one
 * @param interfaceName the interface, empty if unknown
 * @param generation the generation of the grant, {@link PoolSnapshot.Held#NO_GENERATION} if unknown
 * @param note the record as it was read, empty if it had no other form
 */
public record Stray(
        Address address, String pool, Optional<Owner> owner, String interfaceName, long generation, String note) {
    /** Checks for null. The generation must not be negative. */
    public Stray {
        requireNonNull(address, "address");
        requireNonNull(pool, "pool");
        requireNonNull(owner, "owner");
        requireNonNull(interfaceName, "interfaceName");
        requireNonNull(note, "note");
        if (generation < 0) {
            throw new IllegalArgumentException("generation must not be negative, was " + generation);
        }
    }

    /**
     * {@return a stray whose record names an owner}
     *
     * @param pool the pool that the record names
     * @param held the record
     */
    public static Stray of(String pool, PoolSnapshot.Held held) {
        requireNonNull(held, "held");
        return new Stray(held.address(), pool, Optional.of(held.owner()), held.interfaceName(), held.generation(), "");
    }

    /**
     * {@return a stray whose record names no owner}
     *
     * @param pool the pool that the record names
     * @param address the address
     * @param note the record as it was read
     */
    public static Stray unowned(String pool, Address address, String note) {
        return new Stray(address, pool, Optional.empty(), "", PoolSnapshot.Held.NO_GENERATION, note);
    }

    /** {@return {@code shop/cart-0 (uid 7f3c), noted in pool blue}} */
    public String holder() {
        return owner.map(Owner::toString).orElse("an unknown owner") + ", noted in pool " + pool;
    }

    /** {@return {@code 10.6.1.1 held by shop/cart-0 (uid 7f3c), noted in pool blue}} */
    @Override
    public String toString() {
        return address + " held by " + holder();
    }
}
