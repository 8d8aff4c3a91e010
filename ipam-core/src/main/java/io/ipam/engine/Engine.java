package io.ipam.engine;

import io.ipam.address.Address;
import io.ipam.allocation.AllocationEvent;
import io.ipam.allocation.AllocationListener;
import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.HandOverResult;
import io.ipam.allocation.Holding;
import io.ipam.allocation.Observation;
import io.ipam.allocation.ReconcileMode;
import io.ipam.allocation.ReconcileReport;
import io.ipam.allocation.RefusalReason;
import io.ipam.allocation.ReleaseResult;
import io.ipam.allocation.ServableRequest;
import io.ipam.allocation.UpdateResult;
import io.ipam.engine.decision.GrantDecision;
import io.ipam.engine.decision.GrantOutcome;
import io.ipam.engine.decision.HandOverDecision;
import io.ipam.engine.decision.HeldBy;
import io.ipam.engine.decision.ReleaseDecision;
import io.ipam.engine.decision.ReleaseTarget;
import io.ipam.engine.decision.Step;
import io.ipam.engine.decision.Transition;
import io.ipam.owner.Owner;
import io.ipam.pool.ChangePlan;
import io.ipam.pool.HeldAddresses;
import io.ipam.pool.PoolCatalog;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The state in memory and the verbs on it. Every verb takes the time as an argument, and delivers
 * the events of its changes before it returns.
 *
 * <p>Cost: a grant or release O(1) in the number of held addresses and of pools; a snapshot, a
 * check, and a restore O(everything). Thread safety: safe; no lock is held while caller-supplied
 * code runs.
 */
public final class Engine {
    private final AllocationOrder order;
    private final AtomicLong draws;
    private final EngineSettings settings;
    private final Reconciler reconciler;
    private final CurrentState current;
    private final PoolUsages usages;
    private final WholeState whole;

    /**
     * The settings of an engine.
     *
     * @param order the order in which free addresses are allocated
     * @param randomSeed the seed of {@link AllocationOrder#RANDOM}
     * @param coolDownMillis the cool-down of released addresses; zero for none
     * @param reconcileGrace the minimum time between two observations that confirm an orphan
     * @param hashSeed the seed of the hash tables, which untrusted names must not be able to guess
     * @param listener the receiver of events
     */
    public record Settings(
            AllocationOrder order,
            long randomSeed,
            long coolDownMillis,
            Duration reconcileGrace,
            long hashSeed,
            Optional<AllocationListener> listener) {}

