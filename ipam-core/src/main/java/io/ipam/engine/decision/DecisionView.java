package io.ipam.engine.decision;

import io.ipam.address.Address;
import io.ipam.allocation.Stray;
import io.ipam.pool.PoolCatalog;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of the state that a decision may read: all holdings of one owner and of another one, and
 * some pools.
 */
public interface DecisionView {
    /** {@return the holdings of the owner, in no particular order} */
    List<HeldRecord> held();

    /**
     * {@return the holdings of the {@linkplain Transition#otherOwner() other owner}, in no
     * particular order; empty without such an owner}
     */
    List<HeldRecord> heldByOtherOwner();

    /** {@return the current catalog} */
    PoolCatalog catalog();

    /**
     * {@return the binding of a pool of the catalog}
     *
     * @param pool the pool's name, which is in the catalog
     */
    PoolBinding binding(String pool);

    /**
     * {@return the binding of the pool that contains an address, a detached one included; null if
     * there is none}
     *
     * @param address the address
     */
    @Nullable
    PoolBinding bindingOf(Address address);

    /**
     * {@return the stray of an address, null if there is none}
     *
     * @param address the address
     */
    @Nullable
    Stray strayAt(Address address);

    /**
     * {@return the pool, null if the view lacks it: the decision must {@linkplain Step.Widen widen}
     * the view}
     *
     * @param binding the binding of the pool
     */
    @Nullable
    PoolView pool(PoolBinding binding);

    /** {@return the number of pools in the view} */
    int poolCount();

    /**
     * Assigns consecutive, unused generations, and returns the first. They are never assigned
     * again.
     *
     * @param count the number of generations
     */
    long newGenerations(int count);
}
