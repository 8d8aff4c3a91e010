package io.ipam.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.problem.Problem;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Prefixes against ranges, and their text. */
class PrefixTest {
    @Provide
    Arbitrary<Address> addresses() {
        return Addresses.any();
    }

    @Provide
    Arbitrary<Prefix> prefixes() {
        return Addresses.any()
                .flatMap(address -> Arbitraries.integers()
                        .between(0, address.family().bits())
                        .map(length -> Prefix.masked(address, length)));
    }

    @Provide
    Arbitrary<Prefix[]> pairs() {
        return Combinators.combine(
                        prefixes(), prefixes(), Arbitraries.integers().between(-3, 3))
                .as((a, b, step) -> {
                    int length = Math.max(0, Math.min(a.family().bits(), a.length() + step));
                    return new Prefix[] {a, step == 0 ? b : Prefix.masked(a.last(), length)};
                });
    }

    @Property(edgeCases = EdgeCasesMode.NONE, tries = 1000)
    void prefix_asRange_hasItsEnds(@ForAll("pairs") Prefix[] pair) {
        Prefix a = pair[0];
        Prefix b = pair[1];
        assertEquals(BigInteger.TWO.pow(a.family().bits() - a.length()), a.size());
        assertEquals(a.size(), a.range().size());
        assertEquals(a.first(), a.range().first());
        assertEquals(a.range().contains(b.range()), a.contains(b));
        assertEquals(a.range().contains(b.range()), a.contains(b.range()));
        assertEquals(a.range().contains(b.first()), a.contains(b.first()));
        assertEquals(a.range().overlaps(b.range()), a.overlaps(b));
        assertEquals(a, Prefix.masked(a.last(), a.length()));
        assertEquals(AddressSet.of(a.range()), AddressSet.of(a));
        assertEquals(a.equals(b), a.compareTo(b) == 0);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void parse_writtenText_isEqual(@ForAll("prefixes") Prefix prefix) {
        boolean mapped = prefix.length() >= 96 && AddressText.isMapped(prefix.base());
        if (mapped) {
            assertThrows(InvalidAddressException.class, () -> Prefix.parse(prefix.toString()));
            assertThrows(InvalidAddressException.class, () -> Prefix.parseCanonical(prefix.toString()));
        } else {
            assertEquals(prefix, Prefix.parseCanonical(prefix.toString()));
            assertEquals(prefix, Prefix.parse(prefix.toString()));
            assertEquals(prefix, Prefix.parse(prefix.family(), prefix.toString()));
            assertEquals(prefix, Prefix.parseMasked(prefix.last() + "/" + prefix.length()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10.40.3.9/24, 10.40.3.0/24, 9",
        "10.40.3.0/024, 10.40.3.0/24, 11",
        "10.40.3.0/0, 0.0.0.0/0, 1",
        "10.40.3.0/00, 0.0.0.0/0, 1",
        "FD40:0::1/064, fd40::/64, 1",
        "fd40::1/64, fd40::/64, 7",
        "::10.40.3.1/120, ::a28:300/120, 3",
        "10.40.3.0/000000000000000000000000000000000000000000000000000024, 10.40.3.0/24, 11"
    })
    void mask_everyLength_isExact(String text, String canonical, int column) {
        assertEquals(canonical, Prefix.parseMasked(text).toString());
        Problem problem = AddressTextTest.problemOf(() -> Prefix.parseCanonical(text));
        assertEquals("write " + canonical, problem.hint());
        assertEquals(column, problem.position().column());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "10.40.3.0/33, 11, a prefix length of IPv4 must be at most 32",
                "fd40::/129, 8, a prefix length of IPv6 must be at most 128",
                "10.40.3.0/18446744073709551640, 11, a prefix length of IPv4 must be at most 32",
                "10.40.3.0/, 11, \"a prefix must be an address, '/' and a prefix length in decimal digits\"",
                "10.40.3.0/-1, 11, \"a prefix must be an address, '/' and a prefix length in decimal digits\"",
                "10.40.3.0/+24, 11, \"a prefix must be an address, '/' and a prefix length in decimal digits\"",
                "10.40.3.0/24/24, 13, \"a prefix must be an address, '/' and a prefix length in decimal digits\"",
                "10.40.3.0/255.255.255.0, 11, a prefix length of IPv4 must be at most 32",
                "10.40.3.0/2a, 12, \"a prefix must be an address, '/' and a prefix length in decimal digits\"",
                "10.40.3.0/２4, 11, \"a prefix must be an address, '/' and a prefix length in decimal digits\"",
                "10.40.3.0, 10, \"a prefix must be an address, '/' and a prefix length in decimal digits\"",
                "bad, 4, \"a prefix must be an address, '/' and a prefix length in decimal digits\"",
                "/24, 1, an address is required",
                "10.40.3/24, 8, an IPv4 address must be four decimal numbers with dots between them",
                "10.40.03.0/24, 7, a number of an IPv4 address must not have a leading zero",
                "fd40::%eth0/64, 7, an address must not have a zone",
                "\" 10.40.3.0/24\", 1, white space is not allowed",
                "::ffff:0:0/96, 1, an IPv4 prefix must not be written as an IPv6 prefix",
                "::ffff:10.40.3.0/120, 1, an IPv4 prefix must not be written as an IPv6 prefix",
                "::ffff:10.40.3.0/24, 1, an IPv4 prefix must not be written as an IPv6 prefix",
                "10.40.3.0/000000000000000000000000000000000000000000000000000000024, 65, a prefix must have at most 64 characters"
            })
    void parse_invalidText_throws(String text, int column, String rule) {
        Problem problem = AddressTextTest.problemOf(() -> Prefix.parseMasked(text));
        assertEquals(rule, problem.rule());
        assertEquals(column, problem.position().column());
        assertEquals(rule, AddressTextTest.problemOf(() -> Prefix.parse(text)).rule());
        assertEquals(
                rule,
                AddressTextTest.problemOf(() -> Prefix.parseCanonical(text)).rule());
    }

    /** The address parts of all spellings of one prefix; its base is {@code 2001:db8:0:a::}. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2001:db8:0:a::/64",
                "2001:DB8:0:A::/64",
                "2001:0db8:0000:000a:0000:0000:0000:0000/64",
                "2001:db8:0:a:0:0:0.0.0.0/64",
                "2001:db8:0:a::0.0.0.0/64",
                "2001:db8:0:a::0/064"
            })
    void parse_anySpelling_readsThePrefix(String text) {
        Prefix prefix = Prefix.parse(text);
        assertEquals("2001:db8:0:a::/64", prefix.toString());
        assertEquals(prefix, Prefix.parse(Family.IPV6, text));
        assertEquals(text.equals(prefix.toString()), isCanonical(text));
    }

    private static boolean isCanonical(String text) {
        try {
            Prefix.parseCanonical(text);
            return true;
        } catch (InvalidAddressException notCanonical) {
            return false;
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE, tries = 1000)
    void parse_everySpelling_isThePrefix(@ForAll("prefixes") Prefix prefix) {
        if (prefix.length() >= 96 && AddressText.isMapped(prefix.base())) {
            return;
        }
        for (String base : spellings(prefix.base())) {
            for (String slash : List.of("/", "/0", "/00")) {
                assertEquals(prefix, Prefix.parse(base + slash + prefix.length()), base);
                assertEquals(prefix, Prefix.parse(prefix.family(), base + slash + prefix.length()), base);
            }
        }
    }

    /** In either case, with all zeros, and with a dotted tail if it is allowed. */
    private static List<String> spellings(Address address) {
        String canonical = address.toString();
        if (address.family() == Family.IPV4) {
            return List.of(canonical);
        }
        String bits = String.format("%016x%016x", address.high(), address.low());
        String groups = bits.replaceAll("(.{4})(?=.)", "$1:");
        String tail = new Address(Family.IPV4, 0, address.low() & 0xffffffffL).toString();
        List<String> all =
                List.of(canonical, canonical.toUpperCase(Locale.ROOT), groups, groups.substring(0, 30) + tail);
        return AddressText.isMapped(address) ? all.subList(0, 3) : all;
    }

    /** The model clears bits of a BigInteger. */
    @Property(edgeCases = EdgeCasesMode.NONE, tries = 1000)
    void parse_hostBits_refusesWithTheCorrectedText(
            @ForAll("addresses") Address address, @ForAll @IntRange(max = 128) int anyLength) {
        int length = anyLength % (address.family().bits() + 1);
        int hostBits = address.family().bits() - length;
        BigInteger bits = ReferenceReader.Value.of(address).bits();
        boolean isBase = bits.shiftRight(hostBits).shiftLeft(hostBits).equals(bits);
        String text = address + "/" + length;
        if (AddressText.isMapped(address) && length >= 96) {
            assertThrows(InvalidAddressException.class, () -> Prefix.parse(text));
        } else if (isBase) {
            assertEquals(new Prefix(address, length), Prefix.parse(text));
        } else {
            Problem problem = AddressTextTest.problemOf(() -> Prefix.parse(text));
            assertEquals("the bits after the prefix length must be zero", problem.rule());
            assertEquals("write " + Prefix.masked(address, length), problem.hint());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10.6.1.7/24, 10.6.1.0/24, 8",
        "10.6.1.0/0, 0.0.0.0/0, 1",
        "fd40::1/64, fd40::/64, 7",
        "FD40::1/64, fd40::/64, 1",
        "::10.40.3.1/120, ::a28:300/120, 1"
    })
    void parse_hostBits_showsWhere(String text, String corrected, int column) {
        Problem problem = AddressTextTest.problemOf(() -> Prefix.parse(text));
        assertEquals("write " + corrected, problem.hint());
        assertEquals(column, problem.position().column());
    }

    @Test
    void parse_otherFamily_throws() {
        assertEquals(
                "must be an IPv6 address",
                AddressTextTest.problemOf(() -> Prefix.parse(Family.IPV6, "10.0.0.0/8"))
                        .rule());
        assertEquals(
                "must be an IPv4 address",
                AddressTextTest.problemOf(() -> Prefix.parseMasked(Family.IPV4, "fd00::/8"))
                        .rule());
        assertTrue(AddressTextTest.problemOf(() -> Prefix.parse("")).rule().contains("required"));
        assertThrows(NullPointerException.class, () -> Prefix.parse(null, "10.0.0.0/8"));
    }

    @Test
    void constructor_invalidPart_throws() {
        Address address = Address.parse("10.0.0.1");
        assertThrows(IllegalArgumentException.class, () -> new Prefix(address, 24));
        assertEquals("10.0.0.1/32", new Prefix(address, 32).toString());
        for (Family family : Family.values()) {
            for (int length : new int[] {Integer.MIN_VALUE, -1, family.bits() + 1, Integer.MAX_VALUE}) {
                assertThrows(IllegalArgumentException.class, () -> new Prefix(family.first(), length));
                assertThrows(IllegalArgumentException.class, () -> Prefix.masked(family.first(), length));
                assertThrows(IllegalArgumentException.class, () -> Prefix.masked(family.last(), length));
            }
        }
    }
}
