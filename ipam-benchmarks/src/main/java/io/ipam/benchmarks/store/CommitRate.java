package io.ipam.benchmarks.store;

/** Commits one after the other for a time. Thread safety: none needed; no state. */
final class CommitRate {
    private CommitRate() {}

    /** {@return the commits per second during a time} At least one commit is made. */
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
