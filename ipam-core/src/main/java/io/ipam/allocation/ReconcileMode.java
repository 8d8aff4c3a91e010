package io.ipam.allocation;

/** What to do with allocations that have no live owner. */
public enum ReconcileMode {
    /** Only report them. */
    REPORT,
    /** Release those that are confirmed. */
    FREE
}
