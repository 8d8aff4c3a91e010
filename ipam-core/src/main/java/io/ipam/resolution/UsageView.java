package io.ipam.resolution;

import io.ipam.allocation.Holding;
import io.ipam.allocation.PoolUsage;
import io.ipam.owner.Owner;
import io.ipam.pool.HeldAddresses;
import java.util.List;
import java.util.Optional;

/**
 * The addresses in use, as a resolution reads them. Each result is a snapshot and may be outdated
 * when it is used. An implementation must not throw and must not block for long. It must be
 * thread-safe if concurrent resolutions use it.
 */
public interface UsageView {
    /**
     * {@return the holdings of an owner's identity, in any order} They include those of earlier
     * incarnations of a stateful owner. The cost should depend only on the number of these
     * holdings.
     *
     * @param owner the owner
     */
    List<Holding> heldBy(Owner owner);

    /**
     * {@return the counts of a pool; empty for an unknown pool}
     *
     * @param pool the pool's name
     */
    Optional<PoolUsage> usage(String pool);

    /**
     * {@return whether a pool has neither free nor cooling addresses now; false for an unknown
     * pool}
     *
     * @param pool the pool's name
     */
    default boolean isFull(String pool) {
        return usage(pool).map(PoolUsage::isExhausted).orElse(false);
    }

    /**
     * {@return whether a pool allocates no address until it is opened, because its records could
     * not be read}
     */
    default boolean isClosed(String pool) {
        return false;
    }

    /** {@return the addresses in use by pool, for planners of pools; none for unknown pools} */
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
