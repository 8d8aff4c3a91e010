package io.ipam.engine.state;

import java.time.Duration;

/**
 * The settings of an engine's state.
 *
 * @param coolDownMillis the cool-down of released addresses; zero for none
 * @param hashSeed the seed of the hash tables, which untrusted callers must not be able to guess
 * @param statusLimitBytes the estimated size of a status text above which an event reports it
 * @param reconcileGrace the minimum time between two observations that confirm an orphan
 * @param events the queue of events
 */
public record StateSettings(
        long coolDownMillis, long hashSeed, long statusLimitBytes, Duration reconcileGrace, EventQueue events) {
    /** {@return a copy with another cool-down} */
    public StateSettings withCoolDown(long millis) {
        return new StateSettings(millis, hashSeed, statusLimitBytes, reconcileGrace, events);
    }
}
