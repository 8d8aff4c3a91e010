package io.ipam.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/**
 * The accepted language against {@link ReferenceReader}: short texts exhaustively, long ones by
 * mutation.
 */
class AddressLanguageTest {
    @Provide
    Arbitrary<String> nearlyIPv4() {
        Arbitrary<String> octet = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 300).map(String::valueOf),
                Arbitraries.of("", "00", "01", "0x1", "256", "4294967296", "１", "1a", "-1", "+1", "*"));
        return octet.list().ofMinSize(3).ofMaxSize(5).map(octets -> String.join(".", octets));
    }

    @Provide
    Arbitrary<String> nearlyIPv6() {
        Arbitrary<String> group = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(
                        6, Arbitraries.integers().between(0, 0xffff).map(Integer::toHexString)),
                net.jqwik.api.Tuple.of(4, Arbitraries.of("0", "0", "0000", "00ff", "FFFF", "ffff")),
                net.jqwik.api.Tuple.of(
                        1, Arbitraries.of("", "00000", "12345", "1.2.3.4", "::", "g", "1.2.3", "0.0.0.0")));
        Arbitrary<String> separator =
                Arbitraries.frequency(net.jqwik.api.Tuple.of(8, ":"), net.jqwik.api.Tuple.of(1, "::"));
        Arbitrary<List<String>> pieces =
                Combinators.combine(group, separator).as((a, b) -> a + b).list().ofMaxSize(9);
        Arbitrary<String> last = Arbitraries.oneOf(group, Arbitraries.of("", "1.2.3.4", "255.255.255.255", "01.2.3.4"));
        return Combinators.combine(Arbitraries.of("", "", "", ":", "::", "::ffff:"), pieces, last)
                .as((head, middle, tail) -> head + String.join("", middle) + tail);
    }

    @Provide
    Arbitrary<String> mutated() {
        Arbitrary<String> valid = addresses().map(Address::toString);
        Arbitrary<Integer> place = Arbitraries.integers().between(0, 44);
        Arbitrary<String> piece = Arbitraries.of("", ":", ".", "0", "1", "f", "-", "/", "%", "::", "\u0661", "_", " ");
        return Combinators.combine(valid, place, piece, Arbitraries.of(0, 1, 2)).as((text, at, insert, drop) -> {
            int from = at % (text.length() + 1);
            return text.substring(0, from) + insert + text.substring(Math.min(text.length(), from + drop));
        });
    }

    @Provide
    Arbitrary<Address> addresses() {
        return Addresses.any();
    }

    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    void parse_nearlyIpv4Text_agreesWithReference(@ForAll("nearlyIPv4") String text) {
        verify(text);
    }

    @Property(tries = 5000, edgeCases = EdgeCasesMode.NONE)
    void parse_nearlyIpv6Text_agreesWithReference(@ForAll("nearlyIPv6") String text) {
        verify(text);
    }

    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    void parse_mutatedText_agreesWithReference(@ForAll("mutated") String text) {
        verify(text);
    }

    @Property
    void parse_anyText_agreesWithReference(@ForAll String text) {
        verify(text);
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void parse_writtenText_isEqual(@ForAll("addresses") Address address) {
        String text = address.toString();
        assertEquals(ReferenceReader.write(ReferenceReader.Value.of(address)), text);
        assertEquals(address, Address.parse(text));
        assertEquals(address, Address.parse(address.family(), text));
        assertEquals(address, Address.of(address.toIPAddress()));
    }

    @Test
    void parse_allShortTexts_agreesWithReference() {
        List<String> texts = List.of("");
        for (int length = 1; length <= 6; length++) {
            texts = texts.stream()
                    .flatMap(text -> List.of("0", "1", "a", ":", ".").stream().map(c -> text + c))
                    .collect(Collectors.toList());
            texts.forEach(AddressLanguageTest::verify);
        }
    }

    private static void verify(String text) {
        Optional<ReferenceReader.Value> expected = text.length() > 45 ? Optional.empty() : ReferenceReader.read(text);
        Address read = AddressText.read(text);
        assertEquals(expected, Optional.ofNullable(read).map(ReferenceReader.Value::of), () -> "'" + text + "'");
        if (read == null) {
            Problem problem = AddressTextTest.problemOf(() -> Address.parse(text));
            assertFalse(problem.rule().isEmpty());
            if (!text.isEmpty()) {
                int column = assertNotNullPosition(problem);
                assertTrue(column <= Math.min(text.length(), 45) + 1, () -> text + " at " + column);
            }
        }
    }

    private static int assertNotNullPosition(Problem problem) {
        assertNotNull(problem.position());
        return problem.position().column();
    }
}
