package io.ipam.allocation;

/** The treatment of allocations without a live owner. */
public enum ReconcileMode {
    /** Reports the allocations, and releases none. */
    REPORT,
    /** Reports the allocations, and releases the confirmed ones. */
    FREE
}
