package io.ipam.pool;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.Optional;

/**
 * Why a change of the catalog cannot be made now. Thread safety: immutable.
 *
 * @param pool the name of the pool that the change is about
 * @param address the address it is about, if any
 * @param holder the owner of the address; for {@link Reason#OVERLAPS_DETACHED} the name of the detached pool; else empty
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
                "", "a pool with an address in use stays", "disable the pool, wait, and remove it then; or force it"),
        /** The pool would have addresses of a pool that was removed by force, or would be, and still holds some. */
        OVERLAPS_DETACHED("spec.ips", "an address is in one pool only, removed ones that are in use included", "wait");

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

    /**
     * Checks that nothing is null.
     *
     * @param pool the name of the pool
     * @param address the address
     * @param holder the owner of the address
     * @param reason the rule that is broken
     */
    public Blocker {
        requireNonNull(pool, "pool");
        requireNonNull(address, "address");
        requireNonNull(holder, "holder");
        requireNonNull(reason, "reason");
    }

    /** {@return the blocker as a problem of the pool's definition, FORBIDDEN at {@code spec.ips} for example} */
    public Problem problem() {
        String offending = address.map(Address::toString).orElse("");
        String held = holder.isEmpty() ? "" : "; " + offending + " is held by " + holder;
        return Problem.of(ProblemType.FORBIDDEN, reason.where, offending, reason.rule + held, reason.hint);
    }

    /** {@return one line for a person} */
    @Override
    public String toString() {
        return "pool " + pool + ": " + problem().message();
    }
}
