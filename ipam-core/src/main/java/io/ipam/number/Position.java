package io.ipam.number;

/**
 * A mutable position that the caller owns. Searches write their results to it and allocate no
 * object.
 *
 * <p>A position is an unsigned 128-bit number, {@code high * 2^64 + low}. It starts at 0.
 *
 * <p>Thread safety: none; a position belongs to one thread.
 */
public final class Position {
    private long high;
    private long low;

    /** Creates a position at 0. */
    public Position() {}

    /**
     * Moves to another position.
     *
     * @param newHigh upper 64 bits
     * @param newLow lower 64 bits
     */
    public void set(long newHigh, long newLow) {
        high = newHigh;
        low = newLow;
    }

    /**
     * Adds a number, modulo 2^128.
     *
     * @param addHigh upper 64 bits
     * @param addLow lower 64 bits
     */
    public void add(long addHigh, long addLow) {
        high = Uint128.addHigh(high, low, addHigh, addLow);
        low += addLow;
    }

    /**
     * Subtracts a number, modulo 2^128.
     *
     * @param lessHigh upper 64 bits
     * @param lessLow lower 64 bits
     */
    public void subtract(long lessHigh, long lessLow) {
        high = Uint128.subtractHigh(high, low, lessHigh, lessLow);
        low -= lessLow;
    }

    /**
     * The upper half.
     *
     * @return upper 64 bits
     */
    public long high() {
        return high;
    }

    /**
     * The lower half.
     *
     * @return lower 64 bits
     */
    public long low() {
        return low;
    }

    /**
     * Moves to a uniformly distributed number in 0..last, if the random bits are uniform. Numbers
     * that are too large are drawn again.
     *
     * <p>Source: SplitMix64 (Steele, Lea, Flood 2014).
     *
     * @param state any number, or the result of an earlier draw
     * @param lastHigh upper 64 bits of the last number
     * @param lastLow lower 64 bits of the last number
     * @return the state for the next draw
     */
    public long draw(long state, long lastHigh, long lastLow) {
        long maskHigh = onesOf(lastHigh);
        long maskLow = lastHigh == 0 ? onesOf(lastLow) : -1L;
        long next = state;
        do {
            high = maskHigh == 0 ? 0 : Hashes.mix(next += Hashes.GOLDEN) & maskHigh;
            low = Hashes.mix(next += Hashes.GOLDEN) & maskLow;
        } while (Uint128.isLess(lastHigh, lastLow, high, low));
        return next;
    }

    /** A mask of ones with the bit length of the number. */
    private static long onesOf(long number) {
        return number == 0 ? 0 : -1L >>> Long.numberOfLeadingZeros(number);
    }

    @Override
    public String toString() {
        return high == 0 ? Long.toUnsignedString(low) : "0x%x%016x".formatted(high, low);
    }
}
