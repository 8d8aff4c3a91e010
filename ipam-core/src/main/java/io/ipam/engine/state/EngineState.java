package io.ipam.engine.state;

import io.ipam.allocation.PoolSnapshot;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.owner.Owner;
import io.ipam.pool.PoolCatalog;
import io.ipam.record.OwnerHashes;
import io.ipam.record.RecordTable;
import io.ipam.record.UnpooledCooling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One state from its creation to its replacement by a restored one: the owners in stripes, the
 * pools in ledgers.
 *
 * <p>Locks, in this order: the swap lock, stripes by index, ledgers by number. A transaction locks
 * one or two stripes and the ledgers that it needs. A catalog update locks the swap lock and the
 * ledgers that change, a restore everything.
 *
 * <p>Thread safety: safe.
 */
public final class EngineState {
    /**
     * With this number, two threads rarely use the same stripe, and an empty state needs less than
     * 64 kB.
     */
    private static final int STRIPES = 256;

    private static final int STRIPE_SHIFT = Integer.SIZE - Integer.numberOfTrailingZeros(STRIPES);
    private static final AtomicLong EPOCHS = new AtomicLong();

    private final long epoch = EPOCHS.incrementAndGet();
    private final StateSettings settings;
    private final Stripe[] stripes = new Stripe[STRIPES];
    private final AtomicLong lastGeneration = new AtomicLong();
    /** Detached pools that may have become empty. */
    private final Queue<PoolBinding> emptied = new ConcurrentLinkedQueue<>();

    /** Whether a draining address was released that may still be in its pool. */
    private final AtomicBoolean drained = new AtomicBoolean();

    private volatile ActiveCatalog active;
    /** Guarded by the swap lock. */
    private UnpooledCooling unpooled = new UnpooledCooling();
    /** Whether a restored state has replaced this one. Written while every stripe is locked. */
    private boolean replaced;

    /** A state without pools. */
    EngineState(StateSettings settings) {
        this.settings = settings;
        active = new ActiveCatalog(PoolCatalog.EMPTY, Map.of(), DetachedPools.NONE, new Ledger[0], Withheld.NONE);
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe(i);
        }
    }

    /** {@return the number of this state, which no other state of the process has} */
    public long epoch() {
        return epoch;
    }

    /** {@return the current catalog} */
    public ActiveCatalog active() {
        return active;
    }

    /** Replaces the current catalog. */
    public void publish(ActiveCatalog next) {
        active = next;
    }

    /** {@return the cooling addresses that no pool has} */
    public UnpooledCooling unpooled() {
        return unpooled;
    }

    /** Replaces the cooling addresses that no pool has. */
    public void setUnpooled(UnpooledCooling next) {
        unpooled = next;
    }

    /** {@return the settings} */
    public StateSettings settings() {
        return settings;
    }

    /** {@return the queue of events} */
    public EventQueue events() {
        return settings.events();
    }

    /** The highest generation that was assigned. */
    public long lastGeneration() {
        return lastGeneration.get();
    }

    /** Continues the generations above this one. */
    public void raiseGeneration(long generation) {
        lastGeneration.accumulateAndGet(generation, Math::max);
    }

    /** The first of some consecutive generations. */
    public long newGenerations(int count) {
        return lastGeneration.getAndAdd(count) + 1;
    }

    /**
     * Assigns a generation to every restored record that has none. No other thread sees this state
     * yet.
     */
    public void completeGenerations() {
        for (Ledger ledger : active.ledgers()) {
            RecordTable records = ledger.records();
            for (int slot = records.nextUsed(RecordTable.NONE);
                    slot != RecordTable.NONE;
                    slot = records.nextUsed(slot)) {
                if (records.generation(slot) == PoolSnapshot.Held.NO_GENERATION) {
                    records.replace(slot, records.owner(slot), records.interfaceName(slot), newGenerations(1));
                }
            }
        }
    }

    /** Adds a detached pool that has become empty. */
    void noteEmptied(PoolBinding pool) {
        emptied.add(pool);
    }

    /** {@return whether a detached pool may have become empty} */
    public boolean hasEmptied() {
        return !emptied.isEmpty();
    }

    /** Removes and returns the detached pools that may have become empty. */
    public List<PoolBinding> takeEmptied() {
        List<PoolBinding> taken = new ArrayList<>();
        for (PoolBinding pool = emptied.poll(); pool != null; pool = emptied.poll()) {
            taken.add(pool);
        }
        return taken;
    }

    /** Notes that a draining address was released. */
    public void noteDrained() {
        drained.set(true);
    }

    /** {@return whether a draining address was released} */
    public boolean hasDrained() {
        return drained.get();
    }

    /** Whether a draining address was released since the last call. */
    public boolean takeDrained() {
        return drained.getAndSet(false);
    }

    /** {@return the stripes by index} */
    public Stripe[] stripes() {
        return stripes;
    }

    /** {@return the hash of an owner's identity} */
    public int hashOf(Owner owner) {
        return OwnerHashes.ofIdentity(owner, settings.hashSeed());
    }

    /** {@return the stripe of an owner with this hash} */
    public Stripe stripeOf(int ownerHash) {
        return stripes[stripeIndexOf(ownerHash)];
    }

    /** The index of the stripe of an owner; stripes are locked in ascending order. */
    public int stripeIndexOf(int ownerHash) {
        return ownerHash >>> STRIPE_SHIFT;
    }

    /** Waits until every transaction that has a generation has been applied. */
    public void passStripes() {
        for (Stripe stripe : stripes) {
            stripe.lock();
            stripe.unlock();
        }
    }

    /** Locks every stripe. */
    public void lockStripes() {
        for (Stripe stripe : stripes) {
            stripe.lock();
        }
    }

    /** Unlocks every stripe. */
    public void unlockStripes() {
        for (Stripe stripe : stripes) {
            stripe.unlock();
        }
    }

    /**
     * Ends this state: transactions that wait for its stripes are outdated. Every stripe is locked.
     */
    public void replace() {
        replaced = true;
    }

    /** Whether a restored state has replaced this one. A stripe is locked. */
    boolean isReplaced() {
        return replaced;
    }

    /** Whether an owner holds nothing. It avoids a transaction for most requests. */
    public boolean holdsNothing(Owner owner) {
        int hash = hashOf(owner);
        Stripe stripe = stripeOf(hash);
        stripe.lock();
        try {
            return !replaced && stripe.holdsNothing(owner, hash);
        } finally {
            stripe.unlock();
        }
    }
}
