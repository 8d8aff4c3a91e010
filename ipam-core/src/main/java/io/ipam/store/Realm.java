package io.ipam.store;

import static java.util.Objects.requireNonNull;

/**
 * The settings that all processes of a realm share.
 *
 * <p>Thread safety: immutable.
 *
 * @param format the version of the changes that the realm may contain; a process that supports only
 *     lower versions stops or does not open the realm
 * @param coolDownMillis the cool-down of released addresses in milliseconds, or zero for none. Then
 *     all cooling entries have expired, and a load may omit them
 * @param phase whether the realm is in use or still being created
 */
public record Realm(int format, long coolDownMillis, Phase phase) {
    /** The highest format that this version of the library supports. */
    public static final int FORMAT = 1;

    /** Checks that the format is positive and that the cool-down is not negative. */
    public Realm {
        requireNonNull(phase, "phase");
        if (format < 1) {
            throw new IllegalArgumentException("format must be at least 1, was " + format);
        }
        if (coolDownMillis < 0) {
            throw new IllegalArgumentException("coolDownMillis must not be negative, was " + coolDownMillis);
        }
    }

    /** The phase of a realm. */
    public enum Phase {
        /** Its creator is still writing the initial state; no process allocates from it. */
        LOADING,
        /** It is in use. */
        OPEN
    }
}
