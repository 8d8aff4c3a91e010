package io.ipam.engine;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.allocation.AllocationEvent;
import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.HandOverResult;
import io.ipam.allocation.Holding;
import io.ipam.allocation.Observation;
import io.ipam.allocation.ReconcileMode;
import io.ipam.allocation.ReconcileReport;
import io.ipam.allocation.ReconcileReport.Orphan;
import io.ipam.allocation.RefusalReason;
import io.ipam.allocation.ReleaseResult;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.ServableRequest;
import io.ipam.allocation.StateSnapshot;
import io.ipam.allocation.UpdateResult;
import io.ipam.engine.decision.GrantDecision;
import io.ipam.engine.decision.GrantOutcome;
import io.ipam.engine.decision.HandOverDecision;
import io.ipam.engine.decision.ReleaseDecision;
import io.ipam.engine.decision.ReleaseTarget;
import io.ipam.engine.decision.Step;
import io.ipam.engine.decision.Transition;
import io.ipam.engine.realm.OpenRealm;
import io.ipam.engine.realm.RealmOpener;
import io.ipam.engine.state.ActiveCatalog;
import io.ipam.engine.state.EngineState;
import io.ipam.engine.state.EngineStateBuilder;
import io.ipam.engine.state.EventQueue;
import io.ipam.engine.state.HeldReader;
import io.ipam.engine.swap.CurrentState;
import io.ipam.engine.swap.LiveOwners;
import io.ipam.engine.swap.UpdateMode;
import io.ipam.owner.Owner;
import io.ipam.pool.ChangePlan;
import io.ipam.pool.PoolCatalog;
import io.ipam.store.StateStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The state and its operations, in memory or as a replica of a store. Every operation has the time
 * as a parameter. In memory it delivers the events of its changes before it returns.
 *
 * <p>Cost: a grant or release O(1) in the number of held addresses and of pools; a snapshot, a
 * check, and a restore O(everything). Thread safety: safe; no lock is held while caller-supplied
 * code runs.
 */
public final class Engine {
    private final AllocationOrder order;
    private final AtomicLong draws;
    private final EventQueue events;
    private final CurrentState current;
    private final Transactions transactions;
    private final PoolUsages usages;
    private final WholeState whole;
    private final HeldQueries held;

    /** {@return an engine in memory without held addresses} */
    public static Engine inMemory(PoolCatalog catalog, EngineSettings settings) {
        CurrentState current = new CurrentState(new EngineStateBuilder(catalog, Set.of(), settings.ofState()).build(0));
        return new Engine(settings.order(), settings.randomSeed(), current, new MemoryTransactions(current));
    }

    /** {@return an engine over a realm, as {@link RealmOpener#open} opens it} */
    public static Engine open(StateStore store, EngineSettings settings) {
        return over(opener(store, settings).open(), settings);
    }

    /** {@return an engine over a realm, as {@link RealmOpener#openAsFound} opens it} */
    public static Engine openAsFound(StateStore store, EngineSettings settings) {
        return over(opener(store, settings).openAsFound(), settings);
    }

    /** {@return an engine over a realm, as {@link RealmOpener#openOrCreate} opens it} */
    public static Engine openOrCreate(StateStore store, PoolCatalog catalog, EngineSettings settings) {
        return over(opener(store, settings).openOrCreate(catalog), settings);
    }

    /** {@return an engine over a realm, as {@link RealmOpener#create} creates it} */
    public static Engine create(
            StateStore store, PoolCatalog catalog, StateSnapshot snapshot, RestoreMode mode, EngineSettings settings) {
        return over(opener(store, settings).create(catalog, snapshot, mode), settings);
    }

    private static RealmOpener opener(StateStore store, EngineSettings settings) {
        return new RealmOpener(store, settings.ofState(), settings.ofRealm());
    }

    private static Engine over(OpenRealm realm, EngineSettings settings) {
        Transactions transactions =
                new StoreTransactions(realm.member(), realm.timeoutMillis(), realm::deliverEvents, realm::close);
        return new Engine(
                settings.order(), settings.randomSeed(), realm.member().current(), transactions);
    }

    /** An engine whose changes take effect through transactions. */
    Engine(AllocationOrder order, long randomSeed, CurrentState current, Transactions transactions) {
        this.order = order;
        draws = new AtomicLong(randomSeed);
        events = current.get().events();
        this.current = current;
        this.transactions = transactions;
        usages = new PoolUsages(current);
        whole = new WholeState(current, transactions);
        held = new HeldQueries(current);
    }

