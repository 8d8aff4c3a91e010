package io.ipam.allocation.state;

import io.ipam.address.Address;
import io.ipam.allocation.PoolUsage;
import java.util.List;

/** What became of a request. Thread safety: immutable. */
public sealed interface GrantOutcome {
    /** The request was resolved with definitions or holdings that are out of date: nothing was changed, resolve again. */
    record Stale() implements GrantOutcome {}

    /**
     * All demands are served.
     *
     * @param grants what the owner holds now for the demands, in their order: one for each, or as many as it keeps
     */
    record Granted(List<OwnedRecord> grants) implements GrantOutcome {}

    /**
     * No assignment of free addresses serves all demands.
     *
     * @param demand the index of the first demand that cannot be served beside those before it
     * @param candidates the counts of its candidates, at the moment of the refusal
     */
    record Exhausted(int demand, List<PoolUsage> candidates) implements GrantOutcome {}

    /**
     * An address that was asked for is not to be had.
     *
     * @param demand the index of the demand
     * @param address the address
     * @param reason why, as a sentence without a full stop
     */
    record Conflict(int demand, Address address, String reason) implements GrantOutcome {}
}
