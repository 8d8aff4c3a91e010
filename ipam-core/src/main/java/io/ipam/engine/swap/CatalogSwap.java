package io.ipam.engine.swap;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Family;
import io.ipam.allocation.AllocationEvent;
import io.ipam.allocation.UpdateResult;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.engine.state.ActiveCatalog;
import io.ipam.engine.state.EngineState;
import io.ipam.engine.state.EventQueue;
import io.ipam.engine.state.HeldReader;
import io.ipam.engine.state.Ledger;
import io.ipam.engine.state.LockScope;
import io.ipam.pool.ChangePlan;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Replaces the catalog: locks the ledgers of the pools that change, checks for blockers, builds the
 * next state, and publishes it. Requests on other pools continue meanwhile. A request that was
 * resolved with the old catalog detects this under its locks, and is resolved again.
 *
 * <p>If building fails, for example for lack of memory, nothing has changed: {@link
 * NextState#apply} only assigns.
 *
 * <p>Cost: some nanoseconds for each pool, plus the work for changed and detached pools; for all
 * pools if reserved ranges change. Thread safety: none, made for one change under the swap lock.
 */
public final class CatalogSwap {
    private final EngineState state;
    private final ActiveCatalog before;
    private final PoolCatalog next;
    private final List<ChangePlan.Difference> differences;
    /** The pools that are added or change, and those whose usable addresses change. */
    private final List<Pool> fresh = new ArrayList<>();
    /** The bindings of the pools that are removed. */
    private final List<PoolBinding> leaving = new ArrayList<>();

    /** A change to another catalog. */
    public CatalogSwap(EngineState state, PoolCatalog next) {
        this.state = state;
        this.before = state.active();
        this.next = next;
        differences = before.catalog().differences(next);
        for (ChangePlan.Difference difference : differences) {
            difference
                    .after()
                    .ifPresentOrElse(
                            fresh::add,
                            () -> leaving.add(bindingOf(difference.before().orElseThrow())));
        }
        for (Family family : Family.values()) {
            if (!before.catalog().reserved(family).equals(next.reserved(family))) {
                next.pools(family).forEach(this::addIfReservedOtherwise);
            }
        }
    }

    private void addIfReservedOtherwise(Pool pool) {
        PoolBinding kept = before.pools().get(pool.name());
        if (kept != null && kept.pool().equals(pool) && !kept.usable().equals(next.usable(pool))) {
            fresh.add(pool);
        }
    }

    private PoolBinding bindingOf(Pool pool) {
        return requireNonNull(before.pools().get(pool.name()), pool.name());
    }

    /**
     * Makes the change, or returns its blockers.
     *
     * @param mode the treatment of addresses in use
     * @param events receives the event of a change that was made
     */
    public UpdateResult make(UpdateMode mode, long nowMillis, EventQueue events) {
        boolean adopts = fresh.stream()
                .anyMatch(pool -> !before.withheld().adoptedBy(pool).isEmpty());
        if (!adopts) {
            return makeLocked(mode, nowMillis, events);
        }
        state.lockStripes(); // Strays become records of owners.
        try {
            return makeLocked(mode, nowMillis, events);
        } finally {
            state.unlockStripes();
        }
    }

    private UpdateResult makeLocked(UpdateMode mode, long nowMillis, EventQueue events) {
        List<Ledger> affected = affected();
        if (mode == UpdateMode.DRAIN) {
            affected.addAll(draining());
        }
        LockScope scope = LockScope.of(affected);
        scope.lock();
        try {
            scope.advance(nowMillis);
            HeldReader held = new HeldReader(() -> before);
            if (mode == UpdateMode.DRAIN) {
                PoolCatalog possible = ChangePlan.asFarAsPossible(before.catalog(), next, held);
                // The update changes only pools whose ledgers are locked here.
                return new CatalogSwap(state, possible).makeLocked(UpdateMode.FORCE, nowMillis, events);
            }
            ChangePlan plan = ChangePlan.of(next, differences, held);
            if (!mode.allows(plan)) {
                return new UpdateResult.Blocked(plan);
            }
            UpdateResult result = new UpdateResult.Updated(plan);
            AllocationEvent event = new AllocationEvent.Swapped(next.version());
            StrayAdoption adoption = new StrayAdoption(state);
            buildOrRevert(adoption, nowMillis).apply(state);
            events.add(event);
            return result;
        } finally {
            scope.unlock();
        }
    }

    private List<Ledger> affected() {
        List<PoolBinding> affected = new ArrayList<>(leaving);
        affected.addAll(before.detached().all());
        for (Pool pool : fresh) {
            PoolBinding was = before.poolOrDetached(pool.name());
            if (was != null) {
                affected.add(was);
            }
        }
        return new ArrayList<>(affected.stream().map(before::ledger).toList());
    }

    /** The ledgers of the pools that may lose draining addresses. */
    private List<Ledger> draining() {
        return next.pools().stream()
                .filter(pool -> !pool.drainingAddresses().isEmpty())
                .flatMap(pool -> Optional.ofNullable(before.poolOrDetached(pool.name())).stream())
                .map(before::ledger)
                .toList();
    }

    private NextState buildOrRevert(StrayAdoption adoption, long nowMillis) {
        try {
            return build(adoption, nowMillis);
        } catch (Throwable e) {
            adoption.revert();
            throw e;
        }
    }

    private NextState build(StrayAdoption adoption, long nowMillis) {
        CoolingMove cooling =
                new CoolingMove(state.unpooled(), nowMillis, state.settings().coolDownMillis());
        NextState built = new NextState(before, cooling, adoption);
        List<PoolBinding> ended = new ArrayList<>();
        List<PoolBinding> kept = new ArrayList<>();
        for (PoolBinding binding : leaving) {
            built.remove(binding);
            (before.ledger(binding).records().size() > 0 ? kept : ended).add(binding);
        }
        for (PoolBinding binding : before.detached().all()) {
            if (before.ledger(binding).records().size() == 0 && !isReturning(binding)) {
                ended.add(binding);
            }
        }
        ended.forEach(built::end);
        kept.forEach(built::detach);
        for (Pool pool : fresh) {
            built.define(pool, next.usable(pool), state.settings());
        }
        built.complete(next);
        return built;
    }

    private boolean isReturning(PoolBinding detached) {
        return next.pool(detached.pool().name())
                .filter(pool -> pool.subnet().equals(detached.pool().subnet()))
                .isPresent();
    }
}
