package io.ipam.range;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.address.Prefix;
import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.InvalidStateException;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Cases that the model test does not cover: sizes, borders, uniformity, garbage, errors, restored
 * state.
 */
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
    void counts_everySize_areExact(String range, int bits) {
        AddressSet set = AddressSet.of(io.ipam.address.AddressRange.parse(range));
        RangeAllocator allocator = RangeAllocator.of(set, AllocationOrder.NEXT);
        BigInteger total = BigInteger.ONE.shiftLeft(bits);
        assertEquals(total, allocator.free());
        Address first = set.first().orElseThrow();
        Address last = set.last().orElseThrow();
        assertEquals(first, allocator.allocate());
        assertEquals(TakeOutcome.ALLOCATED, allocator.take(last));
        assertEquals(TakeOutcome.TAKEN, allocator.take(last));
        assertEquals(first.next(), allocator.allocate(), "NEXT continues around");
        assertEquals(total.subtract(BigInteger.valueOf(3)), allocator.free());
        assertEquals(
                List.of(first + "-" + first.next(), last.toString()),
                allocator.allocatedRanges().map(Object::toString).toList());
        assertEquals(
                List.of(first.next().next() + "-" + last.previous()),
                allocator.freeRanges().map(Object::toString).toList());
        allocator.verify();
        assertEquals(ReleaseOutcome.RELEASED, allocator.release(last));
        assertEquals(ReleaseOutcome.NOT_ALLOCATED, allocator.release(last));
        allocator.verify();
    }

    @Test
    @Tag("unmutated")
    void allocate_wholeIpv6AsOneBlockAndInParts_succeeds() {
        RangeAllocator allocator = RangeAllocator.of(v6("::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"));
        assertEquals(Prefix.parse("::/0"), allocator.allocateBlock(0));
        assertEquals(BigInteger.ONE.shiftLeft(128), allocator.allocated());
        assertEquals(BigInteger.ZERO, allocator.free());
        assertTrue(allocator.isExhausted());
        assertEquals(Optional.empty(), allocator.tryAllocate());
        assertEquals(Optional.empty(), allocator.tryAllocateFor("x"));
        assertEquals(ReleaseOutcome.RELEASED, allocator.release(Prefix.parse("2001:db8::/32")));
        assertEquals(a("2001:db8::"), allocator.allocate());
        assertEquals(Prefix.parse("2001:db8:8000::/33"), allocator.allocateBlock(33));
        assertEquals(Prefix.parse("2001:db8:4000::/34"), allocator.allocateBlock(34));
        Address any = allocator.allocateFor("x");
        assertTrue(Prefix.parse("2001:db8::/34").contains(any), any::toString);
        assertEquals(
                BigInteger.ONE.shiftLeft(94).subtract(BigInteger.TWO),
                allocator.markAllocated(Prefix.parse("2001::/16")));
        assertTrue(allocator.isExhausted());
        assertEquals(BigInteger.ONE.shiftLeft(128), allocator.markFree(Prefix.parse("::/0")));
        allocator.verify();
    }

    /** Any address of a /64 can be taken, and only taken addresses need memory. */
    @Test
    @Tag("unmutated")
    void take_millionRandomAddresses_areReleasedAgain() {
        int n = 1_000_000;
        RangeAllocator allocator =
                RangeAllocator.of(v6("2001:db8::-2001:db8::ffff:ffff:ffff:ffff"), AllocationOrder.RANDOM, 11);
        AddressCursor cursor = new AddressCursor();
        long[] taken = new long[n];
        for (int i = 0; i < n; i++) {
            assertTrue(allocator.tryAllocate(cursor));
            assertEquals(0x2001_0db8_0000_0000L, cursor.high());
            taken[i] = cursor.low();
        }
        assertEquals(n, LongStream.of(taken).distinct().count());
        assertEquals(BigInteger.ONE.shiftLeft(64).subtract(BigInteger.valueOf(n)), allocator.free());
        allocator.verify();
        for (long low : taken) {
            assertEquals(ReleaseOutcome.RELEASED, allocator.release(0x2001_0db8_0000_0000L, low));
        }
        assertEquals(BigInteger.ZERO, allocator.allocated());
        allocator.verify();
    }

    /** Every range of a /28, in units of every length, against a count unit by unit. */
    @Test
    void units_partialUnits_areIgnored() {
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
                    PrefixAllocator allocator = PrefixAllocator.of(set, 32 - bits);
                    Set<Address> taken = new HashSet<>();
                    for (Optional<Prefix> u = allocator.tryAllocate(); u.isPresent(); u = allocator.tryAllocate()) {
                        taken.add(u.get().base());
                    }
                    assertEquals(units, taken, set + " in /" + (32 - bits));
                }
            }
        }
    }

    @Test
    void otherFamily_callsAndPredicates_throwOrReturnFalse() {
        RangeAllocator allocator = RangeAllocator.of(v4("10.0.0.0-10.0.0.255"));
        assertThrows(IllegalArgumentException.class, () -> allocator.take(a("::1")));
        assertThrows(IllegalArgumentException.class, () -> allocator.release(a("::1")));
        assertEquals(false, allocator.isAllocated(a("::1")));
        assertEquals(BigInteger.ZERO, allocator.allocated());
    }

    @Test
    void arguments_illegal_areNamedInMessage() {
        AddressSet set = v4("10.0.0.0");
        String order = assertThrows(
                        IllegalArgumentException.class, () -> RangeAllocator.of(set, AllocationOrder.HASH_OF_OWNER))
                .getMessage();
        assertEquals("order must not be HASH_OF_OWNER, which needs a key: use allocateFor", order);
        RangeAllocator allocator = RangeAllocator.of(set);
        String n = assertThrows(IllegalArgumentException.class, () -> allocator.allocateSeveral(0))
                .getMessage();
        assertEquals("n must be at least 1, was 0", n);
        assertThrows(NullPointerException.class, () -> RangeAllocator.of(null));
        assertThrows(NullPointerException.class, () -> RangeAllocator.of(set, null));
        assertThrows(NullPointerException.class, () -> PrefixAllocator.of(null, 24));
    }

    /**
     * A verb that must return a result throws, the same verb with {@code try} does not, and neither
     * changes anything.
     */
    @Test
    void allocate_nothingFree_throwsExhausted() {
        AddressSet set = v4("10.0.0.0-10.0.0.3");
        RangeAllocator allocator = RangeAllocator.of(set);
        assertEquals(a("10.0.0.0"), allocator.allocate());
        assertExhausted("fewer than 4 addresses are free in [10.0.0.0-10.0.0.3]", () -> allocator.allocateSeveral(4));
        assertExhausted("no /30 is free in [10.0.0.0-10.0.0.3]", () -> allocator.allocateBlock(30));
        assertEquals(Optional.empty(), allocator.tryAllocateSeveral(4));
        assertEquals(Optional.empty(), allocator.tryAllocateBlock(30));
        assertEquals(BigInteger.ONE, allocator.allocated());
        assertEquals(List.of(a("10.0.0.1"), a("10.0.0.2"), a("10.0.0.3")), allocator.allocateSeveral(3));
        assertExhausted("no address is free in [10.0.0.0-10.0.0.3]", allocator::allocate);
        assertExhausted("no address is free in [10.0.0.0-10.0.0.3]", () -> allocator.allocateFor("key"));
        assertEquals(Optional.empty(), allocator.tryAllocate());
        assertEquals(Optional.empty(), allocator.tryAllocateFor("key"));
        PrefixAllocator pairs = PrefixAllocator.of(set, 31);
        assertExhausted("fewer than 3 prefixes are free in [10.0.0.0-10.0.0.3] in /31", () -> pairs.allocateSeveral(3));
        assertEquals(List.of(Prefix.parse("10.0.0.0/31"), Prefix.parse("10.0.0.2/31")), pairs.allocateSeveral(2));
        assertExhausted("no prefix is free in [10.0.0.0-10.0.0.3] in /31", pairs::allocate);
        assertExhausted("no prefix is free in [10.0.0.0-10.0.0.3] in /31", () -> pairs.allocateFor("key"));
    }

    private static void assertExhausted(String message, Executable verb) {
        assertEquals(message, assertThrows(ExhaustedException.class, verb).getMessage());
    }

    /**
     * From every state of five addresses, the choices of many seeds are spread evenly: chi-square,
     * 0.1 % level.
     */
    @Test
    void allocate_randomOrder_isUniform() {
        for (int state = 0; state < 31; state++) {
            Map<Address, Integer> counts = new HashMap<>();
            int free = 5 - Integer.bitCount(state);
            int draws = 2000 * free;
            for (AddressSet set : List.of(v4("10.0.0.0-10.0.0.4"))) {
                RangeAllocator allocator = RangeAllocator.of(set, AllocationOrder.RANDOM, state);
                for (int i = 0; i < 5; i++) {
                    if ((state >> i & 1) != 0) {
                        allocator.take(a("10.0.0." + i));
                    }
                }
                for (int i = 0; i < draws; i++) {
                    Address address = allocator.allocate();
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
    void allocate_equalSeeds_makeEqualChoices() {
        AddressSet set = v6("2001:db8::-2001:db8::ffff:ffff:ffff:ffff");
        List<Address> first = RangeAllocator.of(set, AllocationOrder.RANDOM, 5).allocateSeveral(100);
        assertEquals(first, RangeAllocator.of(set, AllocationOrder.RANDOM, 5).allocateSeveral(100));
        assertNotEquals(first, RangeAllocator.of(set, AllocationOrder.RANDOM, 6).allocateSeveral(100));
        assertEquals(100, new HashSet<>(first).size());
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0-10.0.255.255, LOWEST",
        "10.0.0.0-10.0.255.255, NEXT",
        "10.0.0.0-10.0.255.255, RANDOM",
        "2001:db8::-2001:db8::ffff:ffff:ffff:ffff, LOWEST",
        "2001:db8::-2001:db8::ffff:ffff:ffff:ffff, NEXT",
        "2001:db8::-2001:db8::ffff:ffff:ffff:ffff, RANDOM"
    })
    void tryAllocate_withCursor_makesNoObject(String range, AllocationOrder order) {
        RangeAllocator allocator =
                RangeAllocator.of(AddressSet.of(io.ipam.address.AddressRange.parse(range)), order, 1);
        AddressCursor cursor = new AddressCursor();
        // Many words of one address and of two, so that no table grows and shrinks in every round.
        LongStream.range(1000, 6000).forEach(key -> {
            allocator.tryAllocateFor(key, cursor);
            allocator.take(cursor.high(), cursor.low() ^ (key & 1));
        });
        long[] high = new long[1000];
        long[] low = new long[1000];
        LongStream.range(0, 30).forEach(i -> round(allocator, cursor, high, low));
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100; i++) {
            round(allocator, cursor, high, low);
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(bytes < 100_000, () -> bytes + " bytes for 200,000 operations"); // Less than a byte per operation.
    }

    private static void round(RangeAllocator allocator, AddressCursor cursor, long[] high, long[] low) {
        for (int i = 0; i < high.length; i++) {
            assertTrue(i % 4 == 3 ? allocator.tryAllocateFor(i, cursor) : allocator.tryAllocate(cursor));
            high[i] = cursor.high();
            low[i] = cursor.low();
        }
        for (int i = 0; i < high.length; i++) {
            allocator.release(high[i], low[i]);
        }
    }

    @Test
    void restore_equalUnitsOnly_replacesTheState() {
        RangeAllocator allocator = RangeAllocator.of(v4("10.0.0.0-10.0.0.9"));
        allocator.allocateSeveral(3);
        AllocatorSnapshot snapshot = allocator.snapshot();
        assertEquals(BigInteger.valueOf(3), snapshot.allocated());
        assertEquals(BigInteger.valueOf(7), snapshot.free());
        assertTrue(snapshot.isAllocated(a("10.0.0.2")));
        RangeAllocator other = RangeAllocator.of(v4("10.0.0.0-10.0.0.9"));
        other.restore(snapshot);
        other.release(a("10.0.0.2"));
        assertTrue(snapshot.isAllocated(a("10.0.0.2")), "a restored snapshot does not change");
        RangeAllocator wider = RangeAllocator.of(v4("10.0.0.0-10.0.0.10"));
        wider.allocate();
        var refusal = assertThrows(InvalidStateException.class, () -> wider.restore(snapshot));
        assertTrue(refusal.getMessage().contains("10.0.0.0-10.0.0.9"), refusal::getMessage);
        assertEquals(BigInteger.ONE, wider.allocated());
        PrefixAllocator units = PrefixAllocator.of(v4("10.0.0.0-10.0.0.9"), 31);
        assertThrows(InvalidStateException.class, () -> units.restore(snapshot));
    }

    /**
     * The place is a part of the state: released addresses are allocated as late as possible after
     * a restore, too.
     */
    @Test
    void restore_orderNext_continuesAfterTheLastAllocated() {
        AddressSet set = AddressSet.of(Prefix.parse("10.0.0.0/29"));
        RangeAllocator allocator = RangeAllocator.of(set, AllocationOrder.NEXT);
        allocator.allocateSeveral(3).forEach(allocator::release);
        RangeAllocator other = RangeAllocator.of(set, AllocationOrder.NEXT);
        AllocatorSnapshot snapshot = allocator.snapshot();
        assertEquals(Optional.of(a("10.0.0.2")), snapshot.lastAllocated());
        other.restore(snapshot);
        assertEquals(a("10.0.0.3"), other.allocate());
        other.restore(RangeAllocator.of(set).snapshot());
        assertEquals(a("10.0.0.0"), other.allocate(), "nothing was allocated in that state");
    }
}
