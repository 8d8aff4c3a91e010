package io.ipam.allocation.state;

import io.ipam.address.Address;
import io.ipam.allocation.AllocationOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request as it nearly always is: every demand wants a new address, any, and the first candidates are different pools that all
 * have one. It is answered as {@link GrantDraft} would, without an {@link Assignment} and what that has to keep in mind.
 *
 * <p>Thread safety: none needed; no state.
 */
final class FirstCandidates {
    /** Each demand is compared with those before it. */
    private static final int MOST_DEMANDS = 16;

    private FirstCandidates() {}

    /** Writes the changes and answers the grants, in the order of the demands; null, and nothing is written, in any other case. */
    static @Nullable List<OwnedRecord> grants(
            Request request, AllocationOrder order, long random, StateReader in, ChangeSet out) {
        List<Request.Demand> demands = request.demands();
        LedgerReader[] pools = new LedgerReader[demands.size()];
        if (pools.length == 0
                || pools.length > MOST_DEMANDS
                || !request.released().isEmpty()) {
            return null;
        }
        for (int i = 0; i < pools.length; i++) {
            LedgerReader pool = firstOf(demands.get(i), in);
            if (pool == null || pool.free() == 0 || isAmong(pools, i, pool)) {
                return null;
            }
            pools[i] = pool;
        }
        return write(
                request, pools, pools[0].picks(order, request.owner(), random), in.newGenerations(pools.length), out);
    }

    /** The first candidate of a demand for a new address, any; null when it is another demand, or has none in the footprint. */
    private static @Nullable LedgerReader firstOf(Request.Demand demand, StateReader in) {
        boolean isForAny = demand.given() == null
                && demand.kept().isEmpty()
                && !demand.candidates().isEmpty();
        return isForAny ? in.ledger(demand.candidates().get(0)) : null;
    }

    private static boolean isAmong(LedgerReader[] pools, int count, LedgerReader pool) {
        for (int i = 0; i < count; i++) {
            if (pools[i] == pool) {
                return true;
            }
        }
        return false;
    }

    private static List<OwnedRecord> write(
            Request request, LedgerReader[] pools, FreePicks picks, long firstGeneration, ChangeSet out) {
        OwnedRecord[] grants = new OwnedRecord[pools.length];
        for (int i = 0; i < grants.length; i++) {
            if (i > 0) {
                pools[i].startPicks(picks);
            }
            picks.next();
            grants[i] = grant(request, i, picks, firstGeneration + i);
            out.grant(grants[i]);
        }
        return Arrays.asList(grants);
    }

    private static OwnedRecord grant(Request request, int index, FreePicks picked, long generation) {
        Request.Demand demand = request.demands().get(index);
        Address address = new Address(demand.family(), picked.high(), picked.low());
        return OwnedRecord.granted(
                demand.candidates().get(0), address, request.owner(), demand.interfaceName(), generation);
    }
}
