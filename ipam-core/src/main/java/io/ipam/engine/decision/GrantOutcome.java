package io.ipam.engine.decision;

import io.ipam.address.Address;
import io.ipam.allocation.Holding;
import io.ipam.allocation.PoolUsage;
import io.ipam.pool.Pool;
import java.util.List;

/** The outcome of a request. Thread safety: immutable. */
public sealed interface GrantOutcome {
    /**
     * Every demand is served.
     *
     * @param grants the addresses that the owner holds now for the demands, in their order: one for
     *     each, or those that it keeps
     */
    record Granted(List<Grant> grants) implements GrantOutcome {}

    /**
     * An address that the owner holds now.
     *
     * @param pool the pool
     * @param address the address
     * @param generation the generation
     */
    record Grant(Pool pool, Address address, long generation) {
        static Grant of(HeldRecord record) {
            return new Grant(record.pool().pool(), record.address(), record.generation());
        }
    }

    /**
     * No assignment of free addresses serves every demand.
     *
     * @param demand the index of the first demand that cannot be served after those before it
     * @param candidates the counts of its candidates, at the moment of the refusal
     */
    record Exhausted(int demand, List<PoolUsage> candidates) implements GrantOutcome {}

    /**
     * A given address cannot be allocated.
     *
     * @param demand the index of the demand
     * @param address the address
     * @param reason the reason, as a clause without a full stop
     */
    record Conflict(int demand, Address address, String reason) implements GrantOutcome {}

    /**
     * The owner holds addresses as the other kind, stateful or stateless.
     *
     * @param held the addresses that it holds as the other kind, by address
     * @param split whether it holds addresses as the requested kind, too
     */
    record OwnerConflict(List<Holding> held, boolean split) implements GrantOutcome {}

    /** The request was resolved with an earlier state, and must be resolved again. */
    record Outdated() implements GrantOutcome {}
}
