package io.ipam.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses, ranges, and families as values. */
class AddressTest {
    @Provide
    Arbitrary<Address> addresses() {
        return Addresses.any();
    }

    private static BigInteger bits(Address address) {
        return ReferenceReader.Value.of(address).bits();
    }

    @Property(edgeCases = EdgeCasesMode.NONE, tries = 1000)
    void compareTo_neighbours_areOrdered(@ForAll("addresses") Address a, @ForAll("addresses") Address b) {
        if (a.isLast()) {
            assertThrows(IllegalStateException.class, a::next);
        } else {
            assertEquals(bits(a).add(BigInteger.ONE), bits(a.next()));
            assertEquals(a, a.next().previous());
        }
        if (a.isFirst()) {
            assertThrows(IllegalStateException.class, a::previous);
        } else {
            assertEquals(bits(a).subtract(BigInteger.ONE), bits(a.previous()));
        }
        int byFamily = a.family().compareTo(b.family());
        int expected = byFamily != 0 ? byFamily : bits(a).compareTo(bits(b));
        assertEquals(Integer.signum(expected), Integer.signum(a.compareTo(b)));
    }

    @Property(edgeCases = EdgeCasesMode.NONE, tries = 1000)
    void plus_anyNumber_isTheSumOrRefused(@ForAll("addresses") Address a, @ForAll("differences") BigInteger n) {
        BigInteger sum = bits(a).add(n);
        boolean fits = sum.signum() >= 0 && sum.compareTo(bits(a.family().last())) <= 0;
        if (fits) {
            assertEquals(sum, bits(a.plus(n)));
            assertEquals(a.family(), a.plus(n).family());
            assertEquals(n, a.distanceTo(a.plus(n)));
            assertEquals(a, a.plus(n).plus(n.negate()));
        } else {
            assertThrows(IllegalArgumentException.class, () -> a.plus(n));
        }
        if (n.bitLength() < Long.SIZE) {
            long small = n.longValueExact();
            if (fits) {
                assertEquals(a.plus(n), a.plus(small));
            } else {
                assertThrows(IllegalArgumentException.class, () -> a.plus(small));
            }
        }
    }

    @Provide
    Arbitrary<BigInteger> differences() {
        BigInteger bound = BigInteger.ONE.shiftLeft(129);
        return Arbitraries.oneOf(
                Arbitraries.of(0L, 1L, -1L, 255L, 0xffffffffL, -0xffffffffL, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE)
                        .map(BigInteger::valueOf),
                Arbitraries.longs().map(BigInteger::valueOf),
                Arbitraries.bigIntegers().between(bound.negate(), bound));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void distanceTo_anyAddress_isTheDifference(@ForAll("addresses") Address a, @ForAll("addresses") Address b) {
        if (a.family() != b.family()) {
            assertThrows(IllegalArgumentException.class, () -> a.distanceTo(b));
        } else {
            assertEquals(bits(b).subtract(bits(a)), a.distanceTo(b));
            assertEquals(b, a.plus(a.distanceTo(b)));
        }
    }

    @Test
    void plus_hugeNumber_isRefusedShortly() {
        BigInteger huge = BigInteger.ONE.shiftLeft(100_000_000).negate();
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> Address.parse("10.0.0.1").plus(huge))
                .getMessage();
        assertEquals("n must lead from 10.0.0.1 to an address of IPv4, was 100000000 bits", message);
        assertEquals(
                "n must lead from 10.0.0.1 to an address of IPv4, was -167772162",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Address.parse("10.0.0.1").plus(-167772162))
                        .getMessage());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void range_ends_areChecked(
            @ForAll("addresses") Address a, @ForAll("addresses") Address b, @ForAll("addresses") Address c) {
        if (a.family() != b.family() || a.compareTo(b) > 0) {
            assertThrows(IllegalArgumentException.class, () -> new AddressRange(a, b));
            return;
        }
        AddressRange range = new AddressRange(a, b);
        assertEquals(range, AddressRange.parse(range.toString()));
        assertEquals(bits(b).subtract(bits(a)).add(BigInteger.ONE), range.size());
        boolean inside = c.family() == a.family() && a.compareTo(c) <= 0 && c.compareTo(b) <= 0;
        AddressRange one = AddressRange.of(c);
        assertEquals(inside, range.contains(c));
        assertEquals(inside, range.contains(one));
        assertEquals(inside, range.overlaps(one));
        assertEquals(inside, one.overlaps(range));
        assertTrue(range.contains(range));
        assertEquals(
                Integer.signum(a.equals(c) ? b.compareTo(c) : a.compareTo(c)), Integer.signum(range.compareTo(one)));
    }

    @Test
    void family_constants_haveTheirNumbers() {
        assertEquals(4, Family.IPV4.number());
        assertEquals(6, Family.IPV6.number());
        for (int number = -1; number < 10; number++) {
            int wanted = number;
            assertEquals(
                    Stream.of(Family.values())
                            .filter(family -> family.number() == wanted)
                            .findFirst(),
                    Family.ofNumber(number));
        }
        assertEquals("IPv4", Family.IPV4.label());
        assertEquals(128, Family.IPV6.bits());
        assertEquals("0.0.0.0", Family.IPV4.first().toString());
        assertEquals("255.255.255.255", Family.IPV4.last().toString());
        assertEquals("::", Family.IPV6.first().toString());
        assertEquals(
                "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", Family.IPV6.last().toString());
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "0, 4294967296", "0, -1", "-1, 0"})
    void constructor_bitsBeyondFamily_throws(long high, long low) {
        assertThrows(IllegalArgumentException.class, () -> new Address(Family.IPV4, high, low));
        assertFalse(new Address(Family.IPV6, high, low).isFirst());
    }
}
