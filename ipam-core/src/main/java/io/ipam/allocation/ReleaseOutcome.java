package io.ipam.allocation;

/** What became of the release of an address or a block of a {@link RangeAllocator}. */
public enum ReleaseOutcome {
    /** It was allocated, and is free now. */
    RELEASED,
    /** It was free; nothing has changed. */
    NOT_ALLOCATED,
    /** Some of it was allocated, some was free; nothing has changed. */
    PARTLY_ALLOCATED,
    /** It is no unit, or no run of units, of the set; nothing has changed. */
    OUTSIDE
}
