package io.ipam.engine.swap;

/**
 * The generation from which a restored state continues. A snapshot lacks the generations that a
 * crashed process assigned after it. To exceed them, the count continues at least at the
 * milliseconds since 1970 times 2^20. It exceeds those of any process that has assigned fewer than
 * 2^20 generations per millisecond, unless the clock is set back between two restores.
 *
 * <p>The milliseconds are capped so that their product is below 2^62. A generation in a snapshot
 * must be at most 2^62 + 2^61, which leaves 2^61 generations.
 */
final class Generations {
    private static final int TOKENS_PER_MILLI_BITS = 20;
    private static final long LAST_LEAP = Long.MAX_VALUE >> (TOKENS_PER_MILLI_BITS + 1);

    /**
     * The highest generation that a record may have. No state assigns a higher one, and it would
     * leave too few.
     */
    static final long HIGHEST = (1L << 62) + (1L << 61);

    private Generations() {}

    /**
     * The generation from which a restored state continues: at least {@code highest}, the highest
     * known one.
     */
    static long afterRestore(long highest, long nowMillis) {
        long leap = Math.max(0, Math.min(nowMillis, LAST_LEAP)) << TOKENS_PER_MILLI_BITS;
        return Math.max(highest, leap);
    }
}
