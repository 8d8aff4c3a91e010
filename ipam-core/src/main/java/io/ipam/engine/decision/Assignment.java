package io.ipam.engine.decision;

import java.util.Arrays;

/**
 * The assignment of pools to demands. Demands are served in order, each from its first candidate
 * with an ordinary address: free and not static. If none of its candidates has one, earlier demands
 * move to other candidates (an augmenting path). If that frees none, the same search uses free
 * static addresses. Recycled addresses are last. These are cooling or released by the same request,
 * and the earliest release is first.
 *
 * <p>A demand therefore has no pool if and only if no assignment serves it together with the
 * demands before it. An assignment uses the fewest recycled addresses, and among such assignments
 * the fewest static ones. Every path ends at a pool whose next address is the cheapest that can be
 * reached. A path changes the count of no other pool. A pool is read only if the outcome depends on
 * it. If that pool is not open, the search stops and names it; it is run again when the pool is
 * open.
 *
 * <p>Cost: O(demands x candidates) if the first candidates serve; otherwise O(demands^2 x
 * candidates). Thread safety: none.
 */
final class Assignment {
    /** No pool. */
    static final int NONE = -1;

    private static final boolean[] NO_POOLS = {};

    /** The addresses of the pools. Pools are numbered from 0. */
    interface Supply {
        /** Whether the counts of the pool may be read. */
        boolean isOpen(int pool);

        /** The number of free addresses of an open pool that are not static. */
        long ordinary(int pool);

        /** The number of free addresses of an open pool. */
        long free(int pool);

        /** The number of recycled addresses of an open pool. */
        int recycled(int pool);

        /**
         * The time, in milliseconds, of the release of the recycled address that has {@code nth}
         * earlier ones.
         */
        long releasedMillis(int pool, int nth);
    }

    /** The addresses that one search for a demand uses. */
    private enum Pass {
        ORDINARY,
        STATIC,
        RECYCLED
    }

    private final int[][] candidates;
    private final Supply supply;
    private final int[] poolOf;
    private final int[] taken;
    /** The pools that the search for a displacement has visited; created when it is needed. */
    private boolean[] visited = NO_POOLS;

    private Pass pass = Pass.ORDINARY;
    /** Whether a visited pool has a free static address. */
    private boolean hasStatics;

    private int closedPool = NONE;
    private int unservedDemand = NONE;

    /**
     * An assignment that is not yet computed.
     *
     * @param candidates the numbers of the candidates of each demand, first choice first; may be
     *     empty
     * @param pools the number of pools
     * @param supply the addresses of the pools
     */
    Assignment(int[][] candidates, int pools, Supply supply) {
        this.candidates = candidates;
        this.supply = supply;
        poolOf = new int[candidates.length];
        Arrays.fill(poolOf, NONE);
        taken = new int[pools];
    }

    /**
     * Computes the assignment. Returns whether every demand has a pool; otherwise one of the next
     * two methods returns the reason.
     */
    boolean make() {
        for (int demand = 0; demand < candidates.length; demand++) {
            if (!serve(demand)) {
                if (closedPool == NONE) {
                    unservedDemand = demand;
                }
                return false;
            }
        }
        return true;
    }

    /** The pool that must be opened before the search can continue, or {@link #NONE}. */
    int closedPool() {
        return closedPool;
    }

    /** The first demand for which there is no assignment, or {@link #NONE}. */
    int unservedDemand() {
        return unservedDemand;
    }

    /** The pool of a demand. */
    int poolOf(int demand) {
        return poolOf[demand];
    }

    /**
     * The number of assigned recycled addresses of a pool. All its free addresses are assigned
     * before them.
     */
    int recycledTaken(int pool) {
        return (int) Math.max(0, taken[pool] - supply.free(pool));
    }

    private boolean serve(int demand) {
        if (place(demand, Pass.ORDINARY)) {
            return true;
        }
        if (closedPool != NONE) {
            return false;
        }
        return (hasStatics && place(demand, Pass.STATIC)) || place(demand, Pass.RECYCLED);
    }

    private boolean place(int demand, Pass next) {
        pass = next;
        visited = NO_POOLS;
        return place(demand);
    }

    /**
     * Assigns to the demand a pool with an unassigned address, or the pool of an earlier demand
     * that can use another one.
     */
    private boolean place(int demand) {
        int pool = pass == Pass.RECYCLED ? longestReleased(demand) : firstFree(demand);
        if (pool != NONE) {
            taken[pool]++;
            poolOf[demand] = pool;
            return true;
        }
        return closedPool == NONE && displace(demand);
    }

    private boolean displace(int demand) {
        if (visited == NO_POOLS) {
            visited = new boolean[taken.length];
        }
        for (int pool : candidates[demand]) {
            if (visited[pool]) {
                continue;
            }
            visited[pool] = true;
            for (int other = 0; other < candidates.length; other++) {
                if (poolOf[other] == pool && other != demand) {
                    if (place(other)) {
                        poolOf[demand] = pool;
                        return true;
                    }
                    if (closedPool != NONE) {
                        return false;
                    }
                }
            }
        }
        return false;
    }

    private int firstFree(int demand) {
        for (int pool : candidates[demand]) {
            if (!supply.isOpen(pool)) {
                closedPool = pool;
                return NONE;
            }
            if (taken[pool] < (pass == Pass.ORDINARY ? supply.ordinary(pool) : supply.free(pool))) {
                return pool;
            }
            hasStatics |= supply.ordinary(pool) < supply.free(pool);
        }
        return NONE;
    }

    /**
     * The candidate whose next recycled address was released first. Call it only if no candidate
     * has a free address.
     */
    private int longestReleased(int demand) {
        int best = NONE;
        long bestMillis = 0;
        for (int pool : candidates[demand]) {
            int nth = recycledTaken(pool);
            if (nth < supply.recycled(pool)) {
                long millis = supply.releasedMillis(pool, nth);
                if (best == NONE || millis < bestMillis) {
                    best = pool;
                    bestMillis = millis;
                }
            }
        }
        return best;
    }
}
