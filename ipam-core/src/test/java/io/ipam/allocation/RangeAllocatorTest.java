package io.ipam.allocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import inet.ipaddr.IPAddressString;
import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.address.InvalidAddressException;
import io.ipam.address.Prefix;
import io.ipam.problem.Problem;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the model test does not come by: sizes, edges, the border, uniformity, garbage, state from outside. */
class RangeAllocatorTest {
    private static AddressSet v4(String... ranges) {
        return AddressSet.parse(Family.IPV4, List.of(ranges));
    }

    private static AddressSet v6(String... ranges) {
        return AddressSet.parse(Family.IPV6, List.of(ranges));
    }

    private static Address a(String text) {
        return Address.parse(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0-255.255.255.255, 32",
        "::-::7fff:ffff:ffff:ffff, 63",
        "2001:db8::-2001:db8::ffff:ffff:ffff:ffff, 64",
        "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 128"
    })
    void countsExactlyAtEverySize(String range, int bits) {
        AddressSet set = AddressSet.of(io.ipam.address.AddressRange.parse(range));
        RangeAllocator allocator = RangeAllocator.of(set);
        BigInteger total = BigInteger.ONE.shiftLeft(bits);
        assertEquals(total, allocator.free());
        Address first = set.first().orElseThrow();
        Address last = set.last().orElseThrow();
        assertEquals(Optional.of(first), allocator.allocate());
        assertEquals(TakeOutcome.ALLOCATED, allocator.allocate(last));
        assertEquals(TakeOutcome.TAKEN, allocator.allocate(last));
        assertEquals(Optional.of(first.next()), allocator.allocate(AllocationOrder.NEXT), "next goes around");
        assertEquals(total.subtract(BigInteger.valueOf(3)), allocator.free());
        assertEquals(
                List.of(first + "-" + first.next(), last.toString()),
                allocator.allocatedRanges().map(Object::toString).toList());
        assertEquals(
                List.of(first.next().next() + "-" + last.previous()),
                allocator.freeRanges().map(Object::toString).toList());
        allocator.state().verify();
        assertEquals(ReleaseOutcome.RELEASED, allocator.release(last));
        assertEquals(ReleaseOutcome.NOT_ALLOCATED, allocator.release(last));
        allocator.state().verify();
    }

    @Test
    @Tag("unmutated")
    void allocatesTheWholeOfIpv6AsOneBlockAndBitByBit() {
        RangeAllocator allocator = RangeAllocator.of(v6("::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"));
        assertEquals(Optional.of(Prefix.parse("::/0")), allocator.allocateBlock(0));
        assertEquals(BigInteger.ONE.shiftLeft(128), allocator.allocated());
        assertEquals(BigInteger.ZERO, allocator.free());
        assertTrue(allocator.isExhausted());
        assertEquals(Optional.empty(), allocator.allocate());
        assertEquals(Optional.empty(), allocator.allocate(AllocationOrder.RANDOM));
        assertEquals(Optional.empty(), allocator.allocateFor("x"));
        assertEquals(ReleaseOutcome.RELEASED, allocator.release(Prefix.parse("2001:db8::/32")));
        assertEquals(Optional.of(a("2001:db8::")), allocator.allocate());
        assertEquals(Optional.of(Prefix.parse("2001:db8:8000::/33")), allocator.allocateBlock(33));
        assertEquals(Optional.of(Prefix.parse("2001:db8:4000::/34")), allocator.allocateBlock(34));
        Address any = allocator.allocate(AllocationOrder.RANDOM).orElseThrow();
        assertTrue(Prefix.parse("2001:db8::/34").contains(any), any::toString);
        allocator.state().verify();
        assertThrows(IllegalStateException.class, allocator.state()::exportBlocks);
    }

    /** Any address of a /64 can be taken, and only what is taken costs memory. */
    @Test
    @Tag("unmutated")
    void aMillionRandomAddressesOfASlash64ComeAndGo() {
        int n = 1_000_000;
        RangeAllocator allocator = RangeAllocator.of(v6("2001:db8::-2001:db8::ffff:ffff:ffff:ffff"), 11);
        AddressCursor cursor = new AddressCursor();
        long[] taken = new long[n];
        for (int i = 0; i < n; i++) {
            assertTrue(allocator.allocate(AllocationOrder.RANDOM, cursor));
            assertEquals(0x2001_0db8_0000_0000L, cursor.high());
            taken[i] = cursor.low();
        }
        assertEquals(n, LongStream.of(taken).distinct().count());
        assertEquals(BigInteger.ONE.shiftLeft(64).subtract(BigInteger.valueOf(n)), allocator.free());
        allocator.state().verify();
        assertEquals(
                n,
                allocator.state().exportBlocks().stream()
                        .mapToInt(AllocationBlock::allocated)
                        .sum());
        for (long low : taken) {
            assertEquals(ReleaseOutcome.RELEASED, allocator.release(0x2001_0db8_0000_0000L, low));
        }
        assertEquals(BigInteger.ZERO, allocator.allocated());
        allocator.state().verify();
    }

