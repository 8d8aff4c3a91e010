package io.ipam.engine;

import io.ipam.address.Address;
import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.Holding;
import io.ipam.allocation.Observation;
import io.ipam.allocation.PoolUsage;
import io.ipam.allocation.ReconcileMode;
import io.ipam.allocation.ReconcileReport;
import io.ipam.allocation.ReleaseResult;
import io.ipam.allocation.ServableRequest;
import io.ipam.allocation.StateSnapshot;
import io.ipam.allocation.UpdateResult;
import io.ipam.engine.commit.Call;
import io.ipam.engine.commit.Operation;
import io.ipam.engine.commit.Pause;
import io.ipam.engine.commit.PlantedCommitter;
import io.ipam.engine.decision.GrantDecision;
import io.ipam.engine.decision.GrantOutcome;
import io.ipam.engine.decision.ReleaseDecision;
import io.ipam.engine.decision.ReleaseTarget;
import io.ipam.engine.decision.Step;
import io.ipam.engine.realm.RealmOpener;
import io.ipam.engine.replica.ConfirmOperation;
import io.ipam.engine.replica.EngineBatch;
import io.ipam.engine.replica.PlantedFault;
import io.ipam.engine.replica.PlantedParts;
import io.ipam.engine.replica.RealmSettings;
import io.ipam.engine.replica.StoreMember;
import io.ipam.engine.replica.StoreReplica;
import io.ipam.engine.replica.SyncOperation;
import io.ipam.engine.replica.TransitionOperation;
import io.ipam.engine.replica.UpdateOperation;
import io.ipam.engine.replica.WithholdingOperations;
import io.ipam.engine.state.ActiveCatalog;
import io.ipam.engine.state.EngineCheck;
import io.ipam.engine.state.EngineState;
import io.ipam.engine.state.EventQueue;
import io.ipam.engine.state.Ledger;
import io.ipam.engine.state.StateSettings;
import io.ipam.engine.swap.UpdateMode;
import io.ipam.owner.Owner;
import io.ipam.pool.HeldAddresses;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.UsageView;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.StateStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One process over a store without threads. A simulation runs its steps and submits its calls.
 * Thread safety: none.
 */
public final class SimulatedMember {
    private final StoreMember member;
    private final EventQueue events;
    private final Engine engine;

    private SimulatedMember(StoreMember member, EventQueue events) {
        this.member = member;
        this.events = events;
        StoreTransactions transactions = new StoreTransactions(member, 0, () -> {}, () -> {});
        engine = new Engine(AllocationOrder.LOWEST, 0, member.current(), transactions);
    }

    /** Opens a realm as {@link RealmOpener} does. */
    public static SimulatedMember open(
            StateStore store, StateSettings settings, RealmSettings realm, PlantedFault fault) {
        try (Image image = store.load()) {
            StoreReplica.Loaded loaded =
                    StoreReplica.load(image, settings, realm.clockMillis().getAsLong());
            StoreMember member = new StoreMember(store, realm, loaded, () -> {}, PlantedParts.of(fault));
            return new SimulatedMember(member, settings.events());
        }
    }

    /** Makes a step of the committer; returns whether it continues. */
    public boolean step(long nowMillis) {
        return !member.committer().step(nowMillis).equals(Pause.END);
    }

    /** Delivers the queued events. */
    public void deliverEvents() {
        events.deliver();
    }

    /** The failure that ended the committer, null if it is running. */
    public @Nullable Throwable failure() {
        return member.inbox().failure();
    }

    /** The phase of the committer. */
    public String phase() {
        return PlantedCommitter.phaseOf(member.committer());
    }

    public void hint() {
        member.inbox().hint();
    }

    public void close() {
        member.inbox().close();
    }

    public Head head() {
        return member.replica().head();
    }

    public PoolCatalog catalog() {
        return engine.catalog();
    }

    /** The catalog with its detached and closed pools: the basis of a refusal. */
    public Object basis() {
        return engine.state().active();
    }

    private <R> Call<?, R> submit(Operation<EngineBatch, R> operation) {
        Call<EngineBatch, R> call = new Call<>(operation);
        member.inbox().add(call);
        return call;
    }

    public Call<?, Step<GrantOutcome>> grant(ServableRequest request, AllocationOrder order, long random) {
        return submit(new TransitionOperation<>(request.owner(), new GrantDecision(request, order, random), 0));
    }

    public Call<?, Boolean> confirm(Object basis, Owner owner, @Nullable List<Holding> held) {
        return submit(new ConfirmOperation((ActiveCatalog) basis, owner, held));
    }

    public Call<?, Step<List<ReleaseResult>>> release(Owner owner, ReleaseTarget target) {
        return submit(new TransitionOperation<>(owner, new ReleaseDecision(owner, target), 0));
    }

    public Call<?, UpdateResult> update(PoolCatalog expected, PoolCatalog next, boolean force) {
        return submit(new UpdateOperation(expected, next, force ? UpdateMode.FORCE : UpdateMode.STRICT));
    }

    public Call<?, Boolean> openPool(String pool) {
        return submit(new WithholdingOperations.OpenPool(pool));
    }

    public Call<?, Boolean> releaseStray(Address address) {
        return submit(new WithholdingOperations.ReleaseStray(address));
    }

    public Call<?, Boolean> sync() {
        return submit(new SyncOperation());
    }

    /** Compares the replica with the store. */
    public Call<?, List<String>> verify() {
        Call<EngineBatch, List<String>> call = new Call<>(new Operation<EngineBatch, List<String>>() {
            @Override
            public List<String> decide(EngineBatch batch) {
                throw new AssertionError("a verification is not decided");
            }
        });
        member.inbox().addVerification(call);
        return call;
    }

    public Observation observe(long clockMillis) {
        return engine.observe(clockMillis);
    }

    /** Finds the allocations without a live owner; the simulation releases them itself. */
    public ReconcileReport reconcile(Observation observation, Collection<Owner> live, long clockMillis) {
        return engine.reconcile(observation, live, ReconcileMode.REPORT, clockMillis);
    }

    public StateSnapshot export(long clockMillis) {
        return engine.whole().snapshot(clockMillis);
    }

    /** All broken invariants of the state, and all marks that were left. */
    public List<String> check() {
        EngineState state = engine.state();
        List<String> broken = new ArrayList<>(EngineCheck.lockedCheck(state));
        for (Ledger ledger : state.active().ledgers()) {
            if (!ledger.marks().isEmpty()) {
                broken.add("MARKS: " + ledger.marks() + " remain");
            }
        }
        return broken;
    }

    public View view() {
        return new View(engine);
    }

    /**
     * The state as a resolver reads it. It caches the holdings that it has returned for an owner.
     */
    public static final class View implements UsageView {
        private final Engine engine;
        private @Nullable List<Holding> lastHeld;

        private View(Engine engine) {
            this.engine = engine;
        }

        public @Nullable List<Holding> lastHeld() {
            return lastHeld;
        }

        @Override
        public List<Holding> heldBy(Owner owner) {
            lastHeld = engine.held().holdings(owner);
            return lastHeld;
        }

        @Override
        public Optional<PoolUsage> usage(String pool) {
            return engine.usages().usage(pool);
        }

        @Override
        public boolean isFull(String pool) {
            return engine.usages().isExhausted(pool);
        }

        @Override
        public boolean isClosed(String pool) {
            return engine.whole().isClosed(pool);
        }

        @Override
        public HeldAddresses inUse() {
            return engine.held().addresses();
        }
    }
}
