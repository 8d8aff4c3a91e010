package io.ipam.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.number.Uint128;
import io.ipam.problem.Problem;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sets of any size against {@link ModelSet}, and the laws of set algebra. */
class AddressSetTest {
    @Provide
    Arbitrary<AddressRange> ranges() {
        return Arbitraries.of(Family.values()).flatMap(AddressSetTest::rangesOf);
    }

    private static Arbitrary<AddressRange> rangesOf(Family family) {
        return Combinators.combine(Addresses.of(family), Addresses.of(family))
                .as((a, b) -> a.compareTo(b) <= 0 ? new AddressRange(a, b) : new AddressRange(b, a));
    }

    private static Arbitrary<AddressSet> setsOf(Family family) {
        Arbitrary<AddressRange> small = Addresses.of(family).map(AddressSetTest::few);
        return Arbitraries.oneOf(rangesOf(family), small).list().ofMaxSize(6).map(list -> AddressSet.of(family, list));
    }

    private static AddressRange few(Address first) {
        Address last = first;
        for (int i = 0; i < 3 && !last.isLast(); i++) {
            last = last.next();
        }
        return new AddressRange(first, last);
    }

    @Provide
    Arbitrary<Tuple.Tuple3<AddressSet, AddressSet, AddressSet>> triples() {
        return Arbitraries.of(Family.values())
                .flatMap(family -> Combinators.combine(setsOf(family), setsOf(family), setsOf(family))
                        .as(Tuple::of));
    }

    static ModelSet model(AddressSet set) {
        return ModelSet.of(
                set.family(),
                set.ranges().stream()
                        .map(range -> new ModelSet.Interval(bits(range.first()), bits(range.last())))
                        .toList());
    }

    private static BigInteger bits(Address address) {
        return ReferenceReader.Value.of(address).bits();
    }

