package io.ipam.engine;

import static java.util.Objects.requireNonNull;

import io.ipam.allocation.AllocationListener;
import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.Holding;
import io.ipam.allocation.ServableRequest;
import io.ipam.engine.decision.GrantOutcome;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.engine.decision.ReleaseDecision;
import io.ipam.engine.decision.ReleaseTarget;
import io.ipam.engine.decision.Step;
import io.ipam.engine.decision.Transition;
import io.ipam.engine.state.AppliedAtOnce;
import io.ipam.engine.state.EngineState;
import io.ipam.engine.state.EventQueue;
import io.ipam.engine.state.Ledger;
import io.ipam.engine.state.StateSettings;
import io.ipam.engine.state.Transaction;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.store.InMemoryStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * An engine without a facade, whose state the tests of the engine and of its decisions can reach.
 */
public final class EngineFixture {
    public static final StateSettings NO_COOL_DOWN = settings(0);

    /** The time of every call that specifies none. */
    public long millis;

    final Engine engine;

    public EngineFixture(long coolDownMillis, Pool... pools) {
        this(coolDownMillis, PoolCatalog.of(pools), Optional.empty());
    }

    public EngineFixture(long coolDownMillis, PoolCatalog catalog, Optional<AllocationListener> listener) {
        engine = Engine.inMemory(catalog, engineSettings(coolDownMillis, listener));
    }

    /** An engine over a realm of its own. */
    static Engine overAStore(PoolCatalog catalog) {
        return Engine.openOrCreate(new InMemoryStore().session(), catalog, engineSettings(0, Optional.empty()));
    }

    private static EngineSettings engineSettings(long coolDownMillis, Optional<AllocationListener> listener) {
        return new EngineSettings(
                AllocationOrder.LOWEST,
                0,
                Optional.of(Duration.ofMillis(coolDownMillis)),
                Duration.ZERO,
                0,
                Long.MAX_VALUE,
                listener,
                InstantSource.system(),
                Duration.ofMinutes(1),
                Duration.ofHours(1),
                false);
    }

    public static StateSettings settings(long coolDownMillis) {
        return new StateSettings(coolDownMillis, 0, Long.MAX_VALUE, Duration.ZERO, EventQueue.SILENT);
    }

    public Engine engine() {
        return engine;
    }

    public EngineState state() {
        return engine.state();
    }

    public PoolCatalog catalog() {
        return engine.catalog();
    }

    /** The binding of a pool of the catalog or of a detached one. */
    public PoolBinding binding(String pool) {
        return requireNonNull(state().active().poolOrDetached(pool), pool);
    }

    public Ledger ledger(String pool) {
        return state().active().ledger(binding(pool));
    }

    /** One run of a transition in the current state. */
    public <R> Step<R> transact(Owner owner, Transition<R> body) {
        return Transaction.run(state(), owner, body, millis, new AppliedAtOnce(state(), 0));
    }

    /** The result of a transition that is not outdated. */
    public <R> R resultOf(Owner owner, Transition<R> body) {
        if (transact(owner, body) instanceof Step.Done<R> done) {
            return done.result();
        }
        throw new AssertionError("outdated");
    }

    public GrantOutcome grant(ServableRequest request) {
        return engine.grant(request, millis, 0);
    }

    /**
     * Releases everything that an owner holds; a detached pool that becomes empty stays for now.
     */
    public void release(Owner owner) {
        resultOf(owner, new ReleaseDecision(owner, new ReleaseTarget.Everything()));
    }

    public List<Holding> heldBy(Owner owner) {
        return engine.held().holdings(owner);
    }

    public List<String> verify() {
        return engine.whole().verify();
    }
}
