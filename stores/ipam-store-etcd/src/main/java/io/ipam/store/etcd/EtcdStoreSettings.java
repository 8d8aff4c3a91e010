package io.ipam.store.etcd;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The settings of an {@link EtcdStore}.
 *
 * <p>Thread safety: immutable.
 */
public final class EtcdStoreSettings {
    private static final EtcdStoreSettings DEFAULTS =
            new EtcdStoreSettings(Duration.ofSeconds(10), "/ipam", 128, 10_000, Duration.ofMinutes(10));
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Pattern PREFIX = Pattern.compile("/?[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*");
    private static final int LOWEST_OPERATIONS = 32;
    private static final int HIGHEST_OPERATIONS = 10_000;

    private final Duration callLimit;
    private final String prefix;
    private final int operationsPerTransaction;
    private final long keptCommits;
    private final Duration keptTime;

    private EtcdStoreSettings(
            Duration callLimit, String prefix, int operationsPerTransaction, long keptCommits, Duration keptTime) {
        this.callLimit = callLimit;
        this.prefix = prefix;
        this.operationsPerTransaction = operationsPerTransaction;
        this.keptCommits = keptCommits;
        this.keptTime = keptTime;
    }

    /** {@return the default settings, which the {@code with} methods state} */
    public static EtcdStoreSettings defaults() {
        return DEFAULTS;
    }

    /**
     * {@return a copy with this limit of a call, 10 seconds by default}
     *
     * @param limit at least 100 milliseconds and at most an hour
     */
    public EtcdStoreSettings withCallLimit(Duration limit) {
        if (requireNonNull(limit, "limit").compareTo(SHORTEST) < 0 || limit.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("limit must be 100 ms to 1 h, was " + limit);
        }
        return new EtcdStoreSettings(limit, prefix, operationsPerTransaction, keptCommits, keptTime);
    }

    /**
     * {@return a copy whose keys begin with this prefix and a slash, {@code /ipam} by default}
     *
     * @param text parts of ASCII letters, digits, dots, underscores and hyphens, with a slash
     *     between two parts and optionally before the first
     */
    public EtcdStoreSettings withPrefix(String text) {
        if (!PREFIX.matcher(requireNonNull(text, "text")).matches()) {
            throw new IllegalArgumentException("text must have parts of ASCII letters, digits, dots, underscores and "
                    + "hyphens with slashes between them, was \"" + text + "\"");
        }
        return new EtcdStoreSettings(callLimit, text, operationsPerTransaction, keptCommits, keptTime);
    }

    /**
     * {@return a copy with this maximum number of operations of a transaction, 128 by default} It
     * must not exceed {@code --max-txn-ops} of the servers.
     *
     * @param operations 32 to 10,000
     */
    public EtcdStoreSettings withOperationsPerTransaction(int operations) {
        if (operations < LOWEST_OPERATIONS || operations > HIGHEST_OPERATIONS) {
            throw new IllegalArgumentException("operations must be 32 to 10000, was " + operations);
        }
        return new EtcdStoreSettings(callLimit, prefix, operations, keptCommits, keptTime);
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
    public EtcdStoreSettings withKept(long commits, Duration time) {
        if (commits < 1) {
            throw new IllegalArgumentException("commits must be at least 1, was " + commits);
        }
        if (requireNonNull(time, "time").isNegative()) {
            throw new IllegalArgumentException("time must not be negative, was " + time);
        }
        return new EtcdStoreSettings(callLimit, prefix, operationsPerTransaction, commits, time);
    }

    /** {@return the limit of a call} */
    public Duration callLimit() {
        return callLimit;
    }

    /** {@return the beginning of all keys} */
    public String prefix() {
        return prefix;
    }

    /** {@return the maximum number of operations of a transaction} */
    public int operationsPerTransaction() {
        return operationsPerTransaction;
    }

    /** {@return the minimum number of commits that trimming keeps} */
    public long keptCommits() {
        return keptCommits;
    }

    /** {@return the time before the last commit within which trimming keeps commits} */
    public Duration keptTime() {
        return keptTime;
    }

    /** A time that is too long for milliseconds is the longest one. */
    long keptMillis() {
        return TimeUnit.MILLISECONDS.convert(keptTime);
    }

    /** The maximum number of commits that trimming keeps, whatever their times. */
    long mostCommits() {
        return 100 * Math.min(keptCommits, Long.MAX_VALUE / 100);
    }
}
