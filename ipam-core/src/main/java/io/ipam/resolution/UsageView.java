package io.ipam.resolution;

import io.ipam.allocation.Holding;
import io.ipam.allocation.PoolUsage;
import io.ipam.owner.Owner;
import io.ipam.pool.HeldAddresses;
import java.util.List;
import java.util.Optional;

/**
 * The addresses in use, as a resolution reads them. Results are of one moment: they may be outdated
 * when they are read. An implementation must not throw and must not block for long.
 */
public interface UsageView {
    /**
     * {@return what the owner holds, in any order: under its identity, that is also from an earlier
     * incarnation of a stateful owner} Cost: should follow the number of addresses that this owner
     * holds.
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
     * {@return whether a pool has neither free nor cooling addresses now; false for a pool that the
     * view does not know}
     *
     * @param pool the pool's name
     */
    default boolean isFull(String pool) {
        return usage(pool).map(PoolUsage::isExhausted).orElse(false);
    }

    /**
     * {@return whether a pool allocates nothing until it is opened, because its records could not
     * be read}
     */
    default boolean isClosed(String pool) {
        return false;
    }

    /**
     * {@return the addresses in use pool by pool, for those who plan pools; none of the pools that
     * the view does not know}
     */
    default HeldAddresses inUse() {
        return HeldAddresses.none();
    }

    /** {@return the view of a system without allocations} */
    static UsageView none() {
        enum None implements UsageView {
            VIEW;

            @Override
            public List<Holding> heldBy(Owner owner) {
                return List.of();
            }

            @Override
            public Optional<PoolUsage> usage(String pool) {
                return Optional.empty();
            }
        }
        return None.VIEW;
    }
}
