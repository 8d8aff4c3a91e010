package io.ipam.allocation.state;

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
            Definition pool = changes.record(i).pool();
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
            OwnedRecord record = changes.record(i);
            ChangeSet.Kind kind = changes.kind(i);
            queue.add(
                    kind == ChangeSet.Kind.RELEASE
                            ? released(record, released++, elapsed)
                            : granted(record, kind == ChangeSet.Kind.RENEW, granted++, elapsed));
        }
    }

    private static AllocationEvent released(OwnedRecord record, int position, long elapsedNanos) {
        return new AllocationEvent.Released(
                record.owner(),
                record.interfaceName(),
                record.pool().pool().name(),
                record.address(),
                record.generation(),
                position,
                elapsedNanos);
    }

    private static AllocationEvent granted(OwnedRecord record, boolean isRenewal, int position, long elapsedNanos) {
        return new AllocationEvent.Granted(
                record.owner(),
                record.interfaceName(),
                record.pool().pool().name(),
                record.address(),
                record.generation(),
                isRenewal,
                position,
                elapsedNanos);
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
        return stripe.newTokens(count, world.lastGeneration());
    }
}
