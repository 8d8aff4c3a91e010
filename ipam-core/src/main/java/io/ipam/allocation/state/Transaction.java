package io.ipam.allocation.state;

import io.ipam.address.Address;
import io.ipam.allocation.AllocationEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One transaction on one owner, from the lock of its stripe to its end: locks the ledgers of the footprint, decides, applies;
 * with wider footprints until the decision is made.
 *
 * <p>Thread safety: none, made for one call under the lock of the stripe.
 */
final class Transaction implements StateReader {
    private final World world;
    private final Stripe stripe;
    private final ChangeSet changes = new ChangeSet();
    private Footprint footprint;

    /** A transaction on the owner of a footprint, whose stripe is locked. */
    Transaction(World world, Stripe stripe, Footprint first) {
        this.world = world;
        this.stripe = stripe;
        footprint = stripe.withOwned(first);
    }

    <R> R run(Transition<R> body, long nowMillis, long random) {
        while (true) {
            Step<R> step = attempt(body, nowMillis, random);
            if (step instanceof Step.Done<R> done) {
                return done.result();
            }
            widen(((Step.Widen<R>) step).to());
        }
    }

    private void widen(Footprint wider) {
        if (wider.size() <= footprint.size()) {
            throw new IllegalStateException("not wider than " + footprint + ": " + wider);
        }
        footprint = wider;
        changes.clear();
    }

    private <R> Step<R> attempt(Transition<R> body, long nowMillis, long random) {
        footprint.lock();
        try {
            footprint.advance(nowMillis);
            Step<R> step = body.decide(this, changes, nowMillis, random);
            if (step instanceof Step.Done<R>) {
                stripe.apply(changes, footprint.ownerHash());
                noteEmptied();
                EventQueue events = world.events();
                if (events != null) {
                    queue(body.startedNanos(), events);
                }
            }
            return step;
        } finally {
            footprint.unlock();
        }
    }

    private void noteEmptied() {
        for (int i = 0; i < changes.size(); i++) {
            Definition pool = changes.get(i).pool();
            if (pool.isDetached() && pool.ledger().records().size() == 0) {
                world.noteEmptied();
            }
        }
    }

    /** After the changes are applied, so that no event is delivered before its commit, and before the locks are released. */
    private void queue(long startedNanos, EventQueue queue) {
        long elapsed = System.nanoTime() - startedNanos;
        int released = 0;
        int granted = 0;
        for (int i = 0; i < changes.size(); i++) {
            ChangeSet.Change change = changes.get(i);
            boolean isRelease = change.kind() == ChangeSet.Kind.RELEASE;
            queue.add(isRelease ? released(change, released++, elapsed) : granted(change, granted++, elapsed));
        }
    }

    private static AllocationEvent released(ChangeSet.Change change, int position, long elapsedNanos) {
        return new AllocationEvent.Released(
                change.owner(),
                change.interfaceName(),
                change.pool().pool().name(),
                addressOf(change),
                change.generation(),
                position,
                elapsedNanos);
    }

    private static AllocationEvent granted(ChangeSet.Change change, int position, long elapsedNanos) {
        return new AllocationEvent.Granted(
                change.owner(),
                change.interfaceName(),
                change.pool().pool().name(),
                addressOf(change),
                change.generation(),
                change.kind() == ChangeSet.Kind.RENEW,
                position,
                elapsedNanos);
    }

    private static Address addressOf(ChangeSet.Change change) {
        return new Address(change.pool().pool().family(), change.high(), change.low());
    }

    @Override
    public List<OwnedRecord> owned() {
        return stripe.owned(footprint);
    }

    @Override
    public @Nullable LedgerReader ledger(Definition definition) {
        return footprint.has(definition.ledger()) ? definition.ledger() : null;
    }

    @Override
    public Live live() {
        return world.live();
    }

    @Override
    public Footprint footprint() {
        return footprint;
    }

    @Override
    public long newGenerations(int count) {
        return world.lastGeneration().getAndAdd(count) + 1;
    }
}
