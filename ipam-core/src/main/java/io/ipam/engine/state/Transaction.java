package io.ipam.engine.state;

import io.ipam.address.Address;
import io.ipam.allocation.Stray;
import io.ipam.engine.decision.Change;
import io.ipam.engine.decision.DecisionView;
import io.ipam.engine.decision.HeldRecord;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.engine.decision.PoolView;
import io.ipam.engine.decision.Step;
import io.ipam.engine.decision.Transition;
import io.ipam.owner.Owner;
import io.ipam.pool.PoolCatalog;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One transition for one owner. It locks the ledgers that the decision needs, decides, and passes
 * the changes to an {@link ChangeEffect effect}. If the decision needs more ledgers, it runs again.
 *
 * <p>Thread safety: none, made for one call. The stripe of the owner is locked, and that of the
 * other owner whose holdings the decision reads.
 */
public final class Transaction implements DecisionView {
    private final EngineState state;
    private final OwnerPlace owner;
    private final @Nullable OwnerPlace other;
    private final ChangeEffect effect;
    private final LedgerNumbers numbers = new LedgerNumbers();
    private final List<Change> changes = new ArrayList<>(4);
    private ActiveCatalog active;
    /**
     * The catalog whose ledgers are locked; an update may have replaced some of them before they
     * were locked.
     */
    private ActiveCatalog lockedFor;

    private LockScope scope = LockScope.NONE;

    /** A transaction for owners whose stripes are locked. */
    private Transaction(EngineState state, OwnerPlace owner, @Nullable OwnerPlace other, ChangeEffect effect) {
        this.state = state;
        this.effect = effect;
        this.owner = owner;
        this.other = other;
        owner.addLedgers(numbers);
        if (other != null) {
            other.addLedgers(numbers);
        }
        active = state.active();
        lockedFor = active;
    }

    /**
     * Runs a transition for an owner.
     *
     * @param state the state
     * @param owner the owner
     * @param body the transition
     * @param nowMillis the time
     * @param effect receives the changes, if there are any
     * @return {@link Step.Done}, or {@link Step.Outdated}
     */
    public static <R> Step<R> run(
            EngineState state, Owner owner, Transition<R> body, long nowMillis, ChangeEffect effect) {
        OwnerPlace place = OwnerPlace.of(owner, state);
        Owner otherOwner = body.otherOwner();
        OwnerPlace other = otherOwner == null ? null : OwnerPlace.of(otherOwner, state);
        place.lockWith(other);
        try {
            return state.isReplaced()
                    ? new Step.Outdated<>()
                    : new Transaction(state, place, other, effect).run(body, nowMillis);
        } finally {
            place.unlockWith(other);
        }
    }

    private <R> Step<R> run(Transition<R> body, long nowMillis) {
        for (PoolBinding pool : body.firstPools(this)) {
            numbers.add(pool.number());
        }
        while (true) {
            Step<R> step = attempt(body, nowMillis);
            if (!(step instanceof Step.Widen<R> widen)) {
                return step;
            }
            widen(widen.more());
        }
    }

    private void widen(List<PoolBinding> more) {
        boolean isWider = false;
        for (PoolBinding pool : more) {
            isWider |= numbers.add(pool.number());
        }
        if (!isWider && lockedFor == active) {
            throw new IllegalStateException("the view has " + more + " already");
        }
    }

    private <R> Step<R> attempt(Transition<R> body, long nowMillis) {
        lockedFor = state.active();
        scope = LockScope.of(lockedFor, numbers);
        scope.lock();
        try {
            active = state.active();
            scope.advance(nowMillis);
            changes.clear();
            Step<R> step = body.decide(this, changes);
            if (step instanceof Step.Done<R> && !changes.isEmpty()) {
                effect.accept(active, owner.stripe(), owner.hash(), changes);
            }
            return step;
        } finally {
            scope.unlock();
        }
    }

    @Override
    public List<HeldRecord> held() {
        return owner.records(active);
    }

    @Override
    public List<HeldRecord> heldByOtherOwner() {
        return other == null ? List.of() : other.records(active);
    }

    @Override
    public PoolCatalog catalog() {
        return active.catalog();
    }

    @Override
    public PoolBinding binding(String pool) {
        PoolBinding binding = active.pools().get(pool);
        if (binding == null) {
            throw new IllegalStateException("pool " + pool + " is not in " + active.catalog());
        }
        return binding;
    }

    @Override
    public @Nullable PoolBinding bindingOf(Address address) {
        return active.poolOf(address);
    }

    @Override
    public @Nullable Stray strayAt(Address address) {
        return active.withheld().get(address);
    }

    @Override
    public @Nullable PoolView pool(PoolBinding binding) {
        Ledger ledger = scope.get(binding.number());
        return ledger != null && ledger == active.ledgerOrNull(binding.number()) ? effect.viewOf(ledger) : null;
    }

    @Override
    public int poolCount() {
        return scope.size();
    }

    @Override
    public long newGenerations(int count) {
        return effect.newGenerations(count);
    }
}
