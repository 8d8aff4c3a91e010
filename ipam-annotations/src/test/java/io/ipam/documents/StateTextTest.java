package io.ipam.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.allocation.Owner;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.StateSnapshot;
import io.ipam.pool.Pool;
import io.ipam.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateTextTest {
    private static final String TEXT = """
            {"format":"ipam-state","version":1,"lastGeneration":"42","pools":[\
            {"pool":"blue-v4","lastGranted":"10.6.1.1","held":[\
            {"address":"10.6.1.0","interface":"eth0","generation":"41","namespace":"shop","name":"cart-0","uid":"7f3c"},\
            {"address":"10.6.1.2","interface":"","generation":"42","namespace":"shop","name":"db-0","uid":"","stateful":true}\
            ],"cooling":[\
            {"address":"10.6.1.1","releasedAt":"2026-01-31T09:00:00.123Z","namespace":"shop","name":"cart-1","uid":"8a11"}]},\
            {"pool":"gone","detached":{"apiVersion":"spiderpool.spidernet.io/v2beta1","kind":"SpiderIPPool",\
            "metadata":{"name":"gone"},"spec":{"default":false,"disable":false,"ipVersion":6,"ips":["2001:db8::1"],\
            "subnet":"2001:db8::/64"}},"held":[],"cooling":[]}]}""";

    private static StateSnapshot snapshot() {
        PoolSnapshot blue = new PoolSnapshot(
                "blue-v4",
                Optional.empty(),
                Optional.of(Address.parse("10.6.1.1")),
                List.of(
                        new PoolSnapshot.Held(Address.parse("10.6.1.2"), Owner.stateful("shop", "db-0", ""), "", 42),
                        new PoolSnapshot.Held(
                                Address.parse("10.6.1.0"), Owner.stateless("shop", "cart-0", "7f3c"), "eth0", 41)),
                List.of(new PoolSnapshot.Cooling(
                        Address.parse("10.6.1.1"),
                        Owner.stateless("shop", "cart-1", "8a11"),
                        Instant.parse("2026-01-31T09:00:00.123Z"))));
        Pool gone = Pool.builder("gone", "2001:db8::/64").ips("2001:db8::1").build();
        PoolSnapshot detached = new PoolSnapshot("gone", Optional.of(gone), Optional.empty(), List.of(), List.of());
        return new StateSnapshot(42, List.of(detached, blue));
    }

    @Test
    void theFormIsPinned() {
        assertEquals(TEXT, StateText.format(snapshot()));
        assertEquals(snapshot(), StateText.parse(TEXT));
    }

    @Provide
    Arbitrary<StateSnapshot> snapshots() {
        return Snapshots.any();
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void whatIsWrittenReadsEqualAndWritesTheSameBytes(@ForAll("snapshots") StateSnapshot snapshot) {
        String text = StateText.format(snapshot);
        StateSnapshot read = StateText.parse(text);
        assertEquals(snapshot, read);
        assertEquals(text, StateText.format(read));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "version":1             | "version":2             | version
            "version":1             | "version":"1"           | version
            "ipam-state"            | "other"                 | format
            "lastGeneration":"42"   | "lastGeneration":42     | lastGeneration
            "lastGeneration":"42"   | "lastGeneration":"-1"   | lastGeneration
            "lastGeneration":"42"   | "lastGeneration":"042"  | lastGeneration
            "lastGeneration":"42"   | "lastGeneration":"9223372036854775808" | lastGeneration
            "pool":"blue-v4"        | "pool":""               | pools[0].pool
            "address":"10.6.1.0"    | "address":"10.6.1"      | pools[0].held[0].address
            "address":"10.6.1.0",   | ''                      | pools[0].held[0].address
            "generation":"41"       | "generation":"x"        | pools[0].held[0].generation
            "generation":"41"       | "generatoin":"1"        | pools[0].held[0].generatoin
            "name":"cart-0"         | "name":""               | pools[0].held[0].name
            "uid":"7f3c"            | "uid":""                | pools[0].held[0].uid
            "stateful":true         | "stateful":1            | pools[0].held[1].stateful
            09:00:00.123Z           | noon                    | pools[0].cooling[0].releasedAt
            "lastGranted":"10.6.1.1" | "lastGranted":"x"      | pools[0].lastGranted
            "2001:db8::/64"         | "2001:db8::1/64"        | pools[1].detached
            """)
    void everyProblemHasItsPath(String from, String to, String where) {
        assertTrue(TEXT.contains(from));
        String text = TEXT.replaceFirst(java.util.regex.Pattern.quote(from), to);
        List<Problem> problems = assertThrows(InvalidDocumentException.class, () -> StateText.parse(text))
                .problems();
        assertEquals(where, problems.get(0).where(), problems.toString());
    }

    @Test
    void aBadRecordHidesNoOther() {
        String text = TEXT.replace("\"10.6.1.0\"", "\"10.6.1.256\"").replace("2026-01-31T09", "yesterday");
        StateText.Reading reading = StateText.read(text);
        assertEquals(2, reading.problems().size());
        assertEquals(1, reading.snapshot().heldCount());
        assertEquals(
                List.of("blue-v4", "gone"),
                reading.snapshot().pools().stream().map(PoolSnapshot::pool).toList());
    }

    @Test
    void everyTruncationIsRefused() {
        for (int end = 0; end < TEXT.length(); end++) {
            StateText.Reading reading = StateText.read(TEXT.substring(0, end));
            assertFalse(reading.problems().isEmpty());
            assertEquals(StateSnapshot.empty(), reading.snapshot());
        }
    }

    @Test
    void everyMutationOfOneCharacterIsReadOrRefused() {
        for (int at = 0; at < TEXT.length(); at++) {
            for (char c : "{]\":\\0x\u0000\ud800".toCharArray()) {
                StateText.Reading reading = StateText.read(TEXT.substring(0, at) + c + TEXT.substring(at + 1));
                if (reading.problems().isEmpty()) {
                    assertEquals(reading.snapshot(), StateText.parse(StateText.format(reading.snapshot())));
                }
            }
        }
    }

    @Test
    void manyRecordsAreWrittenPieceByPieceAndReadBack() {
        StateSnapshot large = Snapshots.large(100_000);
        LongestPiece out = new LongestPiece();
        StateText.write(large, out);
        assertTrue(out.longest < 20_000, "longest piece " + out.longest);
        assertEquals(large, StateText.parse(out.text.toString()));
    }

    @Test
    void aFailingSinkIsReported() {
        assertThrows(UncheckedIOException.class, () -> StateText.write(snapshot(), new BrokenSink()));
    }

    private static final class LongestPiece implements Appendable {
        private final StringBuilder text = new StringBuilder();
        private int longest;

        @Override
        public Appendable append(CharSequence piece) {
            longest = Math.max(longest, piece.length());
            text.append(piece);
            return this;
        }

        @Override
        public Appendable append(CharSequence piece, int start, int end) {
            return append(piece.subSequence(start, end));
        }

        @Override
        public Appendable append(char unit) {
            return append(String.valueOf(unit));
        }
    }

    private static final class BrokenSink implements Appendable {
        @Override
        public Appendable append(CharSequence piece) throws IOException {
            throw new IOException("disk full");
        }

        @Override
        public Appendable append(CharSequence piece, int start, int end) throws IOException {
            throw new IOException("disk full");
        }

        @Override
        public Appendable append(char unit) throws IOException {
            throw new IOException("disk full");
        }
    }
}
