package io.ipam.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** Arithmetic on both halves, and uniform draws. */
class PositionTest {
    private static final long[] EDGES = {0, 1, 2, Long.MAX_VALUE, Long.MIN_VALUE, -2, -1};

    private static BigInteger value(long high, long low) {
        return Uint128.toBigInteger(high, low);
    }

    @Test
    void arithmetic_anyNumbers_isModulo2To128() {
        BigInteger modulus = BigInteger.ONE.shiftLeft(128);
        Position at = new Position();
        for (long a : EDGES) {
            for (long b : EDGES) {
                for (long c : EDGES) {
                    for (long d : EDGES) {
                        at.set(a, b);
                        at.add(c, d);
                        assertEquals(value(a, b).add(value(c, d)).mod(modulus), value(at.high(), at.low()));
                        at.set(a, b);
                        at.subtract(c, d);
                        assertEquals(value(a, b).subtract(value(c, d)).mod(modulus), value(at.high(), at.low()));
                    }
                }
            }
        }
    }

    @Test
    void toString_position_isItsNumber() {
        Position at = new Position();
        assertEquals("0", at.toString());
        at.set(0, -1);
        assertEquals("18446744073709551615", at.toString());
        at.set(1, 255);
        assertEquals("0x100000000000000ff", at.toString());
    }

    /** None of the maxima is a power of two, so some draws are repeated. */
    @Test
    void random_manyDraws_isUniform() {
        assertSpread(3, i -> drawn(i, 0, 2, false));
        assertSpread(5, i -> drawn(i, 0, 4, false));
        assertSpread(3, i -> drawn(i, 2, -1, true));
        assertSpread(2, i -> drawn(i, 2, -1, false) & 1);
        assertSpread(2, i -> drawn(i, 0, 0x17FF, false) >> 3 & 1);
    }

    private static int drawn(int seed, long lastHigh, long lastLow, boolean upper) {
        Position at = new Position();
        at.draw(Hashes.mix(seed), lastHigh, lastLow);
        assertTrue(!Uint128.isLess(lastHigh, lastLow, at.high(), at.low()), at::toString);
        return (int) (upper ? at.high() : at.low());
    }

    /** The result of a draw is the seed of the next. */
    @Test
    void random_returnedState_continuesSequence() {
        Position at = new Position();
        long[] state = {1};
        assertSpread(3, i -> {
            state[0] = at.draw(state[0], 0, 2);
            return (int) at.low();
        });
    }

    /** Chi-square at the level of 0.1 % for up to 6 degrees of freedom, with fixed seeds. */
    private static void assertSpread(int n, IntUnaryOperator draw) {
        int expected = 3000;
        int[] counts = new int[n];
        for (int i = 0; i < n * expected; i++) {
            counts[draw.applyAsInt(i)]++;
        }
        double chi = 0;
        for (int count : counts) {
            chi += (double) (count - expected) * (count - expected) / expected;
        }
        assertTrue(chi < new double[] {0, 0, 10.8, 13.8, 16.3, 18.5, 20.5, 22.5}[n], "chi-square " + chi + " for " + n);
    }
}
