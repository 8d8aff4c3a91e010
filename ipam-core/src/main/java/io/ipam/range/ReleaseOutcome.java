package io.ipam.range;

/** The outcome of the release of an address or a prefix. */
public enum ReleaseOutcome {
    /** It was allocated and is now free. */
    RELEASED,
    /** It was free; nothing has changed. */
    NOT_ALLOCATED,
    /** A part of it was allocated, and the rest was free; nothing has changed. */
    PARTLY_ALLOCATED,
    /** Something is allocated by the allocator of the unit; nothing has changed. */
    NOT_EMPTY,
    /** It is not a unit or a run of units of the set; nothing has changed. */
    OUTSIDE
}
