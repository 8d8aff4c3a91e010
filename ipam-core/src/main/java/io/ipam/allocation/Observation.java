package io.ipam.allocation;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A mark in the history of a state: what was granted or renewed before it may be compared with
 * owners that are listed after it.
 *
 * <p>Thread safety: immutable.
 *
 * @param epoch which state it is a mark in; a restored state is another one
 * @param lastGeneration no token that was given before is above it, and every one that is given
 *     later is
 * @param at when it was made
 */
public record Observation(long epoch, long lastGeneration, Instant at) {
    /** Checks for null. */
    public Observation {
        requireNonNull(at, "at");
    }
}
