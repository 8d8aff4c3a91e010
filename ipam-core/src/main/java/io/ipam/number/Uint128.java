package io.ipam.number;

import java.math.BigInteger;

/**
 * Arithmetic on unsigned 128-bit numbers that a caller holds in two longs, {@code high} (bits 127
 * to 64) and {@code low} (bits 63 to 0). A sum or a difference has one method for each half of the
 * result; both halves wrap around at 2^128.
 *
 * <p>Cost: a few instructions and 0 B per call, except for methods with {@link BigInteger}. Thread
 * safety: no state.
 */
public final class Uint128 {
    /** The width in bits. */
    public static final int BITS = 128;

    private static final BigInteger LOW_MASK = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private Uint128() {}

    /**
     * {@return negative, zero or positive as a is less than, equal to or greater than b}
     *
     * @param aHigh bits 127 to 64 of a
     * @param aLow bits 63 to 0 of a
     * @param bHigh bits 127 to 64 of b
     * @param bLow bits 63 to 0 of b
     */
    public static int compare(long aHigh, long aLow, long bHigh, long bLow) {
        return aHigh == bHigh ? Long.compareUnsigned(aLow, bLow) : Long.compareUnsigned(aHigh, bHigh);
    }

    /**
     * {@return whether a is less than b}
     *
     * @param aHigh bits 127 to 64 of a
     * @param aLow bits 63 to 0 of a
     * @param bHigh bits 127 to 64 of b
     * @param bLow bits 63 to 0 of b
     */
    public static boolean isLess(long aHigh, long aLow, long bHigh, long bLow) {
        return aHigh == bHigh ? isLess(aLow, bLow) : isLess(aHigh, bHigh);
    }

    /**
     * {@return the high half of a + b}
     *
     * @param aHigh bits 127 to 64 of a
     * @param aLow bits 63 to 0 of a
     * @param bHigh bits 127 to 64 of b
     * @param bLow bits 63 to 0 of b
     */
    public static long addHigh(long aHigh, long aLow, long bHigh, long bLow) {
        return aHigh + bHigh + (isLess(aLow + bLow, aLow) ? 1 : 0);
    }

    /**
     * {@return the low half of a + b}
     *
     * @param aLow bits 63 to 0 of a
     * @param bLow bits 63 to 0 of b
     */
    public static long addLow(long aLow, long bLow) {
        return aLow + bLow;
    }

    /**
     * {@return the high half of a - b}
     *
     * @param aHigh bits 127 to 64 of a
     * @param aLow bits 63 to 0 of a
     * @param bHigh bits 127 to 64 of b
     * @param bLow bits 63 to 0 of b
     */
    public static long subtractHigh(long aHigh, long aLow, long bHigh, long bLow) {
        return aHigh - bHigh - (isLess(aLow, bLow) ? 1 : 0);
    }

    /**
     * {@return the low half of a - b}
     *
     * @param aLow bits 63 to 0 of a
     * @param bLow bits 63 to 0 of b
     */
    public static long subtractLow(long aLow, long bLow) {
        return aLow - bLow;
    }

    /**
     * {@return the high half of a + 1}
     *
     * @param high bits 127 to 64
     * @param low bits 63 to 0
     */
    public static long incrementHigh(long high, long low) {
        return low == -1L ? high + 1 : high;
    }

    /**
     * {@return the high half of a - 1; the low half is {@code low - 1}}
     *
     * @param high bits 127 to 64
     * @param low bits 63 to 0
     */
    public static long decrementHigh(long high, long low) {
        return low == 0 ? high - 1 : high;
    }

    /**
     * {@return the high half of the number whose upper {@code length} bits of {@code width} are
     * one: a network mask}
     *
     * @param width the number of bits of an address
     * @param length the prefix length
     */
    public static long maskHigh(int width, int length) {
        return ~onesHigh(width - length) & onesHigh(width);
    }

    /**
     * {@return the low half of the number whose upper {@code length} bits of {@code width} are one}
     *
     * @param width the number of bits of an address
     * @param length the prefix length
     */
    public static long maskLow(int width, int length) {
        return ~onesLow(width - length) & onesLow(width);
    }

