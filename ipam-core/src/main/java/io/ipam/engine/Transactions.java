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
import io.ipam.engine.swap.UpdateMode;
import io.ipam.owner.Owner;
import io.ipam.pool.PoolCatalog;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way in which changes take effect: at once under locks, or in the order of commits of a store.
 * In memory, the time of a change is the time of its request. Over a store, that time is ignored:
 * the time of a change is the time at which its batch is decided.
 *
 * <p>Thread safety: safe.
 */
interface Transactions {
    /**
     * Runs a transition of an owner.
     *
     * @param owner the owner
     * @param body the transition
     * @param clockMillis the time of the request, ignored over a store
     * @param startedNanos the start of the request by System.nanoTime, only for events
     * @return {@link Step.Done} or {@link Step.Outdated}
     */
    <R> Step<R> run(Owner owner, Transition<R> body, long clockMillis, long startedNanos);

    /** Runs some releases; returns the first result of each. */
    List<ReleaseResult> runAll(List<ReleaseDecision> releases, List<Owner> owners, long clockMillis);

    /**
     * Whether a result that is based on a catalog and on the holdings of an owner is still correct.
     *
     * @param basis the catalog of the result, with its detached and closed pools
     * @param owner the owner
     * @param held the holdings of the owner; null if the result does not depend on them
     */
    boolean isCurrent(ActiveCatalog basis, Owner owner, @Nullable List<Holding> held);

    /** Replaces the catalog if the expected one is current. */
    UpdateResult update(PoolCatalog expected, PoolCatalog next, UpdateMode mode, long clockMillis);

    /** Ends the stray of an address; returns whether there was one. */
    boolean releaseStray(Address address);

    /** Opens a closed pool; returns whether it was closed. */
    boolean openPool(String pool);

    /** Changes the cool-down of the realm. */
    void changeCoolDown(long millis);

    /** Replaces the state by a snapshot. */
    RestoreReport restore(StateSnapshot snapshot, RestoreMode mode, boolean dropsGrants, long clockMillis);

    /** Every broken invariant, as a sentence. */
    List<String> verify();

    /** Waits until the state is at least as new as this call. */
    void sync();

    /** The number of commits of the state; 0 without a store. */
    long revision();

    /** The time since the state was last known to equal the store; 0 without a store. */
    long ageMillis();

    /** The failure that ended the work with the store, if it has ended. */
    Optional<Throwable> failure();

    /** Delivers the queued events, or causes another thread to deliver them. */
    void deliverEvents();

    /** Ends the transactions. */
    void close();
}
