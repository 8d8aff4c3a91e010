package io.ipam.allocation.state;

import io.ipam.address.Prefix;
import io.ipam.allocation.Owner;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.pool.PoolCatalog;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One state from its making to its replacement by a restored one: the owners in stripes, the pools in ledgers.
 *
 * <p>Locks, in this order: the swap lock, stripes by index, ledgers by number. A transaction takes one stripe and the ledgers of
 * its footprint; a change of the catalog the swap lock and the ledgers that change; a restore everything.
 *
 * <p>Thread safety: safe.
 */
final class World {
    /** So many that two threads rarely meet: decision 0059. */
    private static final int STRIPES = 1024;

    private static final int STRIPE_SHIFT = Integer.SIZE - Integer.numberOfTrailingZeros(STRIPES);

    private static final AtomicLong EPOCHS = new AtomicLong();
    /** Counts on over all worlds: a request that began before a restore can meet ledgers of two. */
    private static final AtomicLong LEDGERS = new AtomicLong();

    private final long epoch = EPOCHS.incrementAndGet();
    private final LedgerPlaces places = new LedgerPlaces();
    private final Stripe[] stripes = new Stripe[STRIPES];
    private final AtomicLong lastGeneration = new AtomicLong();
    private final @Nullable EventQueue events;
    private final StrayCooling strays = new StrayCooling();
    private volatile Live live = new Live(PoolCatalog.EMPTY, Definitions.EMPTY, Definitions.EMPTY);
    /** Whether a detached pool may have become empty since somebody looked. */
    private volatile boolean hasEmptied;
    /** Whether another world has taken its place. Written while every stripe is locked. */
    private boolean retired;

    World(@Nullable EventQueue events) {
        this.events = events;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe(places);
        }
    }

    long epoch() {
        return epoch;
    }

    Live live() {
        return live;
    }

    void publish(Live next) {
        live = next;
    }

    /** What cools down and is of no pool. The swap lock is held. */
    StrayCooling strays() {
        return strays;
    }

    /** Whether a detached pool may have become empty, which {@link Retirement} is to look at. */
    boolean hasEmptied() {
        return hasEmptied;
    }

    void noteEmptied() {
        hasEmptied = true;
    }

    void clearEmptied() {
        hasEmptied = false;
    }

    /** Where events go; null when nobody listens. */
    @Nullable
    EventQueue events() {
        return events;
    }

    /** The token that was drawn last: none that was given is above it. */
    AtomicLong lastGeneration() {
        return lastGeneration;
    }

    /** Lets the count go on behind this token at least. */
    void raiseGeneration(long token) {
        lastGeneration.accumulateAndGet(token, Math::max);
    }

    /** Gives a token to every record that was restored without one. Nobody else sees this world yet. */
    void completeGenerations() {
        for (Ledger ledger : ledgers()) {
            RecordTable records = ledger.records();
            for (int slot = records.nextUsed(RecordTable.NONE);
                    slot != RecordTable.NONE;
                    slot = records.nextUsed(slot)) {
                if (records.generation(slot) == PoolSnapshot.Held.NO_GENERATION) {
                    records.replace(
                            slot, records.owner(slot), records.interfaceName(slot), lastGeneration.incrementAndGet());
                }
            }
        }
    }

    /** The places of the ledgers that may have records. Changed under the swap lock. */
    LedgerPlaces places() {
        return places;
    }

    /** A ledger with the next number. It is of this world when it has a place. */
    Ledger newLedger(Prefix subnet, long coolDownMillis) {
        return new Ledger(LEDGERS.incrementAndGet(), subnet, coolDownMillis);
    }

    /** All ledgers, those of detached pools included. The swap lock is held. */
    List<Ledger> ledgers() {
        return live.all().stream().map(Definition::ledger).toList();
    }

    Stripe[] stripes() {
        return stripes;
    }

    Stripe stripeOf(Owner owner) {
        return stripes[Hash.ofIdentity(owner) >>> STRIPE_SHIFT];
    }

    /** Waits until every transaction that is under way has ended; those that begin later are given tokens that are drawn later. */
    void passStripes() {
        for (Stripe stripe : stripes) {
            stripe.lock();
            try {
                stripe.dropTokens();
            } finally {
                stripe.unlock();
            }
        }
    }

    void lockStripes() {
        for (Stripe stripe : stripes) {
            stripe.lock();
        }
    }

    void unlockStripes() {
        for (Stripe stripe : stripes) {
            stripe.unlock();
        }
    }

    /** Ends this world: transactions that wait for its stripes go to the next one. Every stripe is locked. */
    void retire() {
        retired = true;
    }

    /** Whether the owner of a footprint holds nothing here; a look without a transaction, for most who ask are new. */
    boolean holdsNothing(Footprint footprint) {
        Stripe stripe = stripeOf(footprint);
        stripe.lock();
        try {
            return !retired && stripe.owners().firstLink(footprint.owner(), footprint.ownerHash()) == OwnerTable.NONE;
        } finally {
            stripe.unlock();
        }
    }

    private Stripe stripeOf(Footprint footprint) {
        return stripes[footprint.ownerHash() >>> STRIPE_SHIFT];
    }

    /** The result of the transaction, null when this world was replaced meanwhile. */
    <R> @Nullable R transact(Footprint first, Transition<R> body, long nowMillis, long random) {
        Stripe stripe = stripeOf(first);
        stripe.lock();
        try {
            return retired ? null : new Transaction(this, stripe, first).run(body, nowMillis, random);
        } finally {
            stripe.unlock();
        }
    }
}
