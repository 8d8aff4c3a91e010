package io.ipam.engine.swap;

import io.ipam.pool.ChangePlan;

/** The treatment of addresses in use by an update of the catalog. */
public enum UpdateMode {
    /** Any address in use that the change affects blocks it. */
    STRICT,
    /** Pools in use may be removed: they become detached. */
    FORCE,
    /** As FORCE; in addition, addresses in use that a pool would lose become draining. */
    DRAIN;

    /** {@return whether a change may be made} */
    public boolean allows(ChangePlan plan) {
        return this == STRICT ? plan.allowed() : plan.allowedByForce();
    }
}
