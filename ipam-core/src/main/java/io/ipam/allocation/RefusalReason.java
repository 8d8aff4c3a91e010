package io.ipam.allocation;

/** The kind of reason for a refusal. */
public enum RefusalReason {
    /** The request is inconsistent, or the text of a selection is invalid. */
    INVALID_REQUEST,
    /** No pool may serve a demand of the request. */
    NO_CANDIDATE,
    /** A demand of the request needs a pool that must be created first. */
    POOL_MISSING,
    /**
     * Pools may serve every demand, but no assignment of their free addresses serves all of them.
     */
    EXHAUSTED,
    /** A requested address is not available. */
    CONFLICT,
    /**
     * The same namespace, name, and uid holds addresses as the other kind of owner: stateful for a
     * stateless request, or the reverse.
     */
    OWNER_CONFLICT
}
