package io.ipam.allocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import inet.ipaddr.IPAddressString;
import io.ipam.address.Address;
import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.address.Prefix;
import io.ipam.problem.Problem;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import org.junit.jupiter.api.Test;

/** What an allocator and its snapshots say of themselves, and what they refuse. */
class AllocatorBorderTest {
    private static final AddressSet SET = AddressSet.parse(Family.IPV4, List.of("10.0.0.0-10.0.0.3"));
    private final RangeAllocator allocator = RangeAllocator.of(SET);
    private final RangeAllocator pairs = RangeAllocator.ofUnits(SET, 31);

    @Test
    void saysWhatItIsMadeOf() {
        allocator.allocate();
        pairs.allocate();
        AllocatorSnapshot snapshot = pairs.state().snapshot();
        assertSame(SET, allocator.addresses());
        assertSame(SET, snapshot.addresses());
        assertEquals(Family.IPV4, allocator.family());
        assertEquals(32, allocator.unitLength());
        assertEquals(31, pairs.unitLength());
        assertEquals(31, snapshot.unitLength());
        assertEquals("RangeAllocator[1 of 4 allocated in [10.0.0.0-10.0.0.3]]", allocator.toString());
        assertEquals("RangeAllocator[1 of 2 allocated in [10.0.0.0-10.0.0.3] in /31]", pairs.toString());
        assertEquals("AllocatorSnapshot[1 of 2 allocated in [10.0.0.0-10.0.0.3] in /31]", snapshot.toString());
    }

    @Test
    void aSnapshotAnswersForEveryAddress() {
        pairs.allocate(Address.parse("10.0.0.2"));
        AllocatorSnapshot snapshot = pairs.state().snapshot();
        assertFalse(snapshot.isAllocated(Address.parse("10.0.0.1")));
        assertTrue(snapshot.isAllocated(Address.parse("10.0.0.2")));
        assertTrue(snapshot.isAllocated(Address.parse("10.0.0.3")));
        assertFalse(snapshot.isAllocated(Address.parse("10.0.0.4")));
        assertFalse(snapshot.isAllocated(Address.parse("::a00:2")));
        Iterator<AddressRange> ranges = snapshot.allocatedRanges().iterator();
        assertEquals(AddressRange.parse("10.0.0.2-10.0.0.3"), ranges.next());
        assertFalse(ranges.hasNext());
        assertThrows(NoSuchElementException.class, ranges::next);
    }

    /** What a stream promises of itself lets others leave out work. */
    @Test
    void rangesAreInOrderAndDifferent() {
        allocator.allocate(Address.parse("10.0.0.2"));
        for (var ranges : List.of(allocator.freeRanges(), allocator.allocatedRanges())) {
            assertTrue(ranges.spliterator().hasCharacteristics(Spliterator.ORDERED));
        }
        assertEquals(2, allocator.freeRanges().distinct().sorted().count());
    }

    @Test
    void refusesBlocksThatAreNone() {
        for (String bad : List.of("10.0.0.0/32", "::/0")) {
            Prefix prefix = Prefix.parse(bad);
            assertThrows(IllegalArgumentException.class, () -> pairs.allocate(prefix));
            assertThrows(IllegalArgumentException.class, () -> pairs.release(prefix));
        }
        for (int length : new int[] {-1, 32}) {
            assertThrows(IllegalArgumentException.class, () -> pairs.allocateBlock(length));
        }
        for (int length : new int[] {-1, 33}) {
            assertThrows(IllegalArgumentException.class, () -> RangeAllocator.ofUnits(SET, length));
        }
        assertEquals(TakeOutcome.ALLOCATED, pairs.allocate(Prefix.parse("10.0.0.0/31")));
        assertEquals(TakeOutcome.OUTSIDE, pairs.allocate(Prefix.parse("0.0.0.0/0")));
        assertEquals(TakeOutcome.TAKEN, pairs.allocate(Prefix.parse("10.0.0.0/30")));
    }

    @Test
    void unitsAreAsLongAsAnAddressOrAsShortAsAll() {
        RangeAllocator all = RangeAllocator.ofUnits(range("::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"), 0);
        assertEquals(Prefix.parse("::/0"), all.allocateBlock(0).orElseThrow());
        assertTrue(all.isExhausted());
        assertEquals(4, RangeAllocator.ofUnits(SET, 32).total().intValueExact());
    }

