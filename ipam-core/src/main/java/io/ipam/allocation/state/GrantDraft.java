package io.ipam.allocation.state;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.Holding;
import io.ipam.allocation.Owner;
import io.ipam.allocation.PoolUsage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to decide a request, with the pools that are in the footprint. Thread safety: none, made for one call under the
 * locks.
 */
final class GrantDraft implements Assignment.Supply {
    private static final int[] NO_CANDIDATES = {};
    /** Among fewer pools a search is as fast as a table. */
    private static final int INDEXED_FROM = 16;
    /** One pool more is looked at beside the next one for so many that were looked at in vain. */
    private static final int POOLS_IN_VAIN = 8;

    private final Request request;
    private final AllocationOrder order;
    private final long random;
    private final StateReader in;
    private final List<OwnedRecord> owned;
    private final List<PoolDraft> pools;
    /** The numbers of the pools by their definitions, which have no equals; empty while there are few. */
    private Map<Definition, Integer> numberOfPool = Map.of();

    private final int[][] candidates;
    /** By demand the pool that serves it: that of the address asked for, then that of the assignment. */
    private final @Nullable PoolDraft[] servedBy;

    GrantDraft(Request request, AllocationOrder order, long random, StateReader in, List<OwnedRecord> owned) {
        this.request = request;
        this.order = order;
        this.random = random;
        this.in = in;
        this.owned = owned;
        candidates = new int[request.demands().size()][];
        servedBy = new PoolDraft[candidates.length];
        pools = new ArrayList<>(candidates.length);
    }

    Step<GrantOutcome> decide(ChangeSet out) {
        for (int i = 0; i < candidates.length; i++) {
            candidates[i] = candidatesOf(request.demands().get(i));
        }
        noteReleases();
        for (int i = 0; i < candidates.length; i++) {
            Step<GrantOutcome> stop = settleGiven(i);
            if (stop != null) {
                return stop;
            }
        }
        return assign(out);
    }

    private Step<GrantOutcome> assign(ChangeSet out) {
        int[] open = demandsWithoutAddress();
        Assignment assignment = new Assignment(candidatesOf(open), pools.size(), this);
        if (assignment.make()) {
            for (int i = 0; i < open.length; i++) {
                servedBy[open[i]] = pools.get(assignment.poolOf(i));
            }
            return new Step.Done<>(new GrantOutcome.Granted(write(out)));
        }
        return assignment.closedPool() != Assignment.NONE
                ? widen(assignment.closedPool())
                : new Step.Done<>(exhausted(open[assignment.unservedDemand()]));
    }

    /** The demands that keep nothing and whose address was not settled by being asked for. */
    private int[] demandsWithoutAddress() {
        int[] open = new int[candidates.length];
        int count = 0;
        for (int i = 0; i < open.length; i++) {
            if (servedBy[i] == null && request.demands().get(i).kept().isEmpty()) {
                open[count++] = i;
            }
        }
        return count == open.length ? open : Arrays.copyOf(open, count);
    }

    private int[][] candidatesOf(int[] demands) {
        if (demands.length == candidates.length) {
            return candidates;
        }
        int[][] some = new int[demands.length][];
        for (int i = 0; i < some.length; i++) {
            some[i] = candidates[demands[i]];
        }
        return some;
    }

    private int[] candidatesOf(Request.Demand demand) {
        if (!demand.kept().isEmpty()) {
            return NO_CANDIDATES;
        }
        int[] numbers = new int[demand.candidates().size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = numberOf(demand.candidates().get(i));
        }
        return numbers;
    }

    private int numberOf(Definition definition) {
        return pools.size() < INDEXED_FROM ? numberAmongFew(definition) : numberAmongMany(definition);
    }

    private int numberAmongMany(Definition definition) {
        if (numberOfPool.isEmpty()) {
            numberOfPool = new HashMap<>();
            for (int i = 0; i < pools.size(); i++) {
                numberOfPool.put(pools.get(i).definition(), i);
            }
        }
        Integer number = numberOfPool.putIfAbsent(definition, pools.size());
        return number == null ? add(definition) : number;
    }

    private int add(Definition definition) {
        pools.add(new PoolDraft(definition, in.ledger(definition), order));
        return pools.size() - 1;
    }

    private int numberAmongFew(Definition definition) {
        for (int i = 0; i < pools.size(); i++) {
            if (pools.get(i).definition() == definition) {
                return i;
            }
        }
        return add(definition);
    }

    private void noteReleases() {
        for (Holding holding : request.released()) {
            OwnedRecord record = recordOf(holding);
            for (PoolDraft pool : pools) {
                if (pool.definition() == record.pool()) {
                    pool.willBeReleased(record.address());
                }
            }
        }
    }

    /** Finds the address that a demand asks for; null when the decision goes on. */
    private @Nullable Step<GrantOutcome> settleGiven(int demand) {
        Request.Demand wanted = request.demands().get(demand);
        Address address = wanted.given();
        if (address == null) {
            return null;
        }
        if (!wanted.kept().isEmpty()) {
            boolean kept =
                    wanted.kept().stream().anyMatch(holding -> holding.address().equals(address));
            return kept
                    ? null
                    : conflict(
                            demand,
                            address,
                            wanted + " holds " + wanted.kept().get(0).address());
        }
        for (int number : candidates[demand]) {
            PoolDraft pool = pools.get(number);
            if (pool.definition().pool().addresses().contains(address)) {
                return pool.isOpen()
                        ? settleGiven(demand, address, pool)
                        : new Step.Widen<>(in.footprint().with(pool.definition()));
            }
        }
        return conflict(demand, address, "it is in none of the pools that may serve " + wanted);
    }

