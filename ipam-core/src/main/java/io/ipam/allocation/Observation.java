package io.ipam.allocation;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A mark in the history of a state. Allocations that were granted or renewed before it can be
 * compared with owners that are listed after it.
 *
 * <p>Thread safety: immutable.
 *
 * @param epoch the number of the state in which it was made; a restored state has another number
 * @param lastGeneration the highest generation assigned before the mark; every later generation is
 *     higher
 * @param at the time of the mark
 */
public record Observation(long epoch, long lastGeneration, Instant at) {
    /** Checks for null. */
    public Observation {
        requireNonNull(at, "at");
    }
}
