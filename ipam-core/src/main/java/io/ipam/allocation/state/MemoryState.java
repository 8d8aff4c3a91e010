package io.ipam.allocation.state;

import io.ipam.address.Address;
import io.ipam.allocation.Holding;
import io.ipam.allocation.Observation;
import io.ipam.allocation.Owner;
import io.ipam.allocation.PoolUsage;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.RestoreReport;
import io.ipam.allocation.StateSnapshot;
import io.ipam.allocation.UpdateResult;
import io.ipam.pool.ChangePlan;
import io.ipam.pool.HeldAddresses;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The state in memory: mutable arrays under locks.
 *
 * <p>Cost: a transaction O(1) in the number of held addresses and of pools; a snapshot, a check and a restore O(everything).
 * Thread safety: safe; no lock is held while anybody else's code runs.
 */
public final class MemoryState implements AllocationState {
    private final StateSettings settings;
    /** Guards the catalog and the world: taken before every other lock. Reentrant, for reconciling holds it and releases by transactions, which try it. */
    private final ReentrantLock swapLock = new ReentrantLock();

    private final AtomicLong latestMillis = new AtomicLong(Long.MIN_VALUE);
    private volatile World world;

    /**
     * A state in which nothing is held.
     *
     * @param catalog the pools
     * @param settings what the state is told once
     */
    public MemoryState(PoolCatalog catalog, StateSettings settings) {
        this.settings = settings;
        world = new WorldBuilder(catalog, settings).build(0);
    }

    /** {@return the catalog in force and its definitions} */
    public Live live() {
        return world.live();
    }

    /**
     * {@return the time that counts: it does not go back when a clock does}
     *
     * @param clockMillis what the clock says
     */
    public long now(long clockMillis) {
        long latest = latestMillis.get();
        return clockMillis <= latest ? latest : latestMillis.accumulateAndGet(clockMillis, Math::max);
    }

    /** {@return which world this is: a restored one is another} */
    public long epoch() {
        return world.epoch();
    }

    /**
     * {@return a mark: what was granted or renewed before it}
     *
     * @param at the time
     */
    public Observation observe(Instant at) {
        World now = world;
        long mark = now.lastGeneration().get();
        now.passStripes(); // Whoever was given a token up to the mark has applied its changes by now; nobody will be.
        return new Observation(now.epoch(), mark, at);
    }

    /** {@return the token drawn last: none that was given is above it} */
    public long lastGeneration() {
        return world.lastGeneration().get();
    }

    @Override
    public <R> R transact(Footprint first, Transition<R> body, long nowMillis, long random) {
        while (true) {
            World now = world;
            R result = now.transact(first, body, nowMillis, random);
            if (result != null) {
                if (now.hasEmptied()) {
                    retireEmptied(now);
                }
                return result;
            }
        }
    }

    /** Ends detached pools that have become empty; when somebody else has the swap lock, the next transaction does. */
    private void retireEmptied(World now) {
        if (swapLock.tryLock()) {
            try {
                if (now == world) {
                    Retirement.ofEmptied(now);
                }
            } finally {
                swapLock.unlock();
            }
        }
    }

    /**
     * {@return what an owner holds, in no particular order}
     *
     * @param owner the owner
     */
    public List<Holding> heldBy(Owner owner) {
        Footprint footprint = Footprint.of(owner);
        return world.holdsNothing(footprint)
                ? List.of()
                : transact(footprint, MemoryState::holdings, Long.MIN_VALUE, 0);
    }

    private static Step<List<Holding>> holdings(StateReader in, ChangeSet out, long nowMillis, long random) {
        List<OwnedRecord> owned = in.owned();
        List<Holding> holdings = new ArrayList<>(owned.size());
        for (OwnedRecord record : owned) {
            holdings.add(record.toHolding());
        }
        return new Step.Done<>(Collections.unmodifiableList(holdings));
    }

    /**
     * {@return the counts of a pool of the catalog or of a detached one}
     *
     * @param pool the pool's name
     * @param nowMillis the time
     */
    public Optional<PoolUsage> usage(String pool, long nowMillis) {
        while (true) {
            Definition definition = live().poolOrDetached(pool);
            if (definition == null) {
                return Optional.empty();
            }
            PoolUsage usage = usage(definition.ledger(), nowMillis);
            if (usage != null) {
                return Optional.of(usage);
            }
        }
    }

    private static @Nullable PoolUsage usage(Ledger ledger, long nowMillis) {
        ledger.lock();
        try {
            ledger.advance(nowMillis);
            return ledger.definition() == null ? null : ledger.usage();
        } finally {
            ledger.unlock();
        }
    }