    private @Nullable Step<GrantOutcome> settleGiven(int demand, Address address, PoolDraft pool) {
        String obstacle = take(address, pool);
        if (obstacle != null) {
            return conflict(demand, address, obstacle);
        }
        servedBy[demand] = pool;
        return null;
    }

    /** Takes a given address out of what a pool offers; else says why not. */
    private @Nullable String take(Address address, PoolDraft pool) {
        if (pool.ledger().isFree(address.high(), address.low())) {
            pool.giveFree(address);
            return null;
        }
        if (!pool.definition().usable().contains(address)) {
            return "it is reserved";
        }
        LedgerReader.Held held = pool.ledger().heldAt(address.high(), address.low());
        if (held != null && !pool.isReleasedHere(address)) {
            return "it is held by " + held.owner();
        }
        LedgerReader.Cooling cooling = held != null ? null : pool.ledger().coolingAt(address.high(), address.low());
        if (held == null && cooling == null) {
            throw new IllegalStateException(address + " is neither free nor taken in " + pool.definition());
        }
        if (cooling != null && !cooling.lastOwner().isSameAs(request.owner())) {
            return "it was held by " + cooling.lastOwner() + " and cools down until "
                    + pool.ledger().coolUntil(cooling);
        }
        pool.giveRecycled(address);
        return null;
    }

    private static Step<GrantOutcome> conflict(int demand, Address address, String reason) {
        return new Step.Done<>(new GrantOutcome.Conflict(demand, address, reason));
    }

    /**
     * Asks to look at a pool; behind many that were in vain at some of the next ones too, or a request whose first 1,000 candidates are
     * full would be decided 1,000 times.
     */
    private Step<GrantOutcome> widen(int number) {
        Footprint wider = in.footprint().with(pools.get(number).definition());
        int more = in.footprint().size() / POOLS_IN_VAIN;
        for (int i = number + 1; i < pools.size() && more > 0; i++) {
            if (!pools.get(i).isOpen()) {
                wider = wider.with(pools.get(i).definition());
                more--;
            }
        }
        return new Step.Widen<>(wider);
    }

    private GrantOutcome exhausted(int demand) {
        List<PoolUsage> usages = new ArrayList<>(candidates[demand].length);
        for (int number : candidates[demand]) {
            usages.add(pools.get(number).ledger().usage());
        }
        return new GrantOutcome.Exhausted(demand, usages);
    }

    /** Writes the changes, releases first, so that what is released may be granted; answers the addresses. */
    private List<OwnedRecord> write(ChangeSet out) {
        for (Holding holding : request.released()) {
            out.release(recordOf(holding));
        }
        int news = countNew();
        long generation = news == 0 ? 0 : in.newGenerations(news);
        List<OwnedRecord> grants = new ArrayList<>(candidates.length);
        for (int i = 0; i < candidates.length; i++) {
            Request.Demand demand = request.demands().get(i);
            for (Holding holding : demand.kept()) {
                OwnedRecord record = recordOf(holding);
                grants.add(keep(i, record, isRenewal(record) ? generation++ : record.generation(), out));
            }
            if (demand.kept().isEmpty()) {
                grants.add(grant(i, generation++, out));
            }
        }
        return grants;
    }

    private OwnedRecord keep(int demand, OwnedRecord record, long generation, ChangeSet out) {
        String interfaceName = request.demands().get(demand).interfaceName();
        if (generation == record.generation() && record.interfaceName().equals(interfaceName)) {
            return record;
        }
        Owner owner = generation != record.generation() ? request.owner() : record.owner();
        OwnedRecord next = record.renewed(owner, interfaceName, generation);
        out.renew(next);
        return next;
    }

    private OwnedRecord grant(int demand, long generation, ChangeSet out) {
        PoolDraft pool = requireNonNull(servedBy[demand]);
        Address given = request.demands().get(demand).given();
        Address address = given != null ? given : pool.choose(request.owner(), random);
        String interfaceName = request.demands().get(demand).interfaceName();
        OwnedRecord next = OwnedRecord.granted(pool.definition(), address, request.owner(), interfaceName, generation);
        out.grant(next);
        return next;
    }

    private int countNew() {
        int count = 0;
        for (Request.Demand demand : request.demands()) {
            count += demand.kept().isEmpty() ? 1 : 0;
            for (Holding holding : demand.kept()) {
                count += isRenewal(recordOf(holding)) ? 1 : 0;
            }
        }
        return count;
    }

    private boolean isRenewal(OwnedRecord record) {
        return !record.owner().uid().equals(request.owner().uid());
    }

    private OwnedRecord recordOf(Holding holding) {
        for (OwnedRecord record : owned) {
            if (record.generation() == holding.generation()) {
                return record;
            }
        }
        throw new IllegalStateException("resolved with " + holding + ", which is not held");
    }

    @Override
    public boolean isOpen(int pool) {
        return pools.get(pool).isOpen();
    }

    @Override
    public long free(int pool) {
        return pools.get(pool).free();
    }

    @Override
    public int recycled(int pool) {
        return pools.get(pool).recycled();
    }

    @Override
    public long releasedMillis(int pool, int nth) {
        return pools.get(pool).releasedMillis(nth);
    }
}
