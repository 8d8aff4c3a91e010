package io.ipam.engine.commit;

/**
 * The times at which a process that has no other work requests news. The load of the realm was the
 * first request. Thread safety: none.
 */
final class NewsSchedule {
    private final long intervalMillis;
    private long next = Long.MAX_VALUE;

    NewsSchedule(long intervalMillis) {
        this.intervalMillis = intervalMillis;
    }

    boolean isDue(long nowMillis) {
        next = Math.min(next, nowMillis + intervalMillis);
        return nowMillis >= next;
    }

    /** Notes that news was read, and whether more of it may follow. */
    void read(long nowMillis, boolean isMore) {
        next = isMore ? nowMillis : nowMillis + intervalMillis;
    }

    /** Delays the next request after a failed one. */
    void putOff(long nowMillis, long millis) {
        next = nowMillis + millis;
    }

    Pause untilNext(long nowMillis) {
        return Pause.untilWork(Math.max(0, next - nowMillis));
    }
}
