package io.ipam.allocation;

import static java.util.Objects.requireNonNull;

import io.ipam.pool.PoolCatalog;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is held and cooling in all pools at one moment: one cut, in which every request
 * is whole or absent. Equal states have equal snapshots.
 *
 * <p>It holds no pool definitions but those of detached pools: the catalog is the caller's.
 *
 * <p>Cost: some 100 B per record. Thread safety: immutable.
 *
 * @param lastGeneration at least as high as every token ever given; 0 when none was
 * @param pools the pools in which something is held, cooling, or was granted, in name order by code
 *     point
 * @param strays the held addresses whose records fit no owner or no pool, by address
 * @param closedPools the names of the pools that allocate nothing until they are opened
 */
public record StateSnapshot(
        long lastGeneration, List<PoolSnapshot> pools, List<Stray> strays, Set<String> closedPools) {
    /** Copies and sorts the lists; the restore checks the contents. */
    public StateSnapshot {
        requireNonNull(pools, "pools");
        if (lastGeneration < 0) {
            throw new IllegalArgumentException("lastGeneration must not be negative, was " + lastGeneration);
        }
        pools = pools.stream()
                .sorted(Comparator.comparing(PoolSnapshot::pool, PoolCatalog.nameOrder()))
                .toList();
        strays = requireNonNull(strays, "strays").stream()
                .sorted(Comparator.comparing(Stray::address))
                .toList();
        closedPools = Collections.unmodifiableSet(new TreeSet<>(requireNonNull(closedPools, "closedPools")));
    }

    /**
     * A snapshot without strays and closed pools.
     *
     * @param lastGeneration at least as high as every generation that was assigned; 0 if there is
     *     none
     * @param pools the pools in which something is held, cooling, or was granted, in any order
     */
    public StateSnapshot(long lastGeneration, List<PoolSnapshot> pools) {
        this(lastGeneration, pools, List.of(), Set.of());
    }

    /** {@return the snapshot of a state in which nothing is held} */
    public static StateSnapshot empty() {
        return new StateSnapshot(0, List.of());
    }

    /**
     * {@return a snapshot put together from records of another system: every record gets a new
     * generation}
     *
     * @param pools the pools
     */
    public static StateSnapshot of(List<PoolSnapshot> pools) {
        requireNonNull(pools, "pools");
        return new StateSnapshot(0, pools);
    }

    /**
     * {@return what is held and cooling in one pool; empty when nothing is or was} Cost: a binary
     * search.
     *
     * @param name the pool's name
     */
    public Optional<PoolSnapshot> pool(String name) {
        requireNonNull(name, "name");
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

    /** {@return the number of held addresses in pools; strays are not counted} */
    public int heldCount() {
        return pools.stream().mapToInt(pool -> pool.held().size()).sum();
    }

    /**
     * Whether both have equal pools, strays, and closed pools. A restore raises the last
     * generation, so it is ignored.
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof StateSnapshot that
                        && pools.equals(that.pools)
                        && strays.equals(that.strays)
                        && closedPools.equals(that.closedPools));
    }

    @Override
    public int hashCode() {
        return Objects.hash(pools, strays, closedPools);
    }
}