    /** The catalog on which a result is based, with its detached and closed pools. */
    public static final class Basis {
        private final ActiveCatalog active;

        private Basis(ActiveCatalog active) {
            this.active = active;
        }

        /** {@return the catalog} */
        public PoolCatalog catalog() {
            return active.catalog();
        }
    }

    /** {@return the current basis of results} */
    public Basis basis() {
        return new Basis(current.get().active());
    }

    /**
     * {@return whether a result without changes is still correct}
     *
     * @param basis the basis of the result
     * @param owner the owner
     * @param held the holdings of the owner; null if the result does not depend on them
     */
    public boolean isCurrent(Basis basis, Owner owner, @Nullable List<Holding> held) {
        return transactions.isCurrent(basis.active, owner, held);
    }

    /** The current state. */
    EngineState state() {
        return current.get();
    }

    /** {@return the current catalog} */
    public PoolCatalog catalog() {
        return current.get().active().catalog();
    }

    /**
     * Serves a request: every demand of it, or none.
     *
     * @param request the request
     * @param clockMillis the time
     * @param startedNanos the start of the request by System.nanoTime, only for events
     * @return the outcome, {@link GrantOutcome.Outdated} if the request must be resolved again
     */
    public GrantOutcome grant(ServableRequest request, long clockMillis, long startedNanos) {
        long random = order == AllocationOrder.RANDOM ? draws.getAndIncrement() : 0;
        GrantDecision decision = new GrantDecision(request, order, random);
        Step<GrantOutcome> step = transactions.run(request.owner(), decision, clockMillis, startedNanos);
        if (!(step instanceof Step.Done<GrantOutcome> done)) {
            return new GrantOutcome.Outdated();
        }
        if (done.result() instanceof GrantOutcome.Granted) {
            transactions.deliverEvents();
        }
        return done.result();
    }

    /** Reports a refused request to the listener. */
    public void announceRefusal(Owner owner, RefusalReason reason, long startedNanos) {
        events.add(new AllocationEvent.Refused(owner, reason, System.nanoTime() - startedNanos));
        transactions.deliverEvents();
    }

    /**
     * Releases everything that an owner holds under its uid.
     *
     * @param owner the owner
     * @param clockMillis the time
     * @return a result for each address that is held under its identity; one NotAllocated if there
     *     is none
     */
    public List<ReleaseResult> release(Owner owner, long clockMillis) {
        return release(owner, new ReleaseTarget.Everything(), clockMillis);
    }

    /** Releases as {@link #release(Owner, long)} does, but only the addresses of one interface. */
    public List<ReleaseResult> release(Owner owner, String interfaceName, long clockMillis) {
        return release(owner, new ReleaseTarget.OfInterface(interfaceName), clockMillis);
    }

    /** Releases as {@link #release(Owner, long)} does, but only one address. */
    public ReleaseResult release(Owner owner, Address address, long clockMillis) {
        return release(owner, new ReleaseTarget.OfAddress(address), clockMillis).get(0);
    }

    /**
     * Releases as {@link #release(Owner, long)} does, but only one address under one generation.
     */
    public ReleaseResult release(Owner owner, Address address, long generation, long clockMillis) {
        return release(owner, new ReleaseTarget.OfGrant(address, generation), clockMillis)
                .get(0);
    }

    private List<ReleaseResult> release(Owner owner, ReleaseTarget target, long clockMillis) {
        List<ReleaseResult> results = transact(owner, new ReleaseDecision(owner, target), clockMillis);
        transactions.deliverEvents();
        return results;
    }

    /**
     * Transfers all addresses of a stateful owner from one uid to another.
     *
     * @param owner the owner, whose uid is ignored
     * @param fromUid the uid of the present holder
     * @param toUid the uid of the next holder
     * @param generation the generation of a grant to the present holder, if it must have one
     * @param clockMillis the time
     * @return the result
     */
    public HandOverResult handOver(
            Owner owner, String fromUid, String toUid, OptionalLong generation, long clockMillis) {
        requireNonNull(owner, "owner");
        requireNonNull(fromUid, "fromUid");
        requireNonNull(toUid, "toUid");
        if (!owner.stateful()) {
            throw new IllegalArgumentException("owner must be stateful, was the stateless " + owner);
        }
        HandOverDecision handOver = new HandOverDecision(fromUid, toUid, generation);
        HandOverResult result = transact(owner, handOver, clockMillis);
        transactions.deliverEvents();
        return result;
    }

