package io.ipam.range;

/** The outcome of taking a given address or prefix. */
public enum TakeOutcome {
    /** It was free, and is allocated now. */
    ALLOCATED,
    /** It was allocated before, or a part of it was; nothing has changed. */
    TAKEN,
    /** It is no unit, or no run of units, of the set; nothing has changed. */
    OUTSIDE
}
