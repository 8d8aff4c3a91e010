package io.ipam.engine.commit;

/**
 * The time between two steps of a committer.
 *
 * @param millis the time
 * @param endsEarly whether a call, a hint, or a close ends it; a pause after a failure ends only
 *     with a close
 */
public record Pause(long millis, boolean endsEarly) {
    /** No pause: the next step is due. */
    static final Pause NONE = new Pause(0, true);

    /** The pause after the last step. */
    public static final Pause END = new Pause(Long.MAX_VALUE, false);

    static Pause untilWork(long millis) {
        return new Pause(millis, true);
    }

    static Pause afterFailure(long millis) {
        return new Pause(millis, false);
    }
}