    /** An engine in which nothing is held. */
    public Engine(PoolCatalog catalog, Settings settings) {
        order = settings.order();
        draws = new AtomicLong(settings.randomSeed());
        reconciler = new Reconciler(settings.reconcileGrace());
        this.settings =
                new EngineSettings(settings.coolDownMillis(), settings.hashSeed(), new EventQueue(settings.listener()));
        current = new CurrentState(new EngineStateBuilder(catalog, Set.of(), this.settings).build(0));
        usages = new PoolUsages(current);
        whole = new WholeState(current, this.settings, reconciler);
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
     * @return the outcome, or {@link Step.Outdated} if the request must be resolved again
     */
    public Step<GrantOutcome> grant(ServableRequest request, long clockMillis, long startedNanos) {
        long random = order == AllocationOrder.RANDOM ? draws.getAndIncrement() : 0;
        GrantDecision decision = new GrantDecision(request, order, random);
        EngineState now = current.get();
        Step<GrantOutcome> step =
                Transaction.run(now, request.owner(), decision, current.now(clockMillis), startedNanos);
        endEmptied(now);
        if (step instanceof Step.Done<GrantOutcome> done && done.result() instanceof GrantOutcome.Granted) {
            settings.events().deliver();
        }
        return step;
    }

    /** Reports a refused request to the listener. */
    public void announceRefusal(Owner owner, RefusalReason reason, long startedNanos) {
        settings.events().add(new AllocationEvent.Refused(owner, reason, System.nanoTime() - startedNanos));
        settings.events().deliver();
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

    /** As {@link #release(Owner, long)}, only the addresses of one interface. */
    public List<ReleaseResult> release(Owner owner, String interfaceName, long clockMillis) {
        return release(owner, new ReleaseTarget.OfInterface(interfaceName), clockMillis);
    }

    /** As {@link #release(Owner, long)}, only one address. */
    public ReleaseResult release(Owner owner, Address address, long clockMillis) {
        return release(owner, new ReleaseTarget.OfAddress(address), clockMillis).get(0);
    }

    /** As {@link #release(Owner, long)}, only one address under one generation. */
    public ReleaseResult release(Owner owner, Address address, long generation, long clockMillis) {
        return release(owner, new ReleaseTarget.OfGrant(address, generation), clockMillis)
                .get(0);
    }

    private List<ReleaseResult> release(Owner owner, ReleaseTarget target, long clockMillis) {
        List<ReleaseResult> results =
                transact(owner, new ReleaseDecision(owner, target), current.now(clockMillis), System.nanoTime());
        settings.events().deliver();
        return results;
    }

    /**
     * Hands everything that a stateful owner holds over from one uid to another.
     *
     * @param owner the owner, whose uid is ignored
     * @param handOver the two uids
     * @param clockMillis the time
     * @return the result
     */
    public HandOverResult handOver(Owner owner, HandOverDecision handOver, long clockMillis) {
        HandOverResult result = transact(owner, handOver, current.now(clockMillis), System.nanoTime());
        settings.events().deliver();
        return result;
    }

    /** {@return the holdings of an owner, in no particular order} */
    public List<Holding> heldBy(Owner owner) {
        return current.get().holdsNothing(owner) ? List.of() : transact(owner, new HeldBy(), Long.MIN_VALUE, 0);
    }

    /** Runs a transition that depends on nothing but the state. */
    private <R> R transact(Owner owner, Transition<R> body, long nowMillis, long startedNanos) {
        while (true) {
            EngineState now = current.get();
            Step<R> step = Transaction.run(now, owner, body, nowMillis, startedNanos);
            if (step instanceof Step.Done<R> done) {
                endEmptied(now);
                return done.result();
            }
        }
    }

    /**
     * Ends detached pools that have become empty; if another thread has the swap lock, the next
     * transaction does.
     */
    private void endEmptied(EngineState of) {
        if (of.hasEmptied()) {
            current.ifNothingIsBeingReplaced(() -> {
                if (of == current.get()) {
                    new EmptiedPools(of, settings).end();
                }
            });
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

    /** {@return the addresses in use; each pool is read when it is visited} */
    public HeldAddresses heldAddresses() {
        return new HeldReader(() -> current.get().active());
    }

    /**
     * Replaces the catalog if the expected one is current.
     *
     * @param expected the catalog that the change was made from
     * @param next the next catalog
     * @param force whether pools in use may be removed: they become detached
     * @param clockMillis the time
     * @return the result
     */
    public UpdateResult update(PoolCatalog expected, PoolCatalog next, boolean force, long clockMillis) {
        long nowMillis = current.now(clockMillis);
        UpdateResult result = current.whileNothingIsReplaced(() -> {
            PoolCatalog present = catalog();
            return present.version() == expected.version()
                    ? new CatalogSwap(current.get(), settings, next).make(force, nowMillis)
                    : new UpdateResult.Outdated(present);
        });
        settings.events().deliver();
        return result;
    }

    /** {@return what the change to another catalog would mean now} Nothing is changed. */
    public ChangePlan plan(PoolCatalog next) {
        ActiveCatalog active = current.get().active();
        return ChangePlan.between(active.catalog(), next, new HeldReader(() -> active));
    }

    /** {@return a mark: everything that was granted or renewed before it} */
    public Observation observe(long clockMillis) {
        EngineState now = current.get();
        long mark = now.lastGeneration();
        now.passStripes(); // Whoever got a generation up to the mark has applied its changes by now.
        return new Observation(now.epoch(), mark, Instant.ofEpochMilli(current.now(clockMillis)));
    }

    /** Compares the allocations with the live owners. */
    public ReconcileReport reconcile(
            Observation observation, Collection<Owner> live, ReconcileMode mode, long clockMillis) {
        LiveOwners owners = new LiveOwners(live); // The caller's collection is not read under a lock.
        long nowMillis = current.now(clockMillis);
        ReconcileReport report = current.whileNothingIsReplaced(() -> current.get()
                                .epoch()
                        == observation.epoch()
                ? reconciler.compare(
                        current.get().active(), observation, owners, mode, orphan -> releaseOrphan(orphan, nowMillis))
                : new ReconcileReport(true, List.of(), List.of(), List.of()));
        if (!report.outdated()) {
            settings.events()
                    .add(new AllocationEvent.Reconciled(
                            report.suspected().size(),
                            report.confirmed().size(),
                            report.released().size()));
        }
        settings.events().deliver();
        return report;
    }

    private boolean releaseOrphan(ReconcileReport.Orphan orphan, long nowMillis) {
        ReleaseTarget target = new ReleaseTarget.OfGrant(orphan.address(), orphan.generation());
        ReleaseDecision release = new ReleaseDecision(orphan.owner(), target);
        return transact(orphan.owner(), release, nowMillis, System.nanoTime())
                .get(0)
                .isReleased();
    }

    /** {@return the number of events that the listener failed on} */
    public long listenerFailures() {
        return settings.events().failures();
    }
}
