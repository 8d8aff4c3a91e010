package io.ipam.engine;

import io.ipam.address.Address;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.RestoreReport;
import io.ipam.allocation.StateSnapshot;
import io.ipam.allocation.Stray;
import io.ipam.engine.state.SnapshotTaker;
import io.ipam.engine.swap.CurrentState;
import java.util.List;
import java.util.Optional;

/**
 * The state as a whole: export, restore, strays, verification. Cost: O(everything). Thread safety:
 * safe.
 */
public final class WholeState {
    private final CurrentState current;
    private final Transactions transactions;

    WholeState(CurrentState current, Transactions transactions) {
        this.current = current;
        this.transactions = transactions;
    }

    /**
     * Exports the held and cooling addresses of all pools at one moment. Requests wait while the
     * columns are copied.
     */
    public StateSnapshot snapshot(long clockMillis) {
        long nowMillis = current.now(clockMillis);
        return current.whileNothingIsReplaced(() -> SnapshotTaker.ofState(current.get(), nowMillis))
                .snapshot();
    }

    /** Exports the part of {@link #snapshot} for one pool. Requests on other pools continue. */
    public StateSnapshot snapshot(String pool, long clockMillis) {
        long nowMillis = current.now(clockMillis);
        return current.whileNothingIsReplaced(() -> SnapshotTaker.ofPool(current.get(), pool, nowMillis))
                .snapshot();
    }

    /**
     * Replaces the state with that of a snapshot, or changes nothing.
     *
     * @param snapshot the snapshot
     * @param mode the treatment of records that do not fit
     * @param dropsGrants whether grants that the snapshot lacks may be dropped
     * @param clockMillis the time
     * @return the report
     * @throws io.ipam.allocation.InvalidStateException with every grant that must not be dropped
     *     and, in mode REFUSE, with every record that does not fit
     */
    public RestoreReport restore(StateSnapshot snapshot, RestoreMode mode, boolean dropsGrants, long clockMillis) {
        return transactions.restore(snapshot, mode, dropsGrants, clockMillis);
    }

    /** Finds every broken invariant, as a sentence. Requests wait. */
    public List<String> verify() {
        return transactions.verify();
    }

    /** {@return the strays, by address} */
    public List<Stray> strays() {
        return List.copyOf(current.get().active().withheld().all());
    }

    /**
     * Ends the stray of an address, which is then free unless it is reserved. Returns whether there
     * was one.
     */
    public boolean releaseStray(Address address) {
        return transactions.releaseStray(address);
    }

    /** Opens a closed pool. Returns whether it was closed. */
    public boolean openPool(String pool) {
        return transactions.openPool(pool);
    }

    /** {@return whether a pool allocates no address until it is opened} */
    public boolean isClosed(String pool) {
        return current.get().active().withheld().closedPools().contains(pool);
    }

    /** Changes the cool-down of the realm; without a store it throws IllegalStateException. */
    public void changeCoolDown(long millis) {
        transactions.changeCoolDown(millis);
    }

    /** Waits until the state is at least as new as this call; returns at once without a store. */
    public void sync() {
        transactions.sync();
    }

    /** {@return the revision of the state; 0 without a store} */
    public long revision() {
        return transactions.revision();
    }

    /** {@return the time since the state was last known to equal the store; 0 without a store} */
    public long ageMillis() {
        return transactions.ageMillis();
    }

    /** {@return the failure that ended the work with the store; empty if it has not ended} */
    public Optional<Throwable> failure() {
        return transactions.failure();
    }

    /** Ends the engine, if it has a store. */
    public void close() {
        transactions.close();
    }
}
