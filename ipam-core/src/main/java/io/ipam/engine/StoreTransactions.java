package io.ipam.engine;

import io.ipam.address.Address;
import io.ipam.allocation.Holding;
import io.ipam.allocation.ReleaseResult;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.RestoreReport;
import io.ipam.allocation.StateSnapshot;
import io.ipam.allocation.UpdateResult;
import io.ipam.engine.commit.Call;
import io.ipam.engine.commit.Inbox;
import io.ipam.engine.commit.Operation;
import io.ipam.engine.decision.ReleaseDecision;
import io.ipam.engine.decision.Step;
import io.ipam.engine.decision.Transition;
import io.ipam.engine.replica.ConfirmOperation;
import io.ipam.engine.replica.CoolDownOperation;
import io.ipam.engine.replica.EngineBatch;
import io.ipam.engine.replica.StoreMember;
import io.ipam.engine.replica.StoreReplica;
import io.ipam.engine.replica.SyncOperation;
import io.ipam.engine.replica.TransitionOperation;
import io.ipam.engine.replica.UpdateOperation;
import io.ipam.engine.replica.WithholdingOperations;
import io.ipam.engine.state.ActiveCatalog;
import io.ipam.engine.state.EngineCheck;
import io.ipam.engine.swap.CurrentState;
import io.ipam.engine.swap.UpdateMode;
import io.ipam.owner.Owner;
import io.ipam.pool.PoolCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Changes that take effect in the order of commits of a store: a call waits until the committer has
 * committed its batch. The time of a change is the time at which its batch is decided, not the time
 * of its request.
 *
 * <p>Thread safety: safe.
 */
final class StoreTransactions implements Transactions {
    private final Inbox<EngineBatch> inbox;
    private final StoreReplica replica;
    private final CurrentState current;
    private final Supplier<@Nullable Throwable> storeFailure;
    private final long timeoutMillis;
    private final Runnable deliverer;
    private final Runnable closer;

    /**
     * Transactions through the inbox of a member.
     *
     * @param timeoutMillis the maximum time that a caller waits
     * @param deliverer causes the delivery of events on another thread
     * @param closer ends the committer and the store
     */
    StoreTransactions(StoreMember member, long timeoutMillis, Runnable deliverer, Runnable closer) {
        inbox = member.inbox();
        replica = member.replica();
        current = member.current();
        storeFailure = member.committer()::storeFailure;
        this.timeoutMillis = timeoutMillis;
        this.deliverer = deliverer;
        this.closer = closer;
    }

    private <R> Call<EngineBatch, R> submit(Operation<EngineBatch, R> operation) {
        Call<EngineBatch, R> call = new Call<>(operation);
        inbox.add(call);
        return call;
    }

    private <R> R resultOf(Operation<EngineBatch, R> operation) {
        return submit(operation).await(timeoutMillis, storeFailure);
    }

    @Override
    public <R> Step<R> run(Owner owner, Transition<R> body, long clockMillis, long startedNanos) {
        return resultOf(new TransitionOperation<>(owner, body, startedNanos));
    }

    @Override
    public List<ReleaseResult> runAll(List<ReleaseDecision> releases, List<Owner> owners, long clockMillis) {
        List<Call<EngineBatch, Step<List<ReleaseResult>>>> calls = new ArrayList<>(releases.size());
        for (int i = 0; i < releases.size(); i++) {
            calls.add(submit(new TransitionOperation<>(owners.get(i), releases.get(i), System.nanoTime())));
        }
        try {
            return resultsOf(calls, releases, owners, clockMillis);
        } finally {
            calls.forEach(Call::withdraw); // After a failure, no release runs without a caller.
        }
    }

    private List<ReleaseResult> resultsOf(
            List<Call<EngineBatch, Step<List<ReleaseResult>>>> calls,
            List<ReleaseDecision> releases,
            List<Owner> owners,
            long clockMillis) {
        List<ReleaseResult> results = new ArrayList<>(calls.size());
        for (int i = 0; i < calls.size(); i++) {
            Step<List<ReleaseResult>> step = calls.get(i).await(timeoutMillis, storeFailure);
            while (!(step instanceof Step.Done<List<ReleaseResult>>)) { // The realm was loaded meanwhile.
                step = run(owners.get(i), releases.get(i), clockMillis, System.nanoTime());
            }
            results.add(((Step.Done<List<ReleaseResult>>) step).result().get(0));
        }
        return results;
    }

    @Override
    public boolean isCurrent(ActiveCatalog basis, Owner owner, @Nullable List<Holding> held) {
        return resultOf(new ConfirmOperation(basis, owner, held));
    }

    @Override
    public UpdateResult update(PoolCatalog expected, PoolCatalog next, UpdateMode mode, long clockMillis) {
        return resultOf(new UpdateOperation(expected, next, mode));
    }

    @Override
    public boolean releaseStray(Address address) {
        return resultOf(new WithholdingOperations.ReleaseStray(address));
    }

    @Override
    public boolean openPool(String pool) {
        return resultOf(new WithholdingOperations.OpenPool(pool));
    }

    @Override
    public void changeCoolDown(long millis) {
        resultOf(new CoolDownOperation(millis));
    }

    @Override
    public RestoreReport restore(StateSnapshot snapshot, RestoreMode mode, boolean dropsGrants, long clockMillis) {
        throw new IllegalStateException("cannot restore over a store: a realm is never replaced; create a new realm"
                + " from the snapshot with Ipam.create, and open the new realm in every process");
    }

    @Override
    public List<String> verify() {
        Call<EngineBatch, List<String>> call = new Call<>(new Verification());
        inbox.addVerification(call);
        List<String> broken = new ArrayList<>(call.await(timeoutMillis, storeFailure));
        broken.addAll(current.whileNothingIsReplaced(() -> EngineCheck.lockedCheck(current.get())));
        return broken;
    }

    /** A verification. It is not decided on a batch: the committer compares the replica. */
    private record Verification() implements Operation<EngineBatch, List<String>> {
        @Override
        public List<String> decide(EngineBatch batch) {
            throw new IllegalStateException("a verification is not decided on a batch");
        }
    }

    @Override
    public void sync() {
        resultOf(new SyncOperation());
    }

    @Override
    public long revision() {
        return replica.head().revision();
    }

    @Override
    public long ageMillis() {
        return replica.ageMillis();
    }

    @Override
    public Optional<Throwable> failure() {
        return Optional.ofNullable(inbox.failure());
    }

    @Override
    public void deliverEvents() {
        deliverer.run();
    }

    @Override
    public void close() {
        closer.run();
    }
}
