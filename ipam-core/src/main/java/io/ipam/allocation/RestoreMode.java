package io.ipam.allocation;

/** The treatment of records that do not fit in a restore. Both modes report each of them. */
public enum RestoreMode {
    /** Refuses the whole restore if any record does not fit. */
    REFUSE,
    /** Keeps the address of such a record taken, as a {@link Stray}, and restores the others. */
    HOLD
}
