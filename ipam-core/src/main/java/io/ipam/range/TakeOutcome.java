package io.ipam.range;

/** The outcome of allocating a given address or prefix. */
public enum TakeOutcome {
    /** It was free and is now allocated. */
    ALLOCATED,
    /** It, or a part of it, was allocated before; nothing has changed. */
    TAKEN,
    /** It is not a unit or a run of units of the set; nothing has changed. */
    OUTSIDE
}
