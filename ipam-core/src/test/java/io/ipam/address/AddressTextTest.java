package io.ipam.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.ProcessorTime;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Accepted texts, written texts, and the errors of rejected texts. */
class AddressTextTest {
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "10.20.0.7, 10.20.0.7",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "0:0:0:0:0:0:0:0, ::",
        "FD12::00A, fd12::a",
        // RFC 4291, section 2.2
        "ABCD:EF01:2345:6789:ABCD:EF01:2345:6789, abcd:ef01:2345:6789:abcd:ef01:2345:6789",
        "2001:DB8:0:0:8:800:200C:417A, 2001:db8::8:800:200c:417a",
        "FF01:0:0:0:0:0:0:101, ff01::101",
        "0:0:0:0:0:0:13.1.68.3, ::d01:4403",
        "::13.1.68.3, ::d01:4403",
        // RFC 5952, sections 4 and 5
        "2001:0db8::0001, 2001:db8::1",
        "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
        "::ffff:a14:7, ::ffff:a14:7",
        "::ffff:0:10.0.0.1, ::ffff:0:a00:1",
        "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
    })
    void parse_validText_returnsAddress(String text, String canonical) {
        Address address = Address.parse(text);
        assertEquals(canonical, address.toString());
        assertEquals(address, Address.parse(canonical));
        assertEquals(address, Address.of(address.toIPAddress()));
        assertEquals(AddressRange.of(address), AddressRange.parse(text));
        assertEquals(AddressRange.of(address), AddressRange.parse(address.family(), text));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "1, 2, an IPv4 address must be four decimal numbers with dots between them",
                "1.2.3, 6, an IPv4 address must be four decimal numbers with dots between them",
                "1.2.3.4.5, 8, an IPv4 address must be four decimal numbers with dots between them",
                "1..2.3, 3, an IPv4 address must be four decimal numbers with dots between them",
                ".1.2.3, 1, an IPv4 address must be four decimal numbers with dots between them",
                "1.2.3., 7, an IPv4 address must be four decimal numbers with dots between them",
                "a.1.1.1, 1, an IPv4 address must be four decimal numbers with dots between them",
                "1.2.3a.4, 6, an IPv4 address must be four decimal numbers with dots between them",
                "255.1.2, 8, an IPv4 address must be four decimal numbers with dots between them",
                "4294967296.0.0.0, 1, a number of an IPv4 address must be at most 255",
                "1.2.256.4, 5, a number of an IPv4 address must be at most 255",
                "01.2.3.4, 1, a number of an IPv4 address must not have a leading zero",
                "1.2.3.00, 7, a number of an IPv4 address must not have a leading zero",
                "0x1.2.3.4, 2, \"an address must consist of ASCII digits, the letters a to f, '.' and ':'\"",
                "169090600, 1, a number of an IPv4 address must be at most 255",
                "*, 1, \"an address must consist of ASCII digits, the letters a to f, '.' and ':'\"",
                ":, 1, an IPv6 address must be eight groups of hexadecimal digits with ':' between them",
                ":1::, 1, an IPv6 address must be eight groups of hexadecimal digits with ':' between them",
                "::1:, 4, an IPv6 address must be eight groups of hexadecimal digits with ':' between them",
                ":::, 3, an IPv6 address must be eight groups of hexadecimal digits with ':' between them",
                "1:2:3:4:5:6:7, 14, an IPv6 address must be eight groups of hexadecimal digits with ':' between them",
                "1:2:3:4:5:6:7:8:9, 17, an IPv6 address must be eight groups of hexadecimal digits with ':' between them",
                "1:2:3:4:5:6:7:1.2.3.4, 15, an IPv6 address must be eight groups of hexadecimal digits with ':' between them",
                "fd12::7::1, 8, '::' must occur at most once",
                "::7::1, 4, '::' must occur at most once",
                "1::2:3:4:5:6:7:8, 2, '::' must replace at least one group of zeros",
                "12345::, 5, a group of an IPv6 address must have one to four hexadecimal digits",
                "::00001, 7, a group of an IPv6 address must have one to four hexadecimal digits",
                "::1.2.3, 8, an IPv4 address must be four decimal numbers with dots between them",
                "::01.2.3.4, 3, a number of an IPv4 address must not have a leading zero",
                "1.2.3.4:80, 8, only the end of an IPv6 address may be written with dots",
                ".1::, 3, only the end of an IPv6 address may be written with dots",
                "[::1], 1, brackets and ports are not allowed",
                "fe80::1%eth0, 8, an address must not have a zone",
                "::ffff:1.2.3.4, 1, an IPv4 address must not be written as an IPv6 address",
                "0:0::FFFF:1.2.3.4, 1, an IPv4 address must not be written as an IPv6 address",
                "10.0.0.1/24, 9, a single address must not have a prefix length",
                "10.0.0.1-10.0.0.2, 9, \"must be a single address, not a range\"",
                "1０.0.0.1, 2, digits must be 0 to 9 of ASCII",
                "१०.20.0.7, 1, digits must be 0 to 9 of ASCII",
                "\"10.0.0.1 \", 9, white space is not allowed",
                "\"10.0.0.1\u00a0\", 9, white space is not allowed",
                "10.0.0.1–10.0.0.2, 9, \"an address must consist of ASCII digits, the letters a to f, '.' and ':'\"",
                "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.256, 43, a number of an IPv4 address must be at most 255",
                "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.2555, 46, an address must have at most 45 characters"
            })
    void parse_invalidText_throws(String text, int column, String rule) {
        Problem problem = problemOf(() -> Address.parse(text));
        assertEquals(rule, problem.rule());
        assertEquals(ProblemType.INVALID, problem.type());
        assertEquals(new Problem.Position(1, column), problem.position());
        assertEquals("", problem.where());
        assertThrows(InvalidAddressException.class, () -> AddressRange.parse(Family.IPV4, text + "-" + text));
    }

    @Test
    void parse_null_throws() {
        Problem nothing = problemOf(() -> Address.parse(""));
        assertEquals("an address is required", nothing.rule());
        assertEquals(ProblemType.REQUIRED, nothing.type());
        for (String text : List.of("10.0.0.1-", "-10.0.0.1", "-")) {
            assertEquals(
                    "an address is required",
                    problemOf(() -> AddressRange.parse(text)).rule());
        }
        assertThrows(NullPointerException.class, () -> Address.parse(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1.2.3.4", "::", ":", "-", "/", "é", "\ud800", "\n"})
    void parse_tenMegabytes_throwsWithoutReading(String piece) {
        String text = piece.repeat(10_000_000 / piece.length());
        long millis = ProcessorTime.millisOf(() -> {
            for (int i = 0; i < 20; i++) {
                Problem problem = problemOf(() -> Address.parse(text));
                assertTrue(problem.message().length() < 1000);
                assertThrows(InvalidAddressException.class, () -> Prefix.parse(text));
            }
            assertThrows(InvalidAddressException.class, () -> AddressRange.parse(text));
        });
        assertTrue(millis < 1_000, () -> millis + " ms of processor time");
    }

    @Test
    void parse_invalidRange_throws() {
        String longest = "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255";
        assertEquals(
                Family.IPV6.last(), AddressRange.parse(longest + "-" + longest).first());
        Problem tooLong = problemOf(() -> AddressRange.parse("0" + longest + "-" + longest));
        assertEquals("an address must have at most 45 characters", tooLong.rule());
        assertEquals(92, tooLong.position().column());
        Problem second = problemOf(() -> AddressRange.parse("10.0.0.1-10.0.0.2-10.0.0.3"));
        assertEquals("a range must have only one '-'", second.rule());
        assertEquals(18, second.position().column());
        Problem families = problemOf(() -> AddressRange.parse("10.0.0.1-::1"));
        assertEquals("both ends of a range must have one family", families.rule());
        assertEquals(10, families.position().column());
        Problem wrongFamily = problemOf(() -> AddressRange.parse(Family.IPV6, "::1-10.0.0.1"));
        assertEquals("must be an IPv6 address", wrongFamily.rule());
        assertEquals(5, wrongFamily.position().column());
        Problem reversed = problemOf(() -> AddressRange.parse("10.0.0.9-10.0.0.1"));
        assertEquals("the first address of a range must not be above the last", reversed.rule());
        assertEquals(10, reversed.position().column());
        Problem inLast = problemOf(() -> AddressRange.parse("10.0.0.1-10.0.0.x"));
        assertEquals(17, inLast.position().column());
        assertEquals("10.0.0.1-10.0.0.x", inLast.offending());
        Problem prefix = problemOf(() -> AddressRange.parse("10.0.0.0/33"));
        assertEquals("remove the '/' and the text after it", prefix.hint());
    }

    @Test
    void parse_commonMistake_hasHint() {
        assertEquals(
                "write 1.2.3.4",
                problemOf(() -> Address.parse("::ffff:1.2.3.4")).hint());
        assertEquals(
                "write 10.0.0.1-10.0.0.9",
                problemOf(() -> AddressRange.parse("10.0.0.9-10.0.0.1")).hint());
        assertEquals(
                "write the range 10.0.0.0-10.0.0.255",
                problemOf(() -> AddressRange.parse("10.0.0.0/24")).hint());
        assertEquals(
                "write 10.40.3.0/24",
                problemOf(() -> Prefix.parse("10.40.3.9/24")).hint());
        assertEquals(
                "write fd40::/48",
                problemOf(() -> Prefix.parseCanonical("FD40:0:0::/48")).hint());
        assertEquals(
                "write 10.40.3.0/24",
                problemOf(() -> Prefix.parseMasked("::ffff:10.40.3.0/120")).hint());
        assertEquals(
                "write 0.0.0.0/0",
                problemOf(() -> Prefix.parseMasked("::ffff:0:0/96")).hint());
        assertEquals(
                "write 10.40.3.1/32 for the one address",
                problemOf(() -> Prefix.parse("10.40.3.1")).hint());
        assertEquals(
                "fd00::1 is an IPv6 address",
                problemOf(() -> Address.parse(Family.IPV4, "fd00::1")).hint());
    }

    static Problem problemOf(Runnable reading) {
        InvalidAddressException refused = assertThrows(InvalidAddressException.class, reading::run);
        assertEquals(1, refused.problems().size());
        return refused.problems().get(0);
    }
}
