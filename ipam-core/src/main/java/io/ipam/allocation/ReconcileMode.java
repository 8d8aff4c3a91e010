package io.ipam.allocation;

/** The treatment of allocations without a live owner. */
public enum ReconcileMode {
    /** Reports them only. */
    REPORT,
    /** Releases those that are confirmed. */
    FREE
}
