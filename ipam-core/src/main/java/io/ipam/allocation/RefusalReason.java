package io.ipam.allocation;

/** Why a request was refused, in one word. */
public enum RefusalReason {
    /** The request contradicts itself or the text of a selection is wrong. */
    INVALID_REQUEST,
    /** For some demand no pool may serve. */
    NO_CANDIDATE,
    /** For some demand a pool has to be created first. */
    POOL_MISSING,
    /** Pools may serve, but no assignment of their free addresses serves all demands. */
    EXHAUSTED,
    /** An address that was asked for is not to be had. */
    CONFLICT,
    /**
     * The same namespace, name and uid holds addresses as the other kind of owner: as stateful for
     * a stateless request, or the reverse.
     */
    OWNER_CONFLICT
}
