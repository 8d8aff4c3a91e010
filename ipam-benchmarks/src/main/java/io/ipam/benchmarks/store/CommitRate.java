package io.ipam.benchmarks.store;

/** Commits one after the other for a time. Thread safety: none needed; no state. */
final class CommitRate {
    private CommitRate() {}

    /** Commits during a time, at least once; returns the commits per second. */
    static double of(long millis, Runnable commit) {
        long started = System.nanoTime();
        long until = started + millis * 1_000_000;
        int commits = 0;
        long now = started;
        while (now < until || commits == 0) {
            commit.run();
            commits++;
            now = System.nanoTime();
        }
        return commits * 1e9 / (now - started);
    }
}
