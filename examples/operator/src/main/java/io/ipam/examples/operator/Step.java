package io.ipam.examples.operator;

import java.util.function.Consumer;

/** The points between two writes. A crash there must not lose anything. */
public enum Step {
    /** The realm exists, with the records of the pools. */
    REALM_CREATED,
    /** The state has the addresses of a pod, which does not show them yet. */
    POD_ALLOCATED,
    /** The pod shows its addresses. */
    POD_ANNOTATED,
    /** The addresses of a pod that has ended are released; the pod still has the finalizer. */
    POD_RELEASED,
    /** A pool document has the finalizer; the state lacks the pool. */
    POOL_MARKED,
    /** The state has the new definition of a pool. */
    POOL_UPDATED,
    /** The state lacks the pool, whose document still has the finalizer. */
    POOL_REMOVED,
    /** The status of a pool is written. */
    STATUS_WRITTEN;

    /** An operator that no test stops. */
    static final Consumer<Step> NO_FAULTS = step -> {};
}
