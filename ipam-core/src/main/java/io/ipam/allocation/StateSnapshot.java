package io.ipam.allocation;

import io.ipam.pool.PoolCatalog;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is held and cooling in all pools at one moment: one cut, in which every request is whole or absent. Equal
 * states have equal snapshots.
 *
 * <p>It holds no pool definitions but those of detached pools: the catalog is the caller's.
 *
 * <p>Cost: some 100 B per record. Thread safety: immutable.
 *
 * @param lastGeneration at least as high as every token ever given; 0 when none was
 * @param pools the pools in which something is held, cooling or was granted, in name order by code point
 */
public record StateSnapshot(long lastGeneration, List<PoolSnapshot> pools) {
    /**
     * Copies and sorts the list; what it holds is checked by the one who restores.
     *
     * @param lastGeneration at least as high as every token ever given; 0 when none was
     * @param pools the pools in which something is held, cooling or was granted, in name order by code point
     */
    public StateSnapshot {
        if (lastGeneration < 0) {
            throw new IllegalArgumentException("lastGeneration is negative: " + lastGeneration);
        }
        pools = pools.stream()
                .sorted(Comparator.comparing(PoolSnapshot::pool, PoolCatalog.nameOrder()))
                .toList();
    }

    /** {@return the snapshot of a state in which nothing is held} */
    public static StateSnapshot empty() {
        return new StateSnapshot(0, List.of());
    }

    /**
     * {@return a snapshot put together from records of another system: every record gets a new generation}
     *
     * @param pools the pools
     */
    public static StateSnapshot of(List<PoolSnapshot> pools) {
        return new StateSnapshot(0, pools);
    }

    /**
     * {@return what is held and cooling in one pool; empty when nothing is or was} Cost: a binary search.
     *
     * @param name the pool's name
     */
    public Optional<PoolSnapshot> pool(String name) {
        int low = 0;
        int high = pools.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = PoolCatalog.nameOrder().compare(pools.get(middle).pool(), name);
            if (order == 0) {
                return Optional.of(pools.get(middle));
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return Optional.empty();
    }

    /** {@return how many addresses are held} */
    public int heldCount() {
        return pools.stream().mapToInt(pool -> pool.held().size()).sum();
    }
}