    /** A unit that the set ends in the middle of is none, wherever in the address the middle is. */
    @Test
    void theLastUnitIsWholeOrNone() {
        String end = ":ffff:ffff:ffff:ffff:ffff:ffff";
        assertEquals(2, units("2001:db9:ffff" + end.substring(5)));
        assertEquals(1, units("2001:db9:fffe" + end.substring(5)));
        assertEquals(1, units("2001:db9" + end.substring(0, end.length() - 1) + "e"));
    }

    private static int units(String last) {
        return RangeAllocator.ofUnits(range("2001:db8::", last), 32).total().intValueExact();
    }

    private static AddressSet range(String first, String last) {
        return AddressSet.parse(Family.IPV6, List.of(first + "-" + last));
    }

    @Test
    void takesInBlocksOfEveryVersionFromNoneToTheHighest() {
        for (long version : new long[] {0, 1L << 62}) {
            allocator.state().importBlocks(List.of(block(version, 1, 0)));
            assertEquals(1, allocator.allocated().intValueExact());
        }
        for (long version : new long[] {-1, (1L << 62) + 1}) {
            assertEquals("a version is 0 to 2^62", refused(block(version, 1, 0)).rule());
        }
        assertEquals("255", refused(block(1, 1, 1L << 63)).offending().split(" ")[2]);
    }

    private static AllocationBlock block(long version, long firstWord, long lastWord) {
        return new AllocationBlock(Address.parse("10.0.0.0"), 32, version, firstWord, 0, 0, lastWord);
    }

    private Problem refused(AllocationBlock block) {
        InvalidStateException refusal = assertThrows(
                InvalidStateException.class, () -> allocator.state().importBlocks(List.of(block)));
        assertEquals(1, refusal.problems().size());
        return refusal.problems().get(0);
    }

    @Test
    void checksItself() {
        allocator.allocate();
        allocator.state().verify();
        Object levels = get(get(get(get(allocator, "ledger"), "occupancy"), "taken"), "levels");
        ((long[]) get(levels, "words"))[0] ^= 2;
        assertThrows(IllegalStateException.class, allocator.state()::verify);
    }

    private static Object get(Object object, String field) {
        try {
            var found = object.getClass().getDeclaredField(field);
            found.setAccessible(true);
            return found.get(object);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aFullOneGivesNothingAndKeepsTheCursor() {
        allocator.allocate(4, AllocationOrder.LOWEST);
        AddressCursor cursor = new AddressCursor();
        cursor.set(7, 8);
        assertFalse(allocator.allocateFor(5, cursor));
        for (AllocationOrder order : List.of(AllocationOrder.LOWEST, AllocationOrder.NEXT, AllocationOrder.RANDOM)) {
            assertFalse(allocator.allocate(order, cursor));
        }
        assertEquals(7, cursor.high());
        assertEquals(8, cursor.low());
    }

    @Test
    void keysOfOneNumberHaveOnePlace() {
        AddressCursor first = new AddressCursor();
        AddressCursor second = new AddressCursor();
        assertTrue(allocator.allocateFor(5, first));
        assertTrue(RangeAllocator.of(SET).allocateFor(5, second));
        assertEquals(first.toAddress(Family.IPV4), second.toAddress(Family.IPV4));
        assertTrue(SET.contains(first.toAddress(Family.IPV4)));
    }

    @Test
    void objectsOfTheLibraryAreAskedAbout() {
        allocator.allocate(Address.parse("10.0.0.2"));
        assertTrue(allocator.isAllocated(new IPAddressString("10.0.0.2").getAddress()));
        assertFalse(allocator.isAllocated(new IPAddressString("10.0.0.1").getAddress()));
    }

    /** What is behind an earlier version of a block is passed over by those who wait for a later one. */
    @Test
    void versionsGrowOverTheRestoreOfAnOlderState() {
        allocator.allocate();
        AllocatorSnapshot older = allocator.state().snapshot();
        allocator.allocate();
        long before = version();
        allocator.state().restore(older);
        assertTrue(version() > before);
        before = version();
        allocator.allocate();
        assertTrue(version() > before);
    }

    private long version() {
        return allocator.state().exportBlocks().get(0).version();
    }
}
