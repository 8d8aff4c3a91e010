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
 * What it would mean to replace one catalog by another while addresses are in use; nothing is
 * changed. The family and the subnet of a pool are fixed, and no address in use may leave its pool.
 * A pool in use is not removed, unless by force: then it is detached, which means that its ranges
 * still count and its holders may still release.
 *
 * <p>The way out of a refused removal is to drain the pool: apply {@link #drained()}, wait until
 * nothing is held, and plan again.
 *
 * <p>Cost: a look at each pool, and O(held addresses) of those that are removed or lose addresses.
 * Thread safety: immutable.
 */
public final class ChangePlan {
    /**
     * The maximum number of blockers, and of names in one list, that {@link #toString()} spells
     * out.
     */
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
     * @param to the catalog to come
     * @param inUse the addresses in use, and the detached pools
     */
    public static ChangePlan between(PoolCatalog from, PoolCatalog to, HeldAddresses inUse) {
        requireNonNull(from, "from");
        return of(to, from.differences(requireNonNull(to, "to")), inUse);
    }

    /**
     * {@return the plan of a change between catalogs that were compared before}
     *
     * @param to the catalog to come
     * @param differences the {@linkplain PoolCatalog#differences differences} between the current
     *     catalog and that one
     * @param inUse the addresses in use, and the detached pools
     */
    public static ChangePlan of(PoolCatalog to, List<Difference> differences, HeldAddresses inUse) {
        requireNonNull(to, "to");
        requireNonNull(differences, "differences");
        return new ChangePlan(to, new ChangePlanner(to, differences, requireNonNull(inUse, "inUse")));
    }

    /**
     * {@return the catalog that is nearest to the one to come and that no address in use blocks}
     *
     * <p>A pool keeps the held addresses that it would lose, as draining ones; see {@link
     * Pool#drainingAddresses()}. Draining addresses that are not held are omitted. An address in
     * use that becomes the gateway, or that another pool gets, stays a blocker.
     *
     * @param from the current catalog
     * @param to the catalog to come
     * @param inUse the addresses in use, and the detached pools
     */
    public static PoolCatalog asFarAsPossible(PoolCatalog from, PoolCatalog to, HeldAddresses inUse) {
        requireNonNull(from, "from");
        requireNonNull(to, "to");
        return new DrainingEdit(from, to, requireNonNull(inUse, "inUse")).result();
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

    /**
     * {@return the pools that are detached after a forced change: those that were, and those that
     * go while in use}
     */
    public List<Pool> detached() {
        return detached;
    }

    /**
     * {@return the names of detached pools that come back with the same subnet, and go on with what
     * they hold}
     */
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
     * @throws InvalidCatalogException when the catalog to come gives their subnets or addresses to
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

    /** {@return what changes and what blocks it, in a few lines for a person} */
    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder(allowed() ? "allowed" : allowedByForce() ? "allowed by force" : "blocked");
        text.append(": added ").append(shown(added)).append(", changed ").append(shown(changed));
        text.append(", removed ").append(shown(removed()));
        if (!reattached.isEmpty()) {
            text.append(", back with what they hold ").append(shown(reattached));
        }
        if (!detached.isEmpty()) {
            text.append(", without a pool until released ");
            text.append(shown(detached.stream().map(Pool::name).toList()));
        }
        blockers.stream().limit(SHOWN).forEach(blocker -> text.append("\n- ").append(blocker));
        if (blockers.size() > SHOWN) {
            text.append("\n- and ").append(blockers.size() - SHOWN).append(" more");
        }
        return text.toString();
    }

    /** The names in brackets; of a long list the first ones and the number of the others. */
    private static String shown(List<String> names) {
        return names.size() <= SHOWN
                ? names.toString()
                : "[" + String.join(", ", names.subList(0, SHOWN)) + " and " + (names.size() - SHOWN) + " more]";
    }

    /**
     * Why a change of the catalog cannot be made now. Thread safety: immutable.
     *
     * @param pool the name of the pool that the change is about
     * @param address the address it is about, if any
     * @param holder the owner of the address; the name of the detached pool for {@link
     *     Reason#OVERLAPS_DETACHED}; for what is fixed the value in force
     * @param reason the rule that is broken
     */
    public record Blocker(String pool, Optional<Address> address, String holder, Reason reason) {

        /** Which rule a change breaks. */
        public enum Reason {
            /** The family of a pool is fixed. */
            FAMILY_FIXED("spec.ipVersion", "the family of a pool is fixed", "add a pool of another name"),
            /** The subnet of a pool is fixed. */
            SUBNET_FIXED("spec.subnet", "the subnet of a pool is fixed", "add a pool of another name"),
            /** An address in use would leave the pool. */
            ADDRESS_IN_USE("spec.ips", "an address in use stays in its pool", "release it first"),
            /** The pool would be removed with an address in use; a forced removal detaches it. */
            POOL_IN_USE(
                    "",
                    "a pool with an address in use stays",
                    "disable the pool, wait until it is empty, and remove it then; by force it is removed at once and takes"
                            + " releases until it is empty"),
            /**
             * The pool would get an address that is noted as held by a record that does not fit.
             */
            STRAY(
                    "spec.ips",
                    "an address that is noted as held must not be added",
                    "release the stray first if its holder is gone"),
            /**
             * The pool would be removed although its records could not be read: its addresses may
             * be in use.
             */
            POOL_CLOSED(
                    "",
                    "a closed pool must not be removed, because its records could not be read",
                    "open the pool first if its addresses are not in use"),
            /**
             * The pool would have addresses of a pool that was removed by force, or would be, and
             * still holds some.
             */
            OVERLAPS_DETACHED(
                    "spec.ips", "an address is in one pool only, removed ones that are in use included", "wait");

            private final String where;
            private final String rule;
            private final String hint;

            Reason(String where, String rule, String hint) {
                this.where = where;
                this.rule = rule;
                this.hint = hint;
            }

            /** {@return whether a forced change is made in spite of it} */
            public boolean isLiftedByForce() {
                return this == POOL_IN_USE;
            }
        }

        /** Checks that nothing is null. */
        public Blocker {
            requireNonNull(pool, "pool");
            requireNonNull(address, "address");
            requireNonNull(holder, "holder");
            requireNonNull(reason, "reason");
        }

        /**
         * {@return the blocker as a problem of the pool's definition, FORBIDDEN at {@code spec.ips}
         * for example}
         */
        public Problem problem() {
            String offending = address.map(Address::toString).orElse("");
            String held = address.isPresent() ? offending + " is held by " + holder : "it is " + holder;
            return Problem.of(ProblemType.FORBIDDEN, reason.where, offending, reason.rule + "; " + held, reason.hint);
        }

        /** {@return one line for a person} */
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
