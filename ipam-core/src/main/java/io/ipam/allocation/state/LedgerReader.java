package io.ipam.allocation.state;

import io.ipam.address.Address;
import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.Owner;
import io.ipam.allocation.PoolUsage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a decision may read of one pool. Valid while the pool is in the footprint of the running transaction; nothing is
 * written.
 */
public interface LedgerReader {
    /** {@return the current definition; null when the pool is gone} */
    @Nullable
    Definition definition();

    /** {@return how many addresses are free; Long.MAX_VALUE stands for that many or more} */
    long free();

    /** {@return how many usable addresses are cooling} */
    int cooling();

    /** {@return all counts} */
    PoolUsage usage();

    /**
     * {@return the cooling address of which {@code nth} usable ones were released before it; null when there are not so many} Cost:
     * O(nth).
     *
     * @param nth from 0
     * @param passedOver addresses that do not count
     */
    @Nullable
    Cooling cooling(int nth, List<Address> passedOver);

    /**
     * {@return the cooling entry of an address, null when it is not cooling} Cost: a look at every 256 cooling addresses.
     *
     * @param high bits 127 to 64
     * @param low bits 63 to 0
     */
    @Nullable
    Cooling coolingAt(long high, long low);

    /**
     * {@return when a cooling address will have cooled down}
     *
     * @param entry the entry of the address
     */
    Instant coolUntil(Cooling entry);

    /**
     * {@return who holds an address, null when nobody does}
     *
     * @param high bits 127 to 64
     * @param low bits 63 to 0
     */
    @Nullable
    Held heldAt(long high, long low);

    /**
     * {@return whether an address may be handed out and is neither held nor cooling}
     *
     * @param high bits 127 to 64
     * @param low bits 63 to 0
     */
    boolean isFree(long high, long low);

    /**
     * {@return free addresses one after the other, without taking them}
     *
     * @param order which comes first
     * @param owner for whom they are
     * @param random random bits
     */
    FreePicks picks(AllocationOrder order, Owner owner, long random);

    /**
     * Lets picks that were made for another pool of the request go on in this one, as if they were made here.
     *
     * @param picks the picks
     */
    void startPicks(FreePicks picks);

    /**
     * A held address.
     *
     * @param owner who holds it
     * @param interfaceName the interface, empty when unknown
     * @param generation the token of the grant
     */
    record Held(Owner owner, String interfaceName, long generation) {}

    /**
     * A cooling address.
     *
     * @param high bits 127 to 64
     * @param low bits 63 to 0
     * @param lastOwner who held it
     * @param releasedMillis when it was released
     */
    record Cooling(long high, long low, Owner lastOwner, long releasedMillis) {}
}