    @Test
    void handsOutPrefixes() {
        RangeAllocator allocator = RangeAllocator.ofUnits(v6("2001:db8::-2001:db8::ffff:ffff:ffff:ffff:ffff"), 64);
        assertEquals(BigInteger.valueOf(65536), allocator.total());
        assertEquals(Optional.of(a("2001:db8::")), allocator.allocate());
        assertEquals(Optional.of(a("2001:db8:0:1::")), allocator.allocate());
        assertEquals(Optional.of(Prefix.parse("2001:db8:0:100::/56")), allocator.allocateBlock(56));
        assertTrue(allocator.isAllocated(a("2001:db8:0:1ff::7")));
        assertEquals(TakeOutcome.OUTSIDE, allocator.allocate(a("2001:db8:0:7::1")), "not the first of a unit");
        assertEquals(ReleaseOutcome.OUTSIDE, allocator.release(a("2001:db8:0:1::1")));
        assertEquals(ReleaseOutcome.RELEASED, allocator.release(a("2001:db8:0:1ff::")));
        assertEquals(ReleaseOutcome.PARTLY_ALLOCATED, allocator.release(Prefix.parse("2001:db8:0:100::/56")));
        assertThrows(IllegalArgumentException.class, () -> allocator.allocateBlock(65));
        assertThrows(IllegalArgumentException.class, () -> RangeAllocator.ofUnits(v4("10.0.0.1"), 33));
    }

    /** Every range of a /28, in units of every length, against a count unit by unit. */
    @Test
    void onlyWholeUnitsCount() {
        for (int first = 0; first < 16; first++) {
            for (int last = first; last < 16; last++) {
                for (int bits = 0; bits <= 4; bits++) {
                    AddressSet set = v4("10.0.0." + first + "-10.0.0." + last);
                    int size = 1 << bits;
                    int from = first;
                    int to = last;
                    Set<Address> units = IntStream.range(0, 16 / size)
                            .filter(u -> u * size >= from && u * size + size - 1 <= to)
                            .mapToObj(u -> a("10.0.0." + u * size))
                            .collect(Collectors.toSet());
                    RangeAllocator allocator = RangeAllocator.ofUnits(set, 32 - bits);
                    Set<Address> taken = new HashSet<>();
                    for (Optional<Address> u = allocator.allocate(); u.isPresent(); u = allocator.allocate()) {
                        taken.add(u.get());
                    }
                    assertEquals(units, taken, set + " in /" + (32 - bits));
                }
            }
        }
    }

    @Test
    void takesObjectsOfTheAddressLibraryThroughTheGate() {
        RangeAllocator allocator = RangeAllocator.of(v4("10.0.0.0-10.0.0.255"));
        Function<String, inet.ipaddr.IPAddress> object = text -> new IPAddressString(text).getAddress();
        assertEquals(TakeOutcome.ALLOCATED, allocator.allocate(object.apply("10.0.0.5/24")));
        assertEquals(TakeOutcome.TAKEN, allocator.allocate(object.apply("10.0.0.5")));
        assertTrue(allocator.isAllocated(object.apply("10.0.0.5")));
        assertEquals(ReleaseOutcome.RELEASED, allocator.release(object.apply("10.0.0.5/8")));
        assertThrows(InvalidAddressException.class, () -> allocator.allocate(object.apply("10.0.0.0/24")));
        assertThrows(IllegalArgumentException.class, () -> allocator.allocate(a("::1")));
        assertThrows(IllegalArgumentException.class, () -> allocator.release(a("::1")));
        assertEquals(false, allocator.isAllocated(a("::1")));
        assertEquals(BigInteger.ZERO, allocator.allocated());
    }

    @Test
    void refusesAnOrderThatNeedsAKeyAndNoNumber() {
        RangeAllocator allocator = RangeAllocator.of(v4("10.0.0.0"));
        assertThrows(IllegalArgumentException.class, () -> allocator.allocate(AllocationOrder.HASH_OF_OWNER));
        assertThrows(IllegalArgumentException.class, () -> allocator.allocate(0, AllocationOrder.LOWEST));
    }

