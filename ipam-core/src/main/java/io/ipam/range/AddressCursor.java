package io.ipam.range;

import io.ipam.address.Address;
import io.ipam.address.Family;

/**
 * A mutable address that the caller owns. {@link RangeAllocator} writes allocated addresses to it
 * and allocates no object.
 *
 * <p>Thread safety: none; one cursor belongs to one thread.
 */
public final class AddressCursor {
    private long high;
    private long low;

    /** Creates a cursor at the lowest address. */
    public AddressCursor() {}

    /**
     * Moves to another address.
     *
     * @param newHigh bits 127 to 64; 0 for IPv4
     * @param newLow bits 63 to 0; for IPv4, 32 bits
     */
    public void set(long newHigh, long newLow) {
        high = newHigh;
        low = newLow;
    }

    /** {@return bits 127 to 64 of the address; 0 for IPv4} */
    public long high() {
        return high;
    }

    /** {@return bits 63 to 0 of the address} */
    public long low() {
        return low;
    }

    /**
     * {@return the address as a value} Cost: allocates an object.
     *
     * @param family the family of the allocator that wrote to this cursor
     */
    public Address toAddress(Family family) {
        return new Address(family, high, low);
    }
}
