package io.ipam.range;

import io.ipam.address.Address;
import io.ipam.address.Prefix;
import java.util.function.Predicate;

/**
 * The allocators of taken units, as the ledger of the units uses them. By default there are none.
 * Thread safety: guarded by the ledger.
 */
interface UnitContents {
    /** No unit has an allocator. */
    UnitContents NONE = new UnitContents() {};

    /**
     * Closes the allocator of a unit unless it has allocations; returns false only if it has some.
     */
    default boolean closeIfEmpty(Address first) {
        return true;
    }

    /** Closes the allocators of the units within a block. */
    default void closeWithin(Prefix block) {}

    /** Closes every allocator. */
    default void closeAll() {}

    /** Closes the allocators of units that are free. */
    default void closeUnless(Predicate<Address> isTaken) {}

    /** Checks the allocators; throws IllegalStateException if an invariant is broken. */
    default void verify(Predicate<Address> isTaken) {}
}
