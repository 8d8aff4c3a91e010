package io.ipam.engine;

/**
 * Where the count of generations goes on after a restore. Tokens that were given after the snapshot
 * was taken, by a process that is gone, are not in it; so the count leaps over them: to the
 * milliseconds since 1970, in units of 2^-20 ms. It stays ahead of any process that gave fewer than
 * 2^20 tokens per millisecond since, as long as the clock does not go back between two restores.
 *
 * <p>A leap ends at 2^62 at most. What a snapshot has is at most 2^62 + 2^61, else nobody gave it;
 * 2^61 tokens are left then.
 */
final class Generations {
    private static final int TOKENS_PER_MILLI_BITS = 20;
    private static final long LAST_LEAP = Long.MAX_VALUE >> (TOKENS_PER_MILLI_BITS + 1);

    /**
     * No state gives more tokens than that: what is beyond was made up, and would leave none to go
     * on with.
     */
    static final long HIGHEST = (1L << 62) + (1L << 61);

    private Generations() {}

    /**
     * The count from which a restored state goes on: at least {@code highest}, the highest that is
     * known.
     */
    static long afterRestore(long highest, long nowMillis) {
        long leap = Math.max(0, Math.min(nowMillis, LAST_LEAP)) << TOKENS_PER_MILLI_BITS;
        return Math.max(highest, leap);
    }
}
