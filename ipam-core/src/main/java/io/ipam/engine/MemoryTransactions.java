package io.ipam.engine;

import io.ipam.address.Address;
import io.ipam.allocation.Holding;
import io.ipam.allocation.ReleaseResult;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.RestoreReport;
import io.ipam.allocation.StateSnapshot;
import io.ipam.allocation.UpdateResult;
import io.ipam.engine.decision.ReleaseDecision;
import io.ipam.engine.decision.Step;
import io.ipam.engine.decision.Transition;
import io.ipam.engine.state.ActiveCatalog;
import io.ipam.engine.state.AppliedAtOnce;
import io.ipam.engine.state.EngineCheck;
import io.ipam.engine.state.EngineState;
import io.ipam.engine.state.EventQueue;
import io.ipam.engine.state.Transaction;
import io.ipam.engine.swap.CatalogSwap;
import io.ipam.engine.swap.CurrentState;
import io.ipam.engine.swap.EmptiedPools;
import io.ipam.engine.swap.LostGrants;
import io.ipam.engine.swap.Restorer;
import io.ipam.engine.swap.StateReplacement;
import io.ipam.engine.swap.UpdateMode;
import io.ipam.engine.swap.Withholding;
import io.ipam.owner.Owner;
import io.ipam.pool.PoolCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes that take effect at once, under the locks of the state. Thread safety: safe. */
final class MemoryTransactions implements Transactions {
    private final CurrentState current;
    private final EventQueue events;

    MemoryTransactions(CurrentState current) {
        this.current = current;
        events = current.get().events();
    }

    @Override
    public <R> Step<R> run(Owner owner, Transition<R> body, long clockMillis, long startedNanos) {
        EngineState now = current.get();
        long nowMillis = current.now(clockMillis);
        Step<R> step = Transaction.run(now, owner, body, nowMillis, new AppliedAtOnce(now, startedNanos));
        endEmptied(now);
        removeDrained(now, nowMillis);
        return step;
    }

    /**
     * Removes released draining addresses, unless another thread has the swap lock, as {@link
     * #endEmptied} does.
     */
    private void removeDrained(EngineState of, long nowMillis) {
        if (of.hasDrained()) {
            current.ifNothingIsBeingReplaced(() -> {
                if (of == current.get() && of.takeDrained()) {
                    PoolCatalog present = of.active().catalog();
                    new CatalogSwap(of, present).make(UpdateMode.DRAIN, nowMillis, events);
                }
            });
        }
    }

    /**
     * Ends detached pools that have become empty. If another thread has the swap lock, the next
     * transaction ends them.
     */
    private void endEmptied(EngineState of) {
        if (of.hasEmptied()) {
            current.ifNothingIsBeingReplaced(() -> {
                if (of == current.get()) {
                    new EmptiedPools(of).endNoted();
                }
            });
        }
    }

    @Override
    public List<ReleaseResult> runAll(List<ReleaseDecision> releases, List<Owner> owners, long clockMillis) {
        List<ReleaseResult> results = new ArrayList<>(releases.size());
        for (int i = 0; i < releases.size(); i++) {
            results.add(
                    runUntilDone(owners.get(i), releases.get(i), clockMillis).get(0));
        }
        return results;
    }

    private <R> R runUntilDone(Owner owner, Transition<R> body, long clockMillis) {
        while (true) {
            if (run(owner, body, clockMillis, System.nanoTime()) instanceof Step.Done<R> done) {
                return done.result();
            }
        }
    }

    /**
     * The holdings were read after the catalog, so both are outdated only if the catalog has
     * changed.
     */
    @Override
    public boolean isCurrent(ActiveCatalog basis, Owner owner, @Nullable List<Holding> held) {
        return current.get().active().catalog().version() == basis.catalog().version();
    }

    @Override
    public UpdateResult update(PoolCatalog expected, PoolCatalog next, UpdateMode mode, long clockMillis) {
        long nowMillis = current.now(clockMillis);
        UpdateResult result = current.whileNothingIsReplaced(() -> {
            PoolCatalog present = current.get().active().catalog();
            return present.version() == expected.version()
                    ? new CatalogSwap(current.get(), next).make(mode, nowMillis, events)
                    : new UpdateResult.Outdated(present);
        });
        removeDrained(current.get(), nowMillis); // A concurrent release could not remove them.
        return result;
    }

    @Override
    public boolean releaseStray(Address address) {
        return current.whileNothingIsReplaced(() -> new Withholding(current.get()).release(address));
    }

    @Override
    public boolean openPool(String pool) {
        return current.whileNothingIsReplaced(() -> new Withholding(current.get()).open(pool));
    }

    @Override
    public void changeCoolDown(long millis) {
        throw new IllegalStateException(
                "the cool-down of an Ipam in memory is a setting: create an Ipam with IpamSettings.withCoolDown");
    }

    @Override
    public RestoreReport restore(StateSnapshot snapshot, RestoreMode mode, boolean dropsGrants, long clockMillis) {
        long nowMillis = current.now(clockMillis);
        return current.whileNothingIsReplaced(() -> {
            EngineState now = current.get();
            Restorer restorer =
                    new Restorer(snapshot, now.active().catalog(), now.settings(), now.lastGeneration(), nowMillis);
            EngineState next = restorer.restore(mode);
            RestoreReport report = restorer.report();
            StateReplacement.replace(current, next, () -> {
                if (!dropsGrants) {
                    new LostGrants(now.active(), next.active()).refuse();
                }
                next.raiseGeneration(now.lastGeneration());
                next.completeGenerations();
                if (next.active().isDraining()) {
                    next.noteDrained(); // Some may have been released before the snapshot.
                }
            });
            return report;
        });
    }

    @Override
    public List<String> verify() {
        return current.whileNothingIsReplaced(() -> EngineCheck.lockedCheck(current.get()));
    }

    @Override
    public void sync() {
        // The state is always current.
    }

    @Override
    public long revision() {
        return 0;
    }

    @Override
    public long ageMillis() {
        return 0;
    }

    @Override
    public Optional<Throwable> failure() {
        return Optional.empty();
    }

    @Override
    public void deliverEvents() {
        events.deliver();
    }

    @Override
    public void close() {
        // Holds no resources.
    }
}