    /**
     * {@return the high half of 2^{@code bits} - 1, for 0 to 128 bits}
     *
     * @param bits the number of ones
     */
    public static long onesHigh(int bits) {
        return bits <= 64 ? 0 : -1L >>> (BITS - bits);
    }

    /**
     * {@return the low half of 2^{@code bits} - 1, for 0 to 128 bits}
     *
     * @param bits the number of ones
     */
    public static long onesLow(int bits) {
        if (bits == 0) {
            return 0;
        }
        return bits >= 64 ? -1L : -1L >>> (64 - bits);
    }

    /**
     * {@return the high half of the number shifted left}
     *
     * @param high bits 127 to 64
     * @param low bits 63 to 0
     * @param bits the distance, 0 to 128
     */
    public static long shiftLeftHigh(long high, long low, int bits) {
        if (bits >= 64) {
            return bits == BITS ? 0 : low << bits;
        }
        return bits == 0 ? high : high << bits | low >>> -bits;
    }

    /**
     * {@return the low half of the number shifted left}
     *
     * @param low bits 63 to 0
     * @param bits the distance, 0 to 128
     */
    public static long shiftLeftLow(long low, int bits) {
        return bits >= 64 ? 0 : low << bits;
    }

    /**
     * {@return the high half of the number shifted right}
     *
     * @param high bits 127 to 64
     * @param bits the distance, 0 to 128
     */
    public static long shiftRightHigh(long high, int bits) {
        return bits >= 64 ? 0 : high >>> bits;
    }

    /**
     * {@return the low half of the number shifted right}
     *
     * @param high bits 127 to 64
     * @param low bits 63 to 0
     * @param bits the distance, 0 to 128
     */
    public static long shiftRightLow(long high, long low, int bits) {
        if (bits >= 64) {
            return bits == BITS ? 0 : high >>> bits;
        }
        return bits == 0 ? low : low >>> bits | high << -bits;
    }

    /**
     * {@return the number of zeros at the low end: 0 to 127, or 128 for the number 0}
     *
     * @param high bits 127 to 64
     * @param low bits 63 to 0
     */
    public static int trailingZeros(long high, long low) {
        return low != 0 ? Long.numberOfTrailingZeros(low) : Long.SIZE + Long.numberOfTrailingZeros(high);
    }

    /**
     * {@return the number of bits without leading zeros: 0 for the number 0, up to 128}
     *
     * @param high bits 127 to 64
     * @param low bits 63 to 0
     */
    public static int bitLength(long high, long low) {
        return high != 0 ? BITS - Long.numberOfLeadingZeros(high) : Long.SIZE - Long.numberOfLeadingZeros(low);
    }

    /**
     * {@return the number as a BigInteger, never negative} Cost: allocates.
     *
     * @param high bits 127 to 64
     * @param low bits 63 to 0
     */
    public static BigInteger toBigInteger(long high, long low) {
        BigInteger lower = BigInteger.valueOf(low).and(LOW_MASK);
        return high == 0
                ? lower
                : BigInteger.valueOf(high).and(LOW_MASK).shiftLeft(64).or(lower);
    }

    /**
     * {@return whether the value is at least 0 and less than 2^128}
     *
     * @param value the value
     */
    public static boolean fits(BigInteger value) {
        return value.signum() >= 0 && value.bitLength() <= BITS;
    }

    /**
     * {@return bits 127 to 64 of a value that {@linkplain #fits fits}}
     *
     * @param value the value
     */
    public static long high(BigInteger value) {
        return value.shiftRight(64).longValue();
    }

    /**
     * {@return bits 63 to 0 of a value that {@linkplain #fits fits}}
     *
     * @param value the value
     */
    public static long low(BigInteger value) {
        return value.longValue();
    }

    private static boolean isLess(long a, long b) {
        return a + Long.MIN_VALUE < b + Long.MIN_VALUE;
    }
}
