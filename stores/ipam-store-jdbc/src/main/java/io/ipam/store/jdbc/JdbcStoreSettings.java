package io.ipam.store.jdbc;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The settings of a {@link JdbcStore}.
 *
 * <p>Thread safety: immutable.
 */
public final class JdbcStoreSettings {
    private static final JdbcStoreSettings DEFAULTS =
            new JdbcStoreSettings(Duration.ofSeconds(10), 10_000, Duration.ofMinutes(10), true);
    private static final Duration SHORTEST = Duration.ofMillis(100);

    private final Duration callLimit;
    private final long keptCommits;
    private final Duration keptTime;
    private final boolean survivesPowerLoss;

    private JdbcStoreSettings(Duration callLimit, long keptCommits, Duration keptTime, boolean survivesPowerLoss) {
        this.callLimit = callLimit;
        this.keptCommits = keptCommits;
        this.keptTime = keptTime;
        this.survivesPowerLoss = survivesPowerLoss;
    }

    /** {@return the default settings, which the {@code with} methods state} */
    public static JdbcStoreSettings defaults() {
        return DEFAULTS;
    }

    /**
     * {@return a copy with this limit of a call, 10 seconds by default} A call waits for a lock for
     * two fifths of it. PostgreSQL ends a transaction that holds the lock and is idle for a
     * thirtieth of it.
     *
     * @param limit at least 100 milliseconds and at most an hour
     */
    public JdbcStoreSettings withCallLimit(Duration limit) {
        if (requireNonNull(limit, "limit").compareTo(SHORTEST) < 0 || limit.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("limit must be 100 ms to 1 h, was " + limit);
        }
        return new JdbcStoreSettings(limit, keptCommits, keptTime, survivesPowerLoss);
    }

    /**
     * {@return a copy whose trimming keeps at least this number of commits and the commits of this
     * time; by default 10,000 and 10 minutes}
     *
     * <p>It keeps at most 100 times this number, 1,000,000 by default. The reason is that a clock
     * that was ahead can make old commits look recent.
     *
     * @param commits the number, at least 1
     * @param time the time before the last commit, not negative
     */
    public JdbcStoreSettings withKept(long commits, Duration time) {
        if (commits < 1) {
            throw new IllegalArgumentException("commits must be at least 1, was " + commits);
        }
        if (requireNonNull(time, "time").isNegative()) {
            throw new IllegalArgumentException("time must not be negative, was " + time);
        }
        return new JdbcStoreSettings(callLimit, commits, time, survivesPowerLoss);
    }

    /**
     * {@return a copy whose commits to H2 survive a crash of the process, but not a loss of power}
     * This saves a disk write per commit. PostgreSQL has its own settings for this.
     */
    public JdbcStoreSettings withoutPowerLossProtection() {
        return new JdbcStoreSettings(callLimit, keptCommits, keptTime, false);
    }

    /** {@return the limit of a call} */
    public Duration callLimit() {
        return callLimit;
    }

    /** {@return the minimum number of commits that trimming keeps} */
    public long keptCommits() {
        return keptCommits;
    }

    /** {@return the time before the last commit within which trimming keeps commits} */
    public Duration keptTime() {
        return keptTime;
    }

    /** {@return whether a commit to H2 survives a loss of power} */
    public boolean survivesPowerLoss() {
        return survivesPowerLoss;
    }

    /** A time that is too long for milliseconds is the longest one. */
    long keptMillis() {
        return TimeUnit.MILLISECONDS.convert(keptTime);
    }

    /** The maximum number of commits that trimming keeps, whatever their times. */
    long mostCommits() {
        return 100 * Math.min(keptCommits, Long.MAX_VALUE / 100);
    }

    /** The longest wait for a lock, in milliseconds. */
    long lockMillis() {
        return callLimit.toMillis() * 2 / 5;
    }

    /** The longest time that a transaction may be idle while it holds the lock, in milliseconds. */
    long idleMillis() {
        return Math.max(1, callLimit.toMillis() / 30);
    }
}
