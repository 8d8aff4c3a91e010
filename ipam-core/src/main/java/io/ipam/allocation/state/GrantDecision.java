package io.ipam.allocation.state;

import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.Holding;
import java.util.List;

/**
 * Decides a request: given addresses first, then the demands in interface order. Refused exactly when no assignment of
 * candidates to demands exists; whatever is refused changes nothing.
 *
 * <p>Thread safety: immutable.
 */
public final class GrantDecision implements Transition<GrantOutcome> {
    private final Request request;
    private final AllocationOrder order;
    private final long startedNanos;

    /**
     * A decision that is not made yet.
     *
     * @param request the request
     * @param order which free address is chosen
     * @param startedNanos when the request began, by System.nanoTime; only for what events tell
     */
    public GrantDecision(Request request, AllocationOrder order, long startedNanos) {
        this.request = request;
        this.order = order;
        this.startedNanos = startedNanos;
    }

    /** {@return what it is likely to look at: the first candidates} */
    public Footprint firstFootprint() {
        List<Request.Demand> demands = request.demands();
        Ledger[] first = new Ledger[demands.size()];
        int count = 0;
        for (int i = 0; i < first.length; i++) {
            Request.Demand demand = demands.get(i);
            if (demand.kept().isEmpty() && !demand.candidates().isEmpty()) {
                first[count++] = demand.candidates().get(0).ledger();
            }
        }
        return Footprint.of(request.owner(), first, count);
    }

    @Override
    public Step<GrantOutcome> decide(StateReader in, ChangeSet out, long nowMillis, long random) {
        List<OwnedRecord> owned = in.owned();
        if (in.live() != request.live() || !isAsResolved(owned)) {
            return new Step.Done<>(new GrantOutcome.Stale());
        }
        List<OwnedRecord> grants = FirstCandidates.grants(request, order, random, in, out);
        return grants == null
                ? new GrantDraft(request, order, random, in, owned).decide(out)
                : new Step.Done<>(new GrantOutcome.Granted(grants));
    }

    @Override
    public long startedNanos() {
        return startedNanos;
    }

    /** Whether the owner holds, for the interfaces of the request and for unknown ones, exactly what the request was resolved with. */
    private boolean isAsResolved(List<OwnedRecord> owned) {
        int matched = 0;
        for (int i = 0; i < owned.size(); i++) {
            OwnedRecord record = owned.get(i);
            if (isSeen(record)) {
                matched++;
            } else if (isRelevant(record.interfaceName())) {
                return false;
            }
        }
        return matched == seenCount();
    }

    private boolean isRelevant(String interfaceName) {
        if (interfaceName.isEmpty()) {
            return true;
        }
        for (Request.Demand demand : request.demands()) {
            if (demand.interfaceName().equals(interfaceName)) {
                return true;
            }
        }
        return false;
    }

    private boolean isSeen(OwnedRecord record) {
        for (Request.Demand demand : request.demands()) {
            if (has(demand.kept(), record)) {
                return true;
            }
        }
        return has(request.released(), record) || has(request.aside(), record);
    }

    /** The generation alone does not tell: to adopt a record for an interface keeps it. */
    private static boolean has(List<Holding> holdings, OwnedRecord record) {
        for (Holding holding : holdings) {
            if (holding.generation() == record.generation()
                    && holding.interfaceName().equals(record.interfaceName())
                    && holding.uid().equals(record.owner().uid())) {
                return true;
            }
        }
        return false;
    }

    private int seenCount() {
        int count = request.released().size() + request.aside().size();
        List<Request.Demand> demands = request.demands();
        for (int i = 0; i < demands.size(); i++) {
            count += demands.get(i).kept().size();
        }
        return count;
    }
}
