package io.ipam.number;

import java.time.Duration;
import java.time.Instant;

/** Times as milliseconds since 1970. A time out of range becomes the nearest value. */
public final class Millis {
    private Millis() {}

    /**
     * {@return the milliseconds of an instant, rounded down}
     *
     * @param instant the instant
     */
    public static long of(Instant instant) {
        try {
            return instant.toEpochMilli();
        } catch (ArithmeticException e) {
            return instant.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /**
     * {@return the milliseconds of a duration that is not negative, rounded down}
     *
     * @param duration the duration
     */
    public static long of(Duration duration) {
        try {
            return duration.toMillis();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }
}
