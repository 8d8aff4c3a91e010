package io.ipam.engine.decision;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.Holding;
import io.ipam.allocation.PoolUsage;
import io.ipam.allocation.ServableRequest;
import io.ipam.owner.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One run of the decision on a request, with the pools that are in the view. Thread safety: none,
 * made for one run.
 */
final class GrantPlan {
    /** The number of insufficient pools for which one more pool is added to the view. */
    private static final int POOLS_PER_LOOKAHEAD = 8;

    private final ServableRequest request;
    private final long random;
    private final DecisionView in;
    private final HeldRecords held;
    private final CandidatePools pools;
    /** The pool that serves each demand: that of its given address, then that of the assignment. */
    private final @Nullable PoolSupply[] servedBy;

    GrantPlan(ServableRequest request, AllocationOrder order, long random, DecisionView in, HeldRecords held) {
        this.request = request;
        this.random = random;
        this.in = in;
        this.held = held;
        pools = new CandidatePools(request, order, in);
        servedBy = new PoolSupply[request.demands().size()];
    }

    Step<GrantOutcome> decide(List<Change> out) {
        for (Holding holding : request.releases()) {
            HeldRecord record = held.of(holding);
            pools.addReleased(record.pool(), record.address());
        }
        for (int i = 0; i < servedBy.length; i++) {
            Step<GrantOutcome> stop = settleGiven(i);
            if (stop != null) {
                return stop;
            }
        }
        return assign(out);
    }

    private Step<GrantOutcome> assign(List<Change> out) {
        int[] open = IntStream.range(0, servedBy.length)
                .filter(i -> servedBy[i] == null && demand(i).kept().isEmpty())
                .toArray();
        int[][] candidates = IntStream.of(open).mapToObj(pools::candidatesOf).toArray(int[][]::new);
        Assignment assignment = new Assignment(candidates, pools.size(), pools);
        if (assignment.make()) {
            for (int i = 0; i < open.length; i++) {
                servedBy[open[i]] = pools.get(assignment.poolOf(i));
            }
            return new Step.Done<>(new GrantOutcome.Granted(write(out)));
        }
        return assignment.closedPool() != Assignment.NONE
                ? new Step.Widen<>(pools.closedFrom(assignment.closedPool(), 1 + in.poolCount() / POOLS_PER_LOOKAHEAD))
                : new Step.Done<>(exhausted(open[assignment.unservedDemand()]));
    }

    /** Settles the given address of a demand; null if the decision continues. */
    private @Nullable Step<GrantOutcome> settleGiven(int demand) {
        Address address = demand(demand).given().orElse(null);
        if (address == null) {
            return null;
        }
        List<Holding> kept = demand(demand).kept();
        if (!kept.isEmpty()) {
            return kept.stream().anyMatch(holding -> holding.address().equals(address))
                    ? null
                    : conflict(
                            demand,
                            address,
                            label(demand) + " holds " + kept.get(0).address());
        }
        for (int number : pools.candidatesOf(demand)) {
            PoolSupply pool = pools.get(number);
            if (pool.binding().pool().addresses().contains(address)) {
                return pool.isOpen() ? take(demand, address, pool) : new Step.Widen<>(List.of(pool.binding()));
            }
        }
        return conflict(
                demand,
                address,
                GivenAddressReason.notInAny(address, demand(demand).pools(), label(demand)));
    }

    private @Nullable Step<GrantOutcome> take(int demand, Address address, PoolSupply pool) {
        String obstacle = GivenAddressReason.take(address, pool, request.owner(), in.strayAt(address));
        if (obstacle != null) {
            return conflict(demand, address, obstacle);
        }
        servedBy[demand] = pool;
        return null;
    }

    private static Step<GrantOutcome> conflict(int demand, Address address, String reason) {
        return new Step.Done<>(new GrantOutcome.Conflict(demand, address, reason));
    }

    private GrantOutcome exhausted(int demand) {
        List<PoolUsage> usages = IntStream.of(pools.candidatesOf(demand))
                .mapToObj(number -> pools.get(number).pool().usage())
                .toList();
        return new GrantOutcome.Exhausted(demand, usages);
    }

    /** Writes the changes, releases first, so that a released address can be granted. */
    private List<GrantOutcome.Grant> write(List<Change> out) {
        request.releases().forEach(holding -> out.add(new Change.Release(held.of(holding))));
        int news = countNew();
        long generation = news == 0 ? 0 : in.newGenerations(news);
        List<GrantOutcome.Grant> grants = new ArrayList<>(servedBy.length);
        for (int i = 0; i < servedBy.length; i++) {
            for (Holding holding : demand(i).kept()) {
                HeldRecord record = held.of(holding);
                grants.add(keep(i, record, isRenewal(record) ? generation++ : record.generation(), out));
            }
            if (demand(i).kept().isEmpty()) {
                grants.add(grant(i, generation++, out));
            }
        }
        return grants;
    }

    private GrantOutcome.Grant keep(int demand, HeldRecord record, long generation, List<Change> out) {
        String interfaceName = demand(demand).interfaceName();
        Owner owner = isRenewal(record) ? request.owner() : record.owner();
        HeldRecord next = new HeldRecord(record.pool(), record.address(), owner, interfaceName, generation);
        if (!next.equals(record)) {
            out.add(new Change.Renewal(record, next));
        }
        return GrantOutcome.Grant.of(next);
    }

    private GrantOutcome.Grant grant(int demand, long generation, List<Change> out) {
        PoolSupply pool = requireNonNull(servedBy[demand]);
        Address address = demand(demand).given().orElseGet(() -> pool.choose(request.owner(), random));
        HeldRecord record = new HeldRecord(
                pool.binding(), address, request.owner(), demand(demand).interfaceName(), generation);
        out.add(new Change.Grant(record));
        return GrantOutcome.Grant.of(record);
    }

    private int countNew() {
        int count = 0;
        for (ServableRequest.Demand demand : request.demands()) {
            count += demand.kept().isEmpty() ? 1 : 0;
            for (Holding holding : demand.kept()) {
                count += isRenewal(held.of(holding)) ? 1 : 0;
            }
        }
        return count;
    }

    private boolean isRenewal(HeldRecord record) {
        return !record.owner().uid().equals(request.owner().uid());
    }

    private ServableRequest.Demand demand(int index) {
        return request.demands().get(index);
    }

    private String label(int demand) {
        return demand(demand).interfaceName() + " " + demand(demand).family().label();
    }
}
