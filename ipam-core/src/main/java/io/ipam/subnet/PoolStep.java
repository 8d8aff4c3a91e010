package io.ipam.subnet;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.pool.Pool;
import io.ipam.problem.Problem;
import java.math.BigInteger;
import java.util.List;

/** A step of a {@link SubnetPlan} for one pool. Thread safety: immutable. */
public sealed interface PoolStep {
    /** {@return the step in one sentence, without a line feed} */
    String explain();

    /**
     * A pool is created.
     *
     * @param pool the new pool
     */
    record Create(Pool pool) implements PoolStep {
        /** Checks for null. */
        public Create {
            requireNonNull(pool, "pool");
        }

        @Override
        public String explain() {
            return "create pool " + pool.name() + " with " + pool.addresses();
        }
    }

    /**
     * A pool grows, shrinks, or is transferred to the recreated application.
     *
     * @param before the current pool
     * @param after the pool after the step
     * @param blockers the addresses in use that keep it from shrinking to the requested size; empty
     *     if it does
     */
    record Change(Pool before, Pool after, List<InUse> blockers) implements PoolStep {
        /** Copies the blockers. */
        public Change {
            requireNonNull(blockers, "blockers");
            requireNonNull(before, "before");
            requireNonNull(after, "after");
            blockers = List.copyOf(blockers);
        }

        @Override
        public String explain() {
            String sizes = "change pool " + after.name() + " from "
                    + before.addresses().size() + " to " + after.addresses().size() + " addresses";
            return blockers.isEmpty() ? sizes : sizes + "; in use and kept: " + listed(blockers);
        }
    }

    /**
     * A pool stays unchanged.
     *
     * @param pool the pool
     * @param blockers the addresses in use that keep it from shrinking; empty if it has the
     *     requested size
     */
    record Keep(Pool pool, List<InUse> blockers) implements PoolStep {
        /** Copies the blockers. */
        public Keep {
            requireNonNull(blockers, "blockers");
            requireNonNull(pool, "pool");
            blockers = List.copyOf(blockers);
        }

        @Override
        public String explain() {
            String kept =
                    "keep pool " + pool.name() + " with " + pool.addresses().size() + " addresses";
            return blockers.isEmpty() ? kept : kept + "; in use: " + listed(blockers);
        }
    }

    /**
     * The empty pool of a deleted application is removed.
     *
     * @param pool the pool
     */
    record Remove(Pool pool) implements PoolStep {
        /** Checks for null. */
        public Remove {
            requireNonNull(pool, "pool");
        }

        @Override
        public String explain() {
            return "remove pool " + pool.name();
        }
    }

    /**
     * The pool of a deleted application stays until it is empty; a later plan removes it.
     *
     * @param pool the pool
     * @param holders the addresses in use, at least one
     */
    record AwaitRelease(Pool pool, List<InUse> holders) implements PoolStep {
        /** Copies the holders. */
        public AwaitRelease {
            requireNonNull(holders, "holders");
            requireNonNull(pool, "pool");
            holders = List.copyOf(holders);
        }

        @Override
        public String explain() {
            return "remove pool " + pool.name() + " once these are released: " + listed(holders);
        }
    }

    /**
     * The demand of one interface and family cannot be met; the whole plan then changes nothing.
     *
     * @param demand the demand
     * @param problem the reason
     * @param wanted the requested size of the pool, 0 if the refusal does not depend on it
     * @param free the number of addresses that the subnet could provide
     * @param holders the pools with other addresses of the subnet, by name
     */
    record Refuse(
            SubnetDemand demand, Problem problem, BigInteger wanted, BigInteger free, List<SubnetUsage.Share> holders)
            implements PoolStep {
        /** Copies the holders. */
        public Refuse {
            requireNonNull(holders, "holders");
            requireNonNull(demand, "demand");
            requireNonNull(problem, "problem");
            requireNonNull(wanted, "wanted");
            requireNonNull(free, "free");
            holders = List.copyOf(holders);
        }

        @Override
        public String explain() {
            return "refuse " + demand.interfaceName() + " " + demand.family().label() + ": " + problem.message();
        }
    }

    /**
     * An address in use, which keeps a pool from shrinking or from being removed.
     *
     * @param address the address
     * @param owner the holder, as text
     */
    record InUse(Address address, String owner) {
        /** Checks for null. */
        public InUse {
            requireNonNull(address, "address");
            requireNonNull(owner, "owner");
        }

        /** {@code 10.6.1.4 (shop/cart-0)}. */
        @Override
        public String toString() {
            return address + " (" + owner + ")";
        }
    }

    private static String listed(List<InUse> held) {
        return ShortList.of(held, InUse::toString, ", ");
    }
}
