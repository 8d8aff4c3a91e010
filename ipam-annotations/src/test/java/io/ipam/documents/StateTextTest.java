package io.ipam.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.StateSnapshot;
import io.ipam.allocation.Stray;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    void write_everyKindOfRecord_formIsPinned() {
        assertEquals(TEXT, StateText.format(snapshot()));
        assertEquals(snapshot(), StateText.parse(TEXT));
    }

    @Provide
    Arbitrary<StateSnapshot> snapshots() {
        return Snapshots.any();
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void write_anySnapshot_readsEqualAndWritesTheSameBytes(@ForAll("snapshots") StateSnapshot snapshot) {
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
    void read_invalidState_reportsEachPath(String from, String to, String where) {
        assertTrue(TEXT.contains(from));
        String text = TEXT.replaceFirst(java.util.regex.Pattern.quote(from), to);
        List<Problem> problems = assertThrows(InvalidDocumentException.class, () -> StateText.parse(text))
                .problems();
        assertEquals(where, problems.get(0).where(), problems.toString());
    }

    @Test
    void read_badCoolingRecord_hidesNoOther() {
        StateText.Reading reading = StateText.read(TEXT.replace("2026-01-31T09", "yesterday"));
        assertEquals(1, reading.problems().size());
        assertEquals(2, reading.snapshot().heldCount());
        assertEquals(
                List.of("blue-v4", "gone"),
                reading.snapshot().pools().stream().map(PoolSnapshot::pool).toList());
    }

    @Test
    void read_badHeldRecord_keepsItsAddressAsAStray() {
        String record = "{\"address\":\"10.6.1.0\",\"interface\":\"eth0\",\"generation\":\"41\",\"namespace\":\"shop\","
                + "\"name\":\"cart-0\",\"uid\":\"\"}";
        StateText.Reading reading = StateText.read(TEXT.replace("7f3c", ""));
        assertEquals(1, reading.problems().size());
        assertEquals(1, reading.snapshot().heldCount());
        assertEquals(
                List.of(Stray.unowned("blue-v4", Address.parse("10.6.1.0"), record)),
                reading.snapshot().strays());
    }

    @Test
    void read_heldRecordWithUnreadableAddress_closesItsPool() {
        StateText.Reading reading = StateText.read(TEXT.replace("\"10.6.1.0\"", "\"10.6.1.256\""));
        assertEquals(1, reading.problems().size());
        assertEquals(1, reading.snapshot().heldCount());
        assertEquals(Set.of("blue-v4"), reading.snapshot().closedPools());
    }

    @Test
    void read_strays_areKeptEvenIfBad() {
        String strays =
                ",\"strays\":[{\"address\":\"10.6.1.7\",\"pool\":\"x\",\"interface\":\"net1\",\"generation\":\"7\",\"note\":"
                        + "\"{}\",\"namespace\":\"shop\",\"name\":\"db-0\",\"uid\":\"\",\"stateful\":true},"
                        + "{\"address\":\"10.6.1.8\",\"pool\":\"x\",\"interface\":\"\",\"generation\":\"0\",\"note\":\"7\"}],"
                        + "\"closedPools\":[\"x\",\"y\"]}";
        String text = TEXT.substring(0, TEXT.length() - 1) + strays;
        StateSnapshot read = StateText.parse(text);
        assertEquals(text, StateText.format(read));
        assertEquals(Set.of("x", "y"), read.closedPools());
        assertEquals(
                Optional.of(Owner.stateful("shop", "db-0", "")),
                read.strays().get(0).owner());
        StateText.Reading bad = StateText.read(text.replace("\"generation\":\"7\"", "\"generation\":7"));
        assertEquals("strays[0].generation", bad.problems().get(0).where());
        assertEquals(
                read.strays().stream().map(Stray::address).toList(),
                bad.snapshot().strays().stream().map(Stray::address).toList());
        String lost = text.replace("\"10.6.1.7\"", "\"\"");
        assertThrows(InvalidDocumentException.class, () -> StateText.read(lost));
    }

    /** A truncated state must not be mistaken for one with fewer held addresses. */
    @Test
    void read_textThatIsNoStateAsAWhole_isRefused() {
        for (int end = 0; end < TEXT.length(); end++) {
            String cut = TEXT.substring(0, end);
            InvalidDocumentException refused = assertThrows(InvalidDocumentException.class, () -> StateText.read(cut));
            assertNotNull(refused.problems().get(0).position());
        }
        for (String other : List.of("\"version\":2", "\"version\":1,\"x\":1", "\"version\":1,\"strays\":7")) {
            String text = TEXT.replace("\"version\":1", other);
            assertThrows(InvalidDocumentException.class, () -> StateText.read(text), other);
        }
        for (String other : List.of("\"heldd\":[", "\"held\":null,\"cooling\":[")) {
            String text = TEXT.replaceFirst("\"held\":\\[", other);
            assertThrows(InvalidDocumentException.class, () -> StateText.read(text), other);
        }
    }

    @Test
    void read_oneCharacterChanged_returnsOrRefuses() {
        for (int at = 0; at < TEXT.length(); at++) {
            for (char c : "{]\":\\0x\u0000\ud800".toCharArray()) {
                String text = TEXT.substring(0, at) + c + TEXT.substring(at + 1);
                try {
                    StateSnapshot read = StateText.read(text).snapshot();
                    assertEquals(read, StateText.parse(StateText.format(read)));
                } catch (InvalidDocumentException e) {
                    assertFalse(e.problems().isEmpty());
                }
            }
        }
    }

    @Test
    void write_manyRecords_areReadBack() {
        StateSnapshot large = Snapshots.large(100_000);
        LongestPiece out = new LongestPiece();
        StateText.write(large, out);
        assertTrue(out.longest < 20_000, "longest piece " + out.longest);
        assertEquals(large, StateText.parse(out.text.toString()));
    }

    @Test
    void write_sinkFails_throwsUncheckedIOException() {
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