    /** From every state of five addresses, the choices of many seeds are spread evenly: chi-square, 0.1 % level. */
    @Test
    void aRandomChoiceIsUniform() {
        for (int state = 0; state < 31; state++) {
            Map<Address, Integer> counts = new HashMap<>();
            int free = 5 - Integer.bitCount(state);
            int draws = 2000 * free;
            for (AddressSet set : List.of(v4("10.0.0.0-10.0.0.4"))) {
                RangeAllocator allocator = RangeAllocator.of(set, state);
                for (int i = 0; i < 5; i++) {
                    if ((state >> i & 1) != 0) {
                        allocator.allocate(a("10.0.0." + i));
                    }
                }
                for (int i = 0; i < draws; i++) {
                    Address address = allocator.allocate(AllocationOrder.RANDOM).orElseThrow();
                    counts.merge(address, 1, Integer::sum);
                    allocator.release(address);
                }
            }
            double chi = counts.values().stream()
                    .mapToDouble(n -> (n - 2000.0) * (n - 2000) / 2000)
                    .sum();
            assertEquals(free, counts.size());
            assertTrue(chi < 18.5, "chi-square " + chi + " in state " + state); // 4 degrees of freedom, p = 0.001.
        }
    }

    @Test
    void theSameSeedGivesTheSameChoices() {
        AddressSet set = v6("2001:db8::-2001:db8::ffff:ffff:ffff:ffff");
        List<Address> first =
                RangeAllocator.of(set, 5).allocate(100, AllocationOrder.RANDOM).orElseThrow();
        assertEquals(
                first,
                RangeAllocator.of(set, 5).allocate(100, AllocationOrder.RANDOM).orElseThrow());
        assertNotEquals(
                first,
                RangeAllocator.of(set, 6).allocate(100, AllocationOrder.RANDOM).orElseThrow());
        assertEquals(100, new HashSet<>(first).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0-10.0.255.255", "2001:db8::-2001:db8::ffff:ffff:ffff:ffff"})
    void makesNoGarbage(String range) {
        RangeAllocator allocator = RangeAllocator.of(AddressSet.of(io.ipam.address.AddressRange.parse(range)), 1);
        allocator.allocate(5000, AllocationOrder.RANDOM); // So that no table grows and shrinks with every round.
        AddressCursor cursor = new AddressCursor();
        long[] high = new long[1000];
        long[] low = new long[1000];
        LongStream.range(0, 30).forEach(i -> round(allocator, cursor, high, low));
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100; i++) {
            round(allocator, cursor, high, low);
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(bytes < 100_000, () -> bytes + " bytes for 200,000 operations"); // Not a byte for each operation.
    }

    private static void round(RangeAllocator allocator, AddressCursor cursor, long[] high, long[] low) {
        AllocationOrder[] orders = {AllocationOrder.LOWEST, AllocationOrder.NEXT, AllocationOrder.RANDOM};
        for (int i = 0; i < high.length; i++) {
            boolean taken = i % 4 == 3 ? allocator.allocateFor(i, cursor) : allocator.allocate(orders[i % 4], cursor);
            assertTrue(taken);
            high[i] = cursor.high();
            low[i] = cursor.low();
        }
        for (int i = 0; i < high.length; i++) {
            allocator.release(high[i], low[i]);
        }
    }

    @Test
    void aSnapshotIsRestoredToTheSameUnitsOnly() {
        RangeAllocator allocator = RangeAllocator.of(v4("10.0.0.0-10.0.0.9"));
        allocator.allocate(3, AllocationOrder.LOWEST);
        AllocatorSnapshot snapshot = allocator.state().snapshot();
        assertEquals(BigInteger.valueOf(3), snapshot.allocated());
        assertEquals(BigInteger.valueOf(7), snapshot.free());
        assertTrue(snapshot.isAllocated(a("10.0.0.2")));
        RangeAllocator other = RangeAllocator.of(v4("10.0.0.0-10.0.0.9"));
        other.state().restore(snapshot);
        other.release(a("10.0.0.2"));
        assertTrue(snapshot.isAllocated(a("10.0.0.2")), "a restored snapshot does not change");
        RangeAllocator wider = RangeAllocator.of(v4("10.0.0.0-10.0.0.10"));
        wider.allocate();
        var refusal =
                assertThrows(InvalidStateException.class, () -> wider.state().restore(snapshot));
        assertTrue(refusal.getMessage().contains("10.0.0.0-10.0.0.9"), refusal::getMessage);
        assertEquals(BigInteger.ONE, wider.allocated());
        RangeAllocator units = RangeAllocator.ofUnits(v4("10.0.0.0-10.0.0.9"), 31);
        assertThrows(InvalidStateException.class, () -> units.state().restore(snapshot));
    }

    @Test
    void aBlockIsNamedByItsFirstAddress() {
        RangeAllocator allocator = RangeAllocator.of(v4("10.0.0.250-10.0.1.5", "10.0.7.0-10.0.7.255"));
        allocator.allocate(8, AllocationOrder.LOWEST);
        allocator.allocate(a("10.0.7.64"));
        List<AllocationBlock> blocks = allocator.state().exportBlocks();
        assertEquals(
                List.of(a("10.0.0.0"), a("10.0.1.0"), a("10.0.7.0")),
                blocks.stream().map(AllocationBlock::first).toList());
        assertEquals(
                List.of(6, 2, 1),
                blocks.stream().map(AllocationBlock::allocated).toList());
        assertEquals(1L, blocks.get(2).word(1));
        assertEquals(32, blocks.get(0).unitLength());
        // An added exclusion shifts ordinals, and no block cares.
        RangeAllocator other = RangeAllocator.of(v4("10.0.0.252-10.0.1.5", "10.0.7.60-10.0.7.70"));
        var refusal =
                assertThrows(InvalidStateException.class, () -> other.state().importBlocks(blocks));
        assertEquals(1, refusal.problems().size());
        other.state().importBlocks(blocks.subList(1, 3));
        assertEquals(
                List.of("10.0.1.0-10.0.1.1", "10.0.7.64"),
                other.allocatedRanges().map(Object::toString).toList());
    }

    @Test
    void versionsGrowWithEveryChange() {
        RangeAllocator allocator = RangeAllocator.of(v4("10.0.0.0-10.0.255.255"));
        Set<Long> seen = new HashSet<>();
        long highest = 0;
        for (int i = 0; i < 50; i++) {
            allocator.allocate(a("10.0.0." + i));
            if (i == 20) {
                allocator.state().restore(allocator.state().snapshot());
                allocator.allocate(a("10.0.0.100"));
            }
            if (i == 30) {
                allocator.state().importBlocks(allocator.state().exportBlocks());
            }
            long version = allocator.state().exportBlocks().get(0).version();
            assertTrue(version > highest && seen.add(version), "version " + version + " after " + highest);
            highest = version;
        }
        assertEquals(highest, allocator.state().exportBlocks().get(0).version(), "reading changes no version");
        RangeAllocator next = RangeAllocator.of(v4("10.0.0.0-10.0.255.255"));
        next.state().importBlocks(allocator.state().exportBlocks());
        assertTrue(next.state().exportBlocks().get(0).version() > highest);
    }

    @Test
    void refusesBlocksWithEveryReasonAndChangesNothing() {
        RangeAllocator allocator = RangeAllocator.of(v4("10.0.0.0-10.0.0.99"));
        allocator.allocate();
        AllocationBlock good = new AllocationBlock(a("10.0.0.0"), 32, 1, 6, 0, 0, 0);
        List<AllocationBlock> blocks = List.of(
                good,
                new AllocationBlock(a("10.0.0.7"), 32, 1, 1, 0, 0, 0),
                new AllocationBlock(a("::"), 128, 1, 1, 0, 0, 0),
                new AllocationBlock(a("10.0.0.0"), 24, 1, 1, 0, 0, 0),
                new AllocationBlock(a("10.0.0.0"), 32, -1, 1, 0, 0, 0),
                new AllocationBlock(a("10.0.0.0"), 32, 1, 0, 1L << 36, 0, 0),
                new AllocationBlock(a("10.9.0.0"), 32, 1, 1, 0, 0, 0),
                good,
                new AllocationBlock(a("10.0.0.0"), 32, Long.MAX_VALUE, 1, 0, 0, 0));
        var refusal = assertThrows(
                InvalidStateException.class, () -> allocator.state().importBlocks(blocks));
        assertEquals(
                List.of("[1]", "[2]", "[3]", "[4]", "[5]", "[6]", "[7]", "[8]"),
                refusal.problems().stream().map(Problem::where).toList());
        assertEquals("/24", refusal.problems().get(2).offending());
        assertTrue(refusal.getMessage().contains("10.0.0.0 unit 100"), refusal::getMessage);
        assertEquals(
                List.of("10.0.0.0"),
                allocator.allocatedRanges().map(Object::toString).toList());
        allocator.state().importBlocks(List.of(good));
        assertEquals(
                List.of("10.0.0.1-10.0.0.2"),
                allocator.allocatedRanges().map(Object::toString).toList());
    }

    @Test
    void unitsFewerThanABlockGoOutAndIn() {
        AddressSet all = v4("0.0.0.0-255.255.255.255");
        RangeAllocator allocator = RangeAllocator.ofUnits(all, 4);
        allocator.allocate(16, AllocationOrder.LOWEST);
        List<AllocationBlock> blocks = allocator.state().exportBlocks();
        assertEquals(1, blocks.size());
        RangeAllocator other = RangeAllocator.ofUnits(all, 4);
        other.state().importBlocks(blocks);
        assertTrue(other.isExhausted());
        AllocationBlock beyond = new AllocationBlock(a("0.0.0.0"), 4, 1, 1L << 16, 0, 0, 0);
        assertThrows(InvalidStateException.class, () -> other.state().importBlocks(List.of(beyond)));
        assertThrows(IndexOutOfBoundsException.class, () -> beyond.word(4));
    }
}
