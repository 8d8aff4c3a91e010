package io.ipam.engine;

/**
 * The settings of an engine's state.
 *
 * @param coolDownMillis the cool-down of released addresses; zero for none
 * @param hashSeed the seed of the hash tables, which untrusted names must not be able to guess
 * @param events the queue of events
 */
record EngineSettings(long coolDownMillis, long hashSeed, EventQueue events) {
    EngineSettings withCoolDown(long millis) {
        return new EngineSettings(millis, hashSeed, events);
    }
}
