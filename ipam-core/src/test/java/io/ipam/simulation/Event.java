package io.ipam.simulation;

/**
 * One event of a schedule. It contains all of its choices, and does nothing if it does not apply:
 * a schedule without some of its events is a schedule too. Thread safety: immutable.
 *
 * @param kind the kind
 * @param process the process that it is about
 * @param fate the fate of its store calls
 * @param choice its other choices
 */
record Event(Kind kind, int process, Fate fate, long choice) {
    enum Kind {
        /** A process creates the realm; it may be killed in the middle. */
        CREATE,
        /** A committer makes one step. */
        STEP,
        /** A committer makes some steps without failures. */
        RUN,
        GRANT,
        RELEASE,
        UPDATE,
        OPEN_POOL,
        RELEASE_STRAY,
        SYNC,
        VERIFY,
        OBSERVE,
        RECONCILE,
        /** A caller stops waiting. */
        TIME_OUT,
        /** A commit that was under way arrives. */
        DELIVER,
        /** A commit that was under way is lost. */
        DROP,
        TRIM,
        KILL,
        CLOSE,
        OPEN,
        /** A process makes no step for some events. */
        PAUSE,
        /** The time of day of a process jumps. */
        CLOCK,
        /** The store is unavailable for some events. */
        DOWN,
        BACKUP,
        FAIL_OVER,
        /** A row is deleted by hand. */
        DELETE_ROW
    }

    /** Choice n of this event, from 0 to below the bound. */
    int choose(int n, int bound) {
        long mixed = (choice + n + 1) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return (int) Long.remainderUnsigned(mixed ^ (mixed >>> 31), bound);
    }
}
