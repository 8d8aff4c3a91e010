package io.ipam.engine.commit;

import io.ipam.store.News;

/**
 * The times at which a process that has no other work requests news. The load of the realm was the
 * first request. Thread safety: none.
 */
final class NewsSchedule {
    private final long intervalMillis;
    private long next = Long.MAX_VALUE;
    /** The number of commits of the longest news. */
    private int longest;

    NewsSchedule(long intervalMillis) {
        this.intervalMillis = intervalMillis;
    }

    boolean isDue(long nowMillis) {
        next = Math.min(next, nowMillis + intervalMillis);
        return nowMillis >= next;
    }

    /**
     * Notes news that was read; returns whether more may follow. A store cuts news at a fixed
     * number of commits, so news that is shorter than the longest one is complete.
     */
    boolean read(News news, long nowMillis) {
        boolean isMore = mayBeCut(news);
        next = isMore ? nowMillis : nowMillis + intervalMillis;
        return isMore;
    }

    private boolean mayBeCut(News news) {
        if (!(news instanceof News.Since since)) {
            return true; // The load that follows is not news.
        }
        int commits = since.commits().size();
        boolean isLongest = commits >= longest;
        longest = Math.max(longest, commits);
        return commits > 0 && isLongest;
    }

    /** Delays the next request after a failed one. */
    void putOff(long nowMillis, long millis) {
        next = nowMillis + millis;
    }

    Pause untilNext(long nowMillis) {
        return Pause.untilWork(Math.max(0, next - nowMillis));
    }
}
