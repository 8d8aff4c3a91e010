package io.ipam.engine.commit;

/**
 * The times of a committer, in milliseconds.
 *
 * @param newsIntervalMillis the maximum time between two requests for news
 * @param closeMillis the maximum time that a close waits for a commit whose outcome is unknown
 * @param firstBackoffMillis the time before a failed call of the store is repeated
 * @param lastBackoffMillis the maximum of that time, which doubles with each failure
 */
public record CommitterSettings(
        long newsIntervalMillis, long closeMillis, long firstBackoffMillis, long lastBackoffMillis) {}
