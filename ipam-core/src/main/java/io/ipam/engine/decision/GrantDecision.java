package io.ipam.engine.decision;

import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.Holding;
import io.ipam.allocation.ServableRequest;
import io.ipam.owner.Owner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides a request: given addresses first, then the demands in interface order. A request is
 * refused if and only if no assignment of candidates to demands exists, or its owner holds
 * addresses as the other kind. A refused request changes nothing. Thread safety: immutable.
 */
public final class GrantDecision implements Transition<GrantOutcome> {
    private final ServableRequest request;
    private final AllocationOrder order;
    private final long random;

    /**
     * A decision that has not run.
     *
     * @param request the request
     * @param order the order in which free addresses are allocated
     * @param random random bits
     */
    public GrantDecision(ServableRequest request, AllocationOrder order, long random) {
        this.request = request;
        this.order = order;
        this.random = random;
    }

    /** The same owner as the other kind. */
    @Override
    public @Nullable Owner otherOwner() {
        return OtherKind.of(request.owner());
    }

    /** The first candidates. */
    @Override
    public List<PoolBinding> firstPools(DecisionView in) {
        List<PoolBinding> first = new ArrayList<>(request.demands().size());
        if (in.catalog().version() == request.catalog().version()) {
            for (ServableRequest.Demand demand : request.demands()) {
                if (!demand.pools().isEmpty()) {
                    first.add(in.binding(demand.pools().get(0).name()));
                }
            }
        }
        return first;
    }

    @Override
    public Step<GrantOutcome> decide(DecisionView in, List<Change> out) {
        if (in.catalog().version() != request.catalog().version()) {
            return new Step.Outdated<>();
        }
        List<HeldRecord> records = in.held();
        HeldRecords held = new HeldRecords(records);
        if (!isAsResolved(held)) {
            return new Step.Outdated<>();
        }
        GrantOutcome.OwnerConflict conflict = OtherKind.conflict(request.owner(), records, in);
        if (conflict != null) {
            return new Step.Done<>(conflict);
        }
        List<GrantOutcome.Grant> grants = FastPath.grants(request, order, random, in, out);
        return grants == null
                ? new GrantPlan(request, order, random, in, held).decide(out)
                : new Step.Done<>(new GrantOutcome.Granted(grants));
    }

    @Override
    public boolean isRefusal(GrantOutcome result) {
        return !(result instanceof GrantOutcome.Granted);
    }

    /**
     * Whether the owner holds, for the interfaces of the request and for unknown ones, exactly what
     * the resolver has read.
     */
    private boolean isAsResolved(HeldRecords held) {
        if (held.isEmpty()) {
            return request.releases().isEmpty() && request.unadopted().isEmpty() && keepsNothing();
        }
        List<Holding> seen = new ArrayList<>(request.releases());
        seen.addAll(request.unadopted());
        Set<String> interfaces = new HashSet<>();
        for (ServableRequest.Demand demand : request.demands()) {
            seen.addAll(demand.kept());
            interfaces.add(demand.interfaceName());
        }
        return seen.stream().allMatch(held::has) && held.countOf(interfaces) == seen.size();
    }

    private boolean keepsNothing() {
        for (ServableRequest.Demand demand : request.demands()) {
            if (!demand.kept().isEmpty()) {
                return false;
            }
        }
        return true;
    }
}
