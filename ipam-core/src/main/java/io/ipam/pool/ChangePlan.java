package io.ipam.pool;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;

/**
 * What it would mean to replace one catalog by another while addresses are in use; nothing is changed. The family and the subnet of a
 * pool are fixed, and no address in use may leave its pool. A pool in use is not removed, unless by force: then it is detached, which
 * means that its ranges still count and its holders may still release.
 *
 * <p>The way out of a refused removal is to drain the pool: apply {@link #drained()}, wait until nothing is held, and plan again.
 *
 * <p>Cost: O(pools), and O(held addresses) of those that are removed or lose addresses. Thread safety: immutable.
 */
public final class ChangePlan {
    /** The most blockers that {@link #toString()} spells out. */
    private static final int SHOWN = 10;

    private final PoolCatalog to;
    private final List<String> added;
    private final List<String> changed;
    private final List<Pool> removed;
    private final List<Pool> detached;
    private final List<String> reattached;
    private final List<Blocker> blockers;

    private ChangePlan(PoolCatalog to, ChangePlanner planner) {
        this.to = to;
        this.added = List.copyOf(planner.added());
        this.changed = List.copyOf(planner.changed());
        this.removed = List.copyOf(planner.removed());
        this.detached = List.copyOf(planner.detached());
        this.reattached = List.copyOf(planner.reattached());
        this.blockers = List.copyOf(planner.blockers());
    }

    /**
     * {@return the plan of a change where no pool is detached}
     *
     * @param from the catalog in force
     * @param to the catalog to come
     * @param inUse the addresses in use
     */
    public static ChangePlan between(PoolCatalog from, PoolCatalog to, HeldAddresses inUse) {
        return between(from, to, inUse, List.of());
    }

    /**
     * {@return the plan of a change}
     *
     * @param from the catalog in force
     * @param to the catalog to come
     * @param inUse the addresses in use, those of detached pools included
     * @param detached the pools that were removed by force and still hold addresses
     */
    public static ChangePlan between(PoolCatalog from, PoolCatalog to, HeldAddresses inUse, Collection<Pool> detached) {
        requireNonNull(from, "from");
        requireNonNull(to, "to");
        return new ChangePlan(to, new ChangePlanner(from, to, requireNonNull(inUse, "inUse"), List.copyOf(detached)));
    }

    /** {@return the names of pools that come, by name} */
    public List<String> added() {
        return added;
    }

    /** {@return the names of pools whose definition differs, by name} */
    public List<String> changed() {
        return changed;
    }

    /** {@return the names of pools that go, by name} */
    public List<String> removed() {
        return removed.stream().map(Pool::name).toList();
    }

    /** {@return the pools that are detached after a forced change: those that were, and those that go while in use} */
    public List<Pool> detached() {
        return detached;
    }

    /** {@return the names of detached pools that come back with the same subnet, and go on with what they hold} */
    public List<String> reattached() {
        return reattached;
    }

    /** {@return whether nothing keeps the change from being made} */
    public boolean allowed() {
        return blockers.isEmpty();
    }

    /** {@return whether nothing keeps the change from being made by force} */
    public boolean allowedByForce() {
        return blockers.stream().allMatch(blocker -> blocker.reason().isLiftedByForce());
    }

    /** {@return all that keeps the change from being made, by pool} */
    public List<Blocker> blockers() {
        return blockers;
    }

    /**
     * {@return the catalog to come, with each pool that cannot be removed kept and disabled}
     *
     * @throws InvalidCatalogException when the catalog to come gives their subnets or addresses to other pools
     */
    public PoolCatalog drained() {
        PoolCatalog kept = to;
        for (Pool pool : removed) {
            if (blockers.stream().anyMatch(blocker -> blocker.pool().equals(pool.name()))) {
                kept = kept.with(pool.toBuilder().disabled(true).build());
            }
        }
        return kept;
    }

    /** {@return what changes and what blocks it, in a few lines for a person} */
    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder(allowed() ? "allowed" : allowedByForce() ? "allowed by force" : "blocked");
        text.append(": added ").append(added).append(", changed ").append(changed);
        text.append(", removed ").append(removed());
        blockers.stream().limit(SHOWN).forEach(blocker -> text.append("\n- ").append(blocker));
        if (blockers.size() > SHOWN) {
            text.append("\n- and ").append(blockers.size() - SHOWN).append(" more");
        }
        return text.toString();
    }
}
