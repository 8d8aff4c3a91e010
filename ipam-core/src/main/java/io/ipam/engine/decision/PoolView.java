package io.ipam.engine.decision;

import io.ipam.address.Address;
import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.PoolUsage;
import io.ipam.owner.Owner;
import io.ipam.record.Cooling;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One pool as a decision may read it: current until the decision ends, and read-only. */
public interface PoolView {
    /** {@return the number of free addresses; Long.MAX_VALUE if there are that many or more} */
    long free();

    /**
     * {@return the number of free addresses that are not static; Long.MAX_VALUE if there are that
     * many or more}
     */
    long freeOrdinary();

    /** {@return the number of usable addresses that are cooling} */
    int cooling();

    /** {@return all counts} */
    PoolUsage usage();

    /**
     * {@return a usable cooling address, by the time of its release; null if there are fewer} Cost:
     * O(nth).
     *
     * @param nth the number of usable cooling addresses that were released before it
     * @param passedOver addresses that are ignored
     */
    @Nullable
    Cooling cooling(int nth, List<Address> passedOver);

    /** {@return the cooling entry of an address, null if it is not cooling} */
    @Nullable
    Cooling coolingAt(Address address);

    /** {@return the end of the cool-down of an entry} */
    Instant coolUntil(Cooling entry);

    /** {@return the holder of an address, null if it is not held} */
    @Nullable
    Held heldAt(Address address);

    /**
     * {@return whether another request of the same commit gets an address} Such an address is not
     * free.
     */
    default boolean isPromised(Address address) {
        return false;
    }

    /** {@return whether an address is usable and neither held nor cooling} */
    boolean isFree(Address address);

    /**
     * {@return picks of the free addresses that are not static, one by one; none is taken}
     *
     * @param order the order
     * @param owner the owner that they are for
     * @param random random bits
     */
    FreePicks picks(AllocationOrder order, Owner owner, long random);

    /**
     * {@return picks of the free static addresses, one by one; none is taken} The pool must have
     * static addresses.
     *
     * @param order the order
     * @param owner the owner that they are for
     * @param random random bits
     */
    FreePicks staticPicks(AllocationOrder order, Owner owner, long random);

    /**
     * A held address.
     *
     * @param owner the holder
     * @param generation the generation of the grant
     */
    record Held(Owner owner, long generation) {}
}
