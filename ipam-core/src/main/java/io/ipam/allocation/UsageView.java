package io.ipam.allocation;

import io.ipam.pool.HeldAddresses;
import java.util.List;
import java.util.Optional;

/**
 * What a decision about pools may know of the addresses in use. Answers are a picture of one moment: they may be out of
 * date when they are read. Implementations do not throw and do not block for long.
 */
public interface UsageView {
    /**
     * {@return what the owner holds, in any order: under its identity, that is also from an earlier incarnation of a stateful
     * owner} Cost: should follow the number of addresses that this owner holds.
     *
     * @param owner the owner
     */
    List<Holding> heldBy(Owner owner);

    /**
     * {@return the counts of a pool; empty for a pool that the view does not know}
     *
     * @param pool the pool's name
     */
    Optional<PoolUsage> usage(String pool);

    /**
     * {@return whether a pool has neither free nor cooling addresses now; false for a pool that the view does not know}
     *
     * @param pool the pool's name
     */
    default boolean isFull(String pool) {
        return usage(pool).map(PoolUsage::isExhausted).orElse(false);
    }

    /** {@return the addresses in use pool by pool, for those who plan pools; none of the pools that the view does not know} */
    default HeldAddresses inUse() {
        return HeldAddresses.none();
    }

    /** {@return a view in which nobody holds anything and no pool is known} */
    static UsageView none() {
        return NoUsage.NONE;
    }
}
