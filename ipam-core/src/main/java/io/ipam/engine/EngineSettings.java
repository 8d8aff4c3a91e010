package io.ipam.engine;

/**
 * The settings of an engine's state.
 *
 * @param coolDownMillis the cool-down of released addresses; zero for none
 * @param hashSeed the seed of the hash tables, which untrusted callers must not be able to guess
 * @param statusLimitBytes the estimated size of a status text above which an event reports it
 * @param events the queue of events
 */
record EngineSettings(long coolDownMillis, long hashSeed, long statusLimitBytes, EventQueue events) {
    /** Settings without a limit of the status text. */
    EngineSettings(long coolDownMillis, long hashSeed, EventQueue events) {
        this(coolDownMillis, hashSeed, Long.MAX_VALUE, events);
    }

    EngineSettings withCoolDown(long millis) {
        return new EngineSettings(millis, hashSeed, statusLimitBytes, events);
    }
}
