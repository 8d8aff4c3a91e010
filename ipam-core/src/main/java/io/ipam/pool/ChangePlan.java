package io.ipam.pool;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The changes from one catalog to another, and the addresses in use that block them. A plan changes
 * nothing. The family and the subnet of a pool are fixed, and no address in use may leave its pool.
 * A pool in use can be removed only by force. It is then detached: it accepts releases, and no
 * other pool may contain its addresses until it is empty.
 *
 * <p>If a removal is refused, drain the pool: apply {@link #drained()}, wait until no address of it
 * is held, and plan again.
 *
 * <p>Cost: O(pools), and O(held addresses) of the pools that are removed or lose addresses. Thread
 * safety: immutable.
 */
public final class ChangePlan {
    /** The maximum number of blockers, and of names in one list, in {@link #toString()}. */
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
        this.added = List.copyOf(planner.added);
        this.changed = List.copyOf(planner.changed);
        this.removed = List.copyOf(planner.removed);
        this.detached = List.copyOf(planner.detached);
        this.reattached = List.copyOf(planner.reattached);
        this.blockers = List.copyOf(planner.blockers);
    }

    /**
     * {@return the plan of a change}
     *
     * @param from the current catalog
     * @param to the next catalog
     * @param inUse the addresses in use, and the detached pools
     */
    public static ChangePlan between(PoolCatalog from, PoolCatalog to, HeldAddresses inUse) {
        requireNonNull(from, "from");
        return of(to, from.differences(requireNonNull(to, "to")), inUse);
    }

    /**
     * {@return the plan of a change between catalogs that are already compared}
     *
     * @param to the next catalog
     * @param differences the {@linkplain PoolCatalog#differences differences} between the current
     *     catalog and the next one
     * @param inUse the addresses in use, and the detached pools
     */
    public static ChangePlan of(PoolCatalog to, List<Difference> differences, HeldAddresses inUse) {
        requireNonNull(to, "to");
        requireNonNull(differences, "differences");
        return new ChangePlan(to, new ChangePlanner(to, differences, requireNonNull(inUse, "inUse")));
    }

    /**
     * {@return the catalog that is nearest to the next one and that no address in use blocks}
     *
     * <p>A pool keeps the held addresses that it would lose, as draining ones; see {@link
     * Pool#drainingAddresses()}. Draining addresses that are not held are omitted. An address in
     * use remains a blocker if it becomes the gateway or if another pool gets it.
     *
     * @param from the current catalog
     * @param to the next catalog
     * @param inUse the addresses in use, and the detached pools
     */
    public static PoolCatalog asFarAsPossible(PoolCatalog from, PoolCatalog to, HeldAddresses inUse) {
        requireNonNull(from, "from");
        requireNonNull(to, "to");
        return new DrainingEdit(from, to, requireNonNull(inUse, "inUse")).result();
    }

    /** {@return the names of the added pools, sorted} */
    public List<String> added() {
        return added;
    }

    /** {@return the names of the pools with a changed definition, sorted} */
    public List<String> changed() {
        return changed;
    }

    /** {@return the names of the removed pools, sorted} */
    public List<String> removed() {
        return removed.stream().map(Pool::name).toList();
    }

    /**
     * {@return the pools that are detached after a forced change: detached ones that stay so, and
     * removed ones in use}
     */
    public List<Pool> detached() {
        return detached;
    }

    /**
     * {@return the names of detached pools that are added again with the same subnet, and keep
     * their allocations}
     */
    public List<String> reattached() {
        return reattached;
    }

    /** {@return whether nothing blocks the change} */
    public boolean allowed() {
        return blockers.isEmpty();
    }

    /** {@return whether nothing blocks the change by force} */
    public boolean allowedByForce() {
        return blockers.stream().allMatch(blocker -> blocker.reason().isLiftedByForce());
    }

    /** {@return all blockers of the change, by pool} */
    public List<Blocker> blockers() {
        return blockers;
    }

    /**
     * {@return the next catalog, in which each pool that cannot be removed is kept and disabled}
     *
     * @throws InvalidCatalogException if the next catalog assigns their subnets or addresses to
     *     other pools
     */
    public PoolCatalog drained() {
        Set<String> busy = blockers.stream().map(Blocker::pool).collect(Collectors.toSet());
        PoolCatalog kept = to;
        for (Pool pool : removed) {
            if (busy.contains(pool.name())) {
                kept = kept.with(pool.toBuilder().disabled(true).build());
            }
        }
        return kept;
    }

    /** {@return the changes and the blockers as a few human-readable lines} */
    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder(allowed() ? "allowed" : allowedByForce() ? "allowed by force" : "blocked");
        text.append(": added ").append(shown(added)).append(", changed ").append(shown(changed));
        text.append(", removed ").append(shown(removed()));
        if (!reattached.isEmpty()) {
            text.append(", reattached ").append(shown(reattached));
        }
        if (!detached.isEmpty()) {
            text.append(", detached until released ");
            text.append(shown(detached.stream().map(Pool::name).toList()));
        }
        blockers.stream().limit(SHOWN).forEach(blocker -> text.append("\n- ").append(blocker));
        if (blockers.size() > SHOWN) {
            text.append("\n- and ").append(blockers.size() - SHOWN).append(" more");
        }
        return text.toString();
    }

    /** The names in brackets; of a long list, the first names and the number of the others. */
    private static String shown(List<String> names) {
        return names.size() <= SHOWN
                ? names.toString()
                : "[" + String.join(", ", names.subList(0, SHOWN)) + " and " + (names.size() - SHOWN) + " more]";
    }

    /**
     * The reason why a change of the catalog is blocked. Thread safety: immutable.
     *
     * @param pool the name of the changed pool
     * @param address the address in use, if any
     * @param holder the owner of the address; the name of the detached pool for {@link
     *     Reason#OVERLAPS_DETACHED}; the current value for a fixed family or subnet
     * @param reason the violated rule
     */
    public record Blocker(String pool, Optional<Address> address, String holder, Reason reason) {

        /** The rule that a change violates. */
        public enum Reason {
            /** The family of a pool is fixed. */
            FAMILY_FIXED("spec.ipVersion", "the family of a pool is fixed", "add a pool with another name"),
            /** The subnet of a pool is fixed. */
            SUBNET_FIXED("spec.subnet", "the subnet of a pool is fixed", "add a pool with another name"),
            /** An address in use would leave the pool. */
            ADDRESS_IN_USE("spec.ips", "an address in use must stay in its pool", "release it first"),
            /** The pool would be removed with an address in use; a forced removal detaches it. */
            POOL_IN_USE(
                    "",
                    "a pool with an address in use must stay",
                    "disable the pool, wait until it is empty, and remove it then; by force it is removed at once and accepts"
                            + " releases until it is empty"),
            /**
             * The pool would get the address of a stray, which is held by a record that does not
             * fit.
             */
            STRAY(
                    "spec.ips",
                    "an address that is noted as held must not be added",
                    "release the stray first if its holder no longer exists"),
            /**
             * The pool would be removed, or lose addresses, although its records could not be read:
             * its addresses may be in use.
             */
            POOL_CLOSED(
                    "",
                    "a closed pool must keep its addresses, because its records could not be read",
                    "open the pool first if its addresses are not in use"),
            /**
             * The pool would get addresses of a pool that is, or would be, removed by force while
             * in use.
             */
            OVERLAPS_DETACHED(
                    "spec.ips",
                    "an address must be in one pool only, removed ones that are in use included",
                    "wait until that pool is empty");

            private final String where;
            private final String rule;
            private final String hint;

            Reason(String where, String rule, String hint) {
                this.where = where;
                this.rule = rule;
                this.hint = hint;
            }

            /** {@return whether a forced change ignores it} */
            public boolean isLiftedByForce() {
                return this == POOL_IN_USE;
            }
        }

        /** Checks for null. */
        public Blocker {
            requireNonNull(pool, "pool");
            requireNonNull(address, "address");
            requireNonNull(holder, "holder");
            requireNonNull(reason, "reason");
        }

        /**
         * {@return the blocker as a problem of the pool's definition, for example FORBIDDEN at
         * {@code spec.ips}}
         */
        public Problem problem() {
            String offending = address.map(Address::toString).orElse("");
            String held = address.isPresent() ? offending + " is held by " + holder : "it is " + holder;
            return Problem.of(ProblemType.FORBIDDEN, reason.where, offending, reason.rule + "; " + held, reason.hint);
        }

        /** {@return one human-readable line} */
        @Override
        public String toString() {
            String message = problem().message();
            return "pool " + pool + ": " + (address.isPresent() ? message : message.replace(": \"\": ", ": "));
        }
    }

    /**
     * One pool in which two catalogs differ. Thread safety: immutable.
     *
     * @param before the pool of the earlier catalog; empty if the later one adds it
     * @param after the pool of the later catalog; empty if it removes it
     */
    public record Difference(Optional<Pool> before, Optional<Pool> after) {
        /** Checks for null. */
        public Difference {
            requireNonNull(before, "before");
            requireNonNull(after, "after");
        }
    }
}
