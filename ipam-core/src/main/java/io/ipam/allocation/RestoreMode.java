package io.ipam.allocation;

/**
 * The treatment of records that do not fit when a state is restored. Each of them is reported in
 * both modes.
 */
public enum RestoreMode {
    /** One such record, and nothing is restored. */
    REFUSE,
    /** The address of such a record stays taken as a {@link Stray}, and the rest is restored. */
    HOLD
}