    @Property(edgeCases = EdgeCasesMode.NONE, tries = 1000)
    void operations_anySets_agreeWithModel(@ForAll("triples") Tuple.Tuple3<AddressSet, AddressSet, AddressSet> sets) {
        AddressSet a = sets.get1();
        AddressSet b = sets.get2();
        ModelSet aModel = model(a);
        ModelSet bModel = model(b);
        for (AddressSet set : List.of(a, b, a.union(b), a.minus(b), a.intersect(b))) {
            set.verifyInvariant();
            assertEquals(model(set).size(), set.size());
            assertEquals(set, AddressSet.parse(set.family(), set.texts()));
            assertEquals(set, AddressSet.parseRanges(set.family(), set.texts()));
        }
        assertEquals(aModel.union(bModel), model(a.union(b)));
        assertEquals(aModel.minus(bModel), model(a.minus(b)));
        assertEquals(aModel.intersect(bModel), model(a.intersect(b)));
        assertEquals(!aModel.intersect(bModel).intervals().isEmpty(), a.overlaps(b));
        assertEquals(bModel.minus(aModel).intervals().isEmpty(), a.containsAll(b));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void operations_anySets_obeyLaws(@ForAll("triples") Tuple.Tuple3<AddressSet, AddressSet, AddressSet> sets) {
        AddressSet a = sets.get1();
        AddressSet b = sets.get2();
        AddressSet c = sets.get3();
        AddressSet none = AddressSet.empty(a.family());
        assertEquals(a.union(b), b.union(a));
        assertEquals(a.intersect(b), b.intersect(a));
        assertEquals(a.union(b).union(c), a.union(b.union(c)));
        assertEquals(a.intersect(b).intersect(c), a.intersect(b.intersect(c)));
        assertEquals(a.intersect(b.union(c)), a.intersect(b).union(a.intersect(c)));
        assertEquals(a.union(b.intersect(c)), a.union(b).intersect(a.union(c)));
        assertEquals(a.minus(b.union(c)), a.minus(b).minus(c));
        assertEquals(a.minus(b.intersect(c)), a.minus(b).union(a.minus(c)));
        assertEquals(a, a.minus(b).union(a.intersect(b)));
        assertEquals(a, a.union(a).intersect(a));
        assertEquals(none, a.minus(a));
        assertEquals(a, a.minus(none).union(none));
        assertFalse(a.minus(b).overlaps(b));
        assertTrue(a.union(b).containsAll(b));
        assertEquals(
                a.size().add(b.size()), a.union(b).size().add(a.intersect(b).size()));
        assertEquals(a.equals(b), a.toString().equals(b.toString()) && a.hashCode() == b.hashCode());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void ordinals_anySet_agreeWithModel(
            @ForAll("triples") Tuple.Tuple3<AddressSet, AddressSet, AddressSet> sets, @ForAll Random random) {
        AddressSet set = sets.get1().union(sets.get2()).minus(sets.get3());
        ModelSet model = model(set);
        for (ModelSet.Interval interval : model.intervals()) {
            BigInteger inside = interval.first().add(new BigInteger(120, random).mod(interval.size()));
            for (BigInteger bits : List.of(interval.first(), inside, interval.last())) {
                Address address = new Address(set.family(), Uint128.high(bits), Uint128.low(bits));
                BigInteger ordinal = set.ordinalOf(address).orElseThrow();
                assertEquals(bits, model.at(ordinal));
                assertEquals(address, set.addressAt(ordinal));
                int index = set.rangeIndexOf(address.high(), address.low());
                assertEquals(
                        set.ordinalOf(set.range(index).first()).orElseThrow(),
                        Uint128.toBigInteger(set.ordinalHigh(index), set.ordinalLow(index)));
                assertEquals(index, set.rangeIndexOfOrdinal(Uint128.high(ordinal), Uint128.low(ordinal)));
                assertTrue(set.range(index).contains(address));
                assertEquals(
                        set.range(index).first(), new Address(set.family(), set.firstHigh(index), set.firstLow(index)));
                assertEquals(
                        set.range(index).last(), new Address(set.family(), set.lastHigh(index), set.lastLow(index)));
            }
        }
        assertThrows(IndexOutOfBoundsException.class, () -> set.addressAt(set.size()));
        assertThrows(IndexOutOfBoundsException.class, () -> set.addressAt(BigInteger.ONE.negate()));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void contains_anySetAndRange_agreesWithOtherQueries(
            @ForAll("triples") Tuple.Tuple3<AddressSet, AddressSet, AddressSet> sets,
            @ForAll("ranges") AddressRange range) {
        AddressSet set = sets.get1();
        if (range.family() == set.family()) {
            assertEquals(set.containsAll(AddressSet.of(range)), set.contains(range));
            assertEquals(set.overlaps(AddressSet.of(AddressRange.of(range.first()))), set.contains(range.first()));
            assertEquals(
                    set.contains(range.first()), set.ordinalOf(range.first()).isPresent());
        } else {
            assertFalse(set.contains(range) || set.contains(range.first()));
            assertTrue(set.ordinalOf(range.first()).isEmpty());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0-255.255.255.255, 4294967296",
        "0.0.0.0, 1",
        "255.255.255.255, 1",
        "255.255.255.250-255.255.255.255, 6",
        "0.255.255.254-1.0.0.1, 4",
        "::, 1",
        "::-::ffff:ffff, 4294967296",
        "::-::7fff:ffff:ffff:ffff, 9223372036854775808",
        "::-::ffff:ffff:ffff:ffff, 18446744073709551616",
        "::1-0:0:0:1::, 18446744073709551616",
        "ff:ffff:ffff:ffff:ffff:ffff:ffff:fffe-100::1, 4",
        "::ffff:ffff:ffff:fffe-::1:0:0:0:1, 4",
        "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 340282366920938463463374607431768211456",
        "::1-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 340282366920938463463374607431768211455"
    })
    void size_anySet_isExact(String text, BigInteger size) {
        AddressRange range = AddressRange.parse(text);
        AddressSet set = AddressSet.of(range);
        set.verifyInvariant();
        assertEquals(size, set.size());
        assertEquals(size, range.size());
        assertEquals(List.of(text), set.texts());
        assertEquals(range.first(), set.addressAt(BigInteger.ZERO));
        assertEquals(range.last(), set.addressAt(size.subtract(BigInteger.ONE)));
        assertEquals(size.subtract(BigInteger.ONE), set.ordinalOf(range.last()).orElseThrow());
        AddressSet holed = set.minus(AddressSet.of(AddressRange.of(range.first())));
        assertEquals(size.subtract(BigInteger.ONE), holed.size());
        assertEquals(set, holed.union(AddressSet.of(AddressRange.of(range.first()))));
    }

    @Test
    void ordinals_manyRanges_areExact() {
        AddressSet all = AddressSet.of(Prefix.parse("::/0"));
        AddressSet odd = AddressSet.of(
                Family.IPV6,
                IntStream.range(0, 1000)
                        .mapToObj(i -> AddressRange.parse("8000::" + Integer.toHexString(2 * i + 1)))
                        .toList());
        AddressSet rest = all.minus(odd);
        rest.verifyInvariant();
        assertEquals(1001, rest.rangeCount());
        assertEquals(all.size().subtract(BigInteger.valueOf(1000)), rest.size());
        assertEquals(all, rest.union(odd));
        assertEquals(odd, all.minus(rest));
        assertFalse(rest.overlaps(odd));
        assertEquals(
                Address.parse("8000::7d2"),
                rest.addressAt(BigInteger.ONE.shiftLeft(127).add(BigInteger.valueOf(1002))));
    }

    @Test
    void parse_malformedEntries_reportsAll() {
        List<String> texts = List.of("10.0.0.1", "10.0.0.x", "10.0.0.9-10.0.0.1", "fd00::1", "");
        InvalidAddressException refused =
                assertThrows(InvalidAddressException.class, () -> AddressSet.parse(Family.IPV4, texts));
        assertEquals(
                List.of("[1]", "[2]", "[3]", "[4]"),
                refused.problems().stream().map(Problem::where).toList());
        assertTrue(refused.getMessage().contains("write 10.0.0.1-10.0.0.9"), refused::getMessage);
    }

    @Test
    void parse_prefixes_meanAllTheirAddresses() {
        List<String> texts = List.of("10.6.1.0/24", "10.6.2.7/32", "10.6.0.255", "10.6.1.9-10.6.1.10");
        assertEquals(
                List.of("10.6.0.255-10.6.1.255", "10.6.2.7"),
                AddressSet.parse(Family.IPV4, texts).texts());
        assertEquals(
                AddressSet.of(Prefix.parse("::/0")), AddressSet.parse(Family.IPV6, List.of("8000::/1", "0:0::/1")));
    }

    @Test
    void parse_refusedPrefixes_areReportedAtTheirPlaces() {
        List<String> texts = List.of("10.6.1.0/24", "10.6.1.7/24", "fd00::/64", "10.6.1.0/33", "::ffff:10.0.0.0/120");
        InvalidAddressException refused =
                assertThrows(InvalidAddressException.class, () -> AddressSet.parse(Family.IPV4, texts));
        assertEquals(
                List.of("[1]", "[2]", "[3]", "[4]"),
                refused.problems().stream().map(Problem::where).toList());
        assertEquals("write 10.6.1.0/24", refused.problems().get(0).hint());
        assertEquals("write 10.0.0.0/24", refused.problems().get(3).hint());
    }

    @Test
    void parseRanges_prefix_isRefusedWithTheRange() {
        InvalidAddressException refused = assertThrows(
                InvalidAddressException.class,
                () -> AddressSet.parseRanges(Family.IPV4, List.of("10.6.0.1", "10.6.1.0/24")));
        assertEquals("[1]", refused.problems().get(0).where());
        assertEquals(
                "write the range 10.6.1.0-10.6.1.255", refused.problems().get(0).hint());
    }

    @Test
    void parse_hostileTexts_endInProblems() {
        String huge = "1/".repeat(5_000_000);
        List<String> texts = List.of(huge, "/", "10.0.0.0/", "10.0.0.0/24/24", "10.0.0.0/24-10.0.0.9", "/24", "-/");
        InvalidAddressException refused =
                assertThrows(InvalidAddressException.class, () -> AddressSet.parse(Family.IPV4, texts));
        assertEquals(texts.size(), refused.problems().size());
        assertTrue(refused.getMessage().length() < 5_000);
    }

    @Test
    void emptySet_everyOperation_isEmpty() {
        AddressSet none = AddressSet.empty(Family.IPV6);
        assertTrue(none.isEmpty());
        assertTrue(none.first().isEmpty());
        assertTrue(none.last().isEmpty());
        assertEquals(0, none.rangeCount());
        assertEquals(-1, none.rangeIndexOf(0, 0));
        assertEquals(-1, none.rangeIndexOfOrdinal(0, 0));
        assertEquals(List.of(), none.ranges());
        assertEquals(Family.IPV6, none.family());
        assertNotEquals(none, new Object());
        none.verifyInvariant();
    }

    @Test
    void toString_manyRanges_isShort() {
        assertEquals("[]", AddressSet.empty(Family.IPV4).toString());
        assertEquals(
                "[10.0.0.1-10.0.0.3, 10.0.0.9]",
                AddressSet.parse(Family.IPV4, List.of("10.0.0.9", "10.0.0.2-10.0.0.3", "10.0.0.1", "10.0.0.9"))
                        .toString());
        assertTrue(everySecond(16).toString().endsWith("10.0.0.28, 10.0.0.30]"));
        assertTrue(everySecond(100).toString().endsWith("10.0.0.28, 10.0.0.30, … 100 ranges]"));
    }

    private static AddressSet everySecond(int count) {
        return AddressSet.of(
                Family.IPV4,
                IntStream.range(0, count)
                        .mapToObj(i -> AddressRange.parse("10.0.0." + 2 * i))
                        .toList());
    }

    @Test
    void of_laterChangeOfSource_hasNoEffect() {
        List<AddressRange> source = new ArrayList<>(List.of(AddressRange.parse("10.0.0.1")));
        AddressSet set = AddressSet.of(Family.IPV4, source);
        AddressRange[] more = {AddressRange.parse("10.0.0.5")};
        AddressSet two = AddressSet.of(source.get(0), more);
        source.clear();
        more[0] = AddressRange.parse("10.0.0.7");
        assertEquals(List.of("10.0.0.1"), set.texts());
        assertEquals(List.of("10.0.0.1", "10.0.0.5"), two.texts());
        assertThrows(UnsupportedOperationException.class, () -> two.ranges().clear());
    }

    @Test
    void operations_differentFamilies_throw() {
        AddressSet four = AddressSet.of(Prefix.parse("10.0.0.0/8"));
        AddressSet six = AddressSet.of(Prefix.parse("fd00::/8"));
        assertThrows(IllegalArgumentException.class, () -> four.union(six));
        assertThrows(IllegalArgumentException.class, () -> four.minus(six));
        assertThrows(IllegalArgumentException.class, () -> four.intersect(six));
        assertFalse(four.overlaps(six));
        assertFalse(four.containsAll(six));
        assertFalse(four.containsAll(AddressSet.empty(Family.IPV6)));
        assertTrue(four.containsAll(AddressSet.empty(Family.IPV4)));
        assertThrows(IllegalArgumentException.class, () -> AddressSet.of(Family.IPV6, four.ranges()));
        assertThrows(IllegalStateException.class, AddressSet.empty(Family.IPV4)::lastOrdinalHigh);
        assertNotEquals(AddressSet.empty(Family.IPV4), AddressSet.empty(Family.IPV6));
        assertNotEquals(AddressSet.of(AddressRange.parse("0.0.0.1")), AddressSet.of(AddressRange.parse("::1")));
    }

    @Test
    void verifyInvariant_brokenColumns_throws() {
        long[] none = {0, 0};
        broken(new RangeColumns(none, new long[] {5, 3}, none, new long[] {6, 4}));
        broken(new RangeColumns(none, new long[] {3, 5}, none, new long[] {4, 6}));
        broken(new RangeColumns(none, new long[] {3, 9}, none, new long[] {4, 8}));
        broken(new RangeColumns(none, new long[] {3, 9}, none, new long[] {4, 1L << 32}));
    }

    private static void broken(RangeColumns columns) {
        assertThrows(IllegalStateException.class, new AddressSet(Family.IPV4, columns)::verifyInvariant);
    }
}