    /** Runs a transition that depends on nothing but the state. */
    private <R> R transact(Owner owner, Transition<R> body, long clockMillis) {
        while (true) {
            if (transactions.run(owner, body, clockMillis, System.nanoTime()) instanceof Step.Done<R> done) {
                return done.result();
            }
        }
    }

    /** {@return the counts of the pools} */
    public PoolUsages usages() {
        return usages;
    }

    /** {@return the state as a whole} */
    public WholeState whole() {
        return whole;
    }

    /** {@return the queries for holders} */
    public HeldQueries held() {
        return held;
    }

    /** Replaces the catalog if the expected one is current and no address in use blocks it. */
    public UpdateResult update(PoolCatalog expected, PoolCatalog next, long clockMillis) {
        return update(expected, next, UpdateMode.STRICT, clockMillis);
    }

    /** Replaces the catalog; pools in use may be removed, and become detached. */
    public UpdateResult updateByForce(PoolCatalog expected, PoolCatalog next, long clockMillis) {
        return update(expected, next, UpdateMode.FORCE, clockMillis);
    }

    /** Replaces the catalog as far as possible: addresses in use drain. */
    public UpdateResult updateByDraining(PoolCatalog expected, PoolCatalog next, long clockMillis) {
        return update(expected, next, UpdateMode.DRAIN, clockMillis);
    }

    private UpdateResult update(PoolCatalog expected, PoolCatalog next, UpdateMode mode, long clockMillis) {
        requireNonNull(expected, "expected");
        requireNonNull(next, "next");
        UpdateResult result = transactions.update(expected, next, mode, clockMillis);
        transactions.deliverEvents();
        return result;
    }

    /** Plans a change to another catalog; it changes nothing. */
    public ChangePlan plan(PoolCatalog next) {
        ActiveCatalog active = current.get().active();
        return ChangePlan.between(active.catalog(), next, new HeldReader(() -> active));
    }

    /** Makes a mark after all present grants and renewals. */
    public Observation observe(long clockMillis) {
        EngineState now = current.get();
        long mark = now.lastGeneration();
        now.passStripes(); // Then all generations up to the mark are applied.
        return new Observation(now.epoch(), mark, Instant.ofEpochMilli(current.now(clockMillis)));
    }

    /** Compares the allocations with the live owners. */
    public ReconcileReport reconcile(
            Observation observation, Collection<Owner> live, ReconcileMode mode, long clockMillis) {
        LiveOwners owners = new LiveOwners(live); // The caller's collection is not read under a lock.
        ReconcileReport found =
                current.whileNothingIsReplaced(() -> current.get().epoch() == observation.epoch()
                        ? current.reconciler().compare(current.get().active(), observation, owners)
                        : new ReconcileReport(true, List.of(), List.of(), List.of()));
        List<Orphan> released = mode == ReconcileMode.FREE ? release(found.confirmed(), clockMillis) : List.of();
        if (!found.outdated()) {
            events.add(new AllocationEvent.Reconciled(
                    found.suspected().size(), found.confirmed().size(), released.size()));
        }
        transactions.deliverEvents();
        return new ReconcileReport(found.outdated(), found.suspected(), found.confirmed(), released);
    }

    /** Releases allocations under the observed generation; returns those that were still held. */
    private List<Orphan> release(List<Orphan> orphans, long clockMillis) {
        List<ReleaseDecision> releases = orphans.stream()
                .map(orphan -> new ReleaseDecision(
                        orphan.owner(), new ReleaseTarget.OfGrant(orphan.address(), orphan.generation())))
                .toList();
        List<ReleaseResult> results = transactions.runAll(
                releases, orphans.stream().map(Orphan::owner).toList(), clockMillis);
        List<Orphan> released = IntStream.range(0, orphans.size())
                .filter(i -> results.get(i).isReleased())
                .mapToObj(orphans::get)
                .toList();
        return current.whileNothingIsReplaced(() -> {
            current.reconciler().forget(released);
            return released;
        });
    }

    /** {@return the number of events for which the listener failed} */
    public long listenerFailures() {
        return events.failures();
    }
}
