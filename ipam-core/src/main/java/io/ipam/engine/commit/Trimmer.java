package io.ipam.engine.commit;

import io.ipam.allocation.AllocationEvent;
import io.ipam.store.Head;
import io.ipam.store.StateStore;

/**
 * Trims the log of a store after every thousandth commit of this process. A failure is reported and
 * has no other effect, because the next attempt is due soon. Thread safety: none.
 */
final class Trimmer {
    private static final long TRIM_EVERY = 1_000;

    private final StateStore store;
    private final Replica<?> replica;
    private boolean isDue;

    Trimmer(StateStore store, Replica<?> replica) {
        this.store = store;
        this.replica = replica;
    }

    /** Notes a commit of this process. */
    void note(Head head) {
        isDue |= head.revision() % TRIM_EVERY == 0;
    }

    /** Trims the log if that is due, and returns whether it was. */
    boolean trimIfDue() {
        if (!isDue) {
            return false;
        }
        isDue = false;
        try {
            store.trim(replica.head());
        } catch (RuntimeException e) {
            replica.report(new AllocationEvent.TrimFailed(e));
        }
        return true;
    }
}
