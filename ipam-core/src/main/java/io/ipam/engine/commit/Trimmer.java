package io.ipam.engine.commit;

import io.ipam.store.Head;
import io.ipam.store.StateStore;
import io.ipam.store.StoreException;

/**
 * Trims the log of a store after every thousandth commit of this process. Trimming may fail without
 * effect on anything else, because the next one is due soon. Thread safety: none.
 */
final class Trimmer {
    private static final long TRIM_EVERY = 1_000;

    private final StateStore store;
    private boolean isDue;
    private long failures;

    Trimmer(StateStore store) {
        this.store = store;
    }

    /** Notes a commit of this process. */
    void note(Head head) {
        isDue |= head.revision() % TRIM_EVERY == 0;
    }

    /** Trims the log if that is due, and returns whether it was. */
    boolean trimIfDue(Head head) {
        if (!isDue) {
            return false;
        }
        isDue = false;
        try {
            store.trim(head);
        } catch (StoreException e) {
            failures++;
        }
        return true;
    }

    /** The number of failures. */
    long failures() {
        return failures;
    }
}
