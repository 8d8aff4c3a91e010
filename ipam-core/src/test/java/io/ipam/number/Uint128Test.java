package io.ipam.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** All arithmetic against BigInteger, with many halves at a boundary. */
class Uint128Test {
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(128);

    @Provide
    Arbitrary<Long> half() {
        Arbitrary<Long> boundary = Arbitraries.of(0L, 1L, 2L, -1L, -2L, Long.MAX_VALUE, Long.MIN_VALUE, 0xffff_ffffL);
        return Arbitraries.oneOf(boundary, Arbitraries.longs());
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void arithmetic_anyNumbers_equalsBigInteger(
            @ForAll("half") long aHigh,
            @ForAll("half") long aLow,
            @ForAll("half") long bHigh,
            @ForAll("half") long bLow) {
        BigInteger a = big(aHigh, aLow);
        BigInteger b = big(bHigh, bLow);
        assertEquals(a, Uint128.toBigInteger(aHigh, aLow));
        assertEquals(aHigh, Uint128.high(a));
        assertEquals(aLow, Uint128.low(a));
        assertEquals(Integer.signum(a.compareTo(b)), Integer.signum(Uint128.compare(aHigh, aLow, bHigh, bLow)));
        assertEquals(a.compareTo(b) < 0, Uint128.isLess(aHigh, aLow, bHigh, bLow));
        same(a.add(b), Uint128.addHigh(aHigh, aLow, bHigh, bLow), Uint128.addLow(aLow, bLow));
        same(a.subtract(b), Uint128.subtractHigh(aHigh, aLow, bHigh, bLow), Uint128.subtractLow(aLow, bLow));
        same(a.add(BigInteger.ONE), Uint128.incrementHigh(aHigh, aLow), aLow + 1);
        same(a.subtract(BigInteger.ONE), Uint128.decrementHigh(aHigh, aLow), aLow - 1);
    }

    @Property
    void mask_everyLength_isExact(@ForAll @IntRange(max = 128) int bits, @ForAll @IntRange(max = 128) int width) {
        BigInteger ones = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
        same(ones, Uint128.onesHigh(bits), Uint128.onesLow(bits));
        int length = Math.min(bits, width);
        BigInteger mask =
                BigInteger.ONE.shiftLeft(length).subtract(BigInteger.ONE).shiftLeft(width - length);
        same(mask, Uint128.maskHigh(width, length), Uint128.maskLow(width, length));
    }

    @Property(edgeCases = EdgeCasesMode.NONE, tries = 20)
    void shift_everyDistance_isExact(@ForAll("half") long high, @ForAll("half") long low) {
        BigInteger value = big(high, low);
        for (int bits = 0; bits <= 128; bits++) {
            same(value.shiftLeft(bits), Uint128.shiftLeftHigh(high, low, bits), Uint128.shiftLeftLow(low, bits));
            same(value.shiftRight(bits), Uint128.shiftRightHigh(high, bits), Uint128.shiftRightLow(high, low, bits));
        }
    }

    @Property
    void fits_bounds_areExact(@ForAll BigInteger value) {
        assertEquals(value.signum() >= 0 && value.compareTo(MODULUS) < 0, Uint128.fits(value));
        assertTrue(Uint128.fits(MODULUS.subtract(BigInteger.ONE)));
        assertFalse(Uint128.fits(MODULUS));
        assertFalse(Uint128.fits(BigInteger.ONE.negate()));
    }

    private static void same(BigInteger expected, long high, long low) {
        assertEquals(expected.mod(MODULUS), big(high, low));
    }

    private static BigInteger big(long high, long low) {
        return new BigInteger(Long.toUnsignedString(high))
                .shiftLeft(64)
                .add(new BigInteger(Long.toUnsignedString(low)));
    }
}