    /**
     * {@return whether a pool has neither free nor cooling addresses, as far as was seen last; false for one that is unknown}
     *
     * @param pool the pool's name
     */
    public boolean isExhausted(String pool) {
        Definition definition = live().pool(pool);
        return definition != null && definition.ledger().isExhausted();
    }

    /**
     * {@return the counts of every pool of the catalog, by name}
     *
     * @param nowMillis the time
     */
    public List<PoolUsage> usages(long nowMillis) {
        return live().catalog().pools().stream()
                .flatMap(pool -> usage(pool.name(), nowMillis).stream())
                .toList();
    }

    @Override
    public StateSnapshot snapshot() {
        return snapshot(Long.MIN_VALUE);
    }

    /**
     * {@return what is held and cooling in all pools at one moment} Requests wait while the columns are copied.
     *
     * @param nowMillis the time: what has cooled down by then is left out
     */
    public StateSnapshot snapshot(long nowMillis) {
        return takeSnapshot(nowMillis).snapshot();
    }

    private SnapshotTaker takeSnapshot(long nowMillis) {
        swapLock.lock();
        try (LedgerLocks locks = LedgerLocks.of(world.ledgers())) {
            world.strays().advance(nowMillis, settings.coolDownMillis());
            return new SnapshotTaker(
                    lastGeneration(), locks.ledgers(), world.strays().all(), nowMillis);
        } finally {
            swapLock.unlock();
        }
    }

    /**
     * Puts another catalog in force, if the expected one is.
     *
     * @param expected the catalog that the change was made from
     * @param next the catalog to come
     * @param force whether pools in use may be removed: they are detached
     * @param nowMillis the time
     * @return what became of it
     */
    public UpdateResult update(PoolCatalog expected, PoolCatalog next, boolean force, long nowMillis) {
        swapLock.lock();
        try {
            PoolCatalog current = live().catalog();
            return current.version() == expected.version()
                    ? new CatalogSwap(world, settings, next).make(force, nowMillis)
                    : new UpdateResult.Outdated(current);
        } finally {
            swapLock.unlock();
        }
    }

    /**
     * {@return what another catalog would mean now} Nothing is changed.
     *
     * @param next the catalog to come
     */
    public ChangePlan plan(PoolCatalog next) {
        return CatalogSwap.plan(live(), next, LedgerLocks.NONE);
    }

    /** {@return the addresses in use; each pool is read under its lock when it is asked for} */
    public HeldAddresses heldAddresses() {
        return new HeldNow(this);
    }

    private record HeldNow(MemoryState state) implements HeldAddresses {
        @Override
        public void forEachHeld(String pool, BiConsumer<Address, String> addressAndOwner) {
            CatalogSwap.heldIn(state.live()).forEachHeld(pool, addressAndOwner);
        }

        @Override
        public Collection<Pool> detached() {
            return CatalogSwap.heldIn(state.live()).detached();
        }
    }

    /** What the body answers, while neither the catalog nor the world is replaced; requests go on. */
    <R> R whileNothingIsReplaced(Supplier<R> body) {
        swapLock.lock();
        try {
            return body.get();
        } finally {
            swapLock.unlock();
        }
    }

    /**
     * Puts a world made of a snapshot in place of the present one, or changes nothing.
     *
     * @param snapshot what is to be held and cooling
     * @param mode what to do with bad records
     * @param nowMillis the time
     * @return what was restored and what was set aside
     * @throws io.ipam.allocation.InvalidStateException in mode REFUSE, with every bad record
     */
    public RestoreReport restore(StateSnapshot snapshot, RestoreMode mode, long nowMillis) {
        swapLock.lock();
        try {
            Restorer restorer = new Restorer(snapshot, live().catalog(), settings, lastGeneration(), nowMillis);
            World next = restorer.restore(mode);
            replace(next);
            return restorer.report();
        } finally {
            swapLock.unlock();
        }
    }

    /** Every request of the old world is done, or finds it retired when it gets its locks. */
    private void replace(World next) {
        World old = world;
        old.lockStripes();
        try (LedgerLocks locks = LedgerLocks.of(old.ledgers())) {
            next.raiseGeneration(old.lastGeneration().get());
            next.completeGenerations();
            locks.ledgers().forEach(Ledger::retire);
            old.retire();
            world = next;
        } finally {
            old.unlockStripes();
        }
    }

    /** {@return every broken invariant, as a sentence; requests wait} */
    public List<String> verify() {
        List<String> broken = new ArrayList<>();
        swapLock.lock();
        try {
            world.lockStripes();
            try (LedgerLocks locks = LedgerLocks.of(world.ledgers())) {
                new WorldCheck(world, locks.ledgers()).check(broken);
            } finally {
                world.unlockStripes();
            }
        } finally {
            swapLock.unlock();
        }
        return broken;
    }
}
