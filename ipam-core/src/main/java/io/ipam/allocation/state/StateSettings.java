package io.ipam.allocation.state;

import org.jspecify.annotations.Nullable;

/**
 * What a state is told once.
 *
 * @param coolDownMillis how long a released address cools down; 0 for not at all
 * @param events where events go; null when nobody listens
 */
public record StateSettings(long coolDownMillis, @Nullable EventQueue events) {
    /**
     * Checks that the cool-down is not negative.
     *
     * @param coolDownMillis how long a released address cools down; 0 for not at all
     * @param events where events go; null when nobody listens
     */
    public StateSettings {
        if (coolDownMillis < 0) {
            throw new IllegalArgumentException("coolDownMillis is negative: " + coolDownMillis);
        }
    }
}
