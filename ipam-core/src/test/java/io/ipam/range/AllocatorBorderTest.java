package io.ipam.range;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.address.Prefix;
import io.ipam.allocation.AllocationOrder;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Descriptions and refusals of allocators and their snapshots. */
class AllocatorBorderTest {
    private static final AddressSet SET = AddressSet.parse(Family.IPV4, List.of("10.0.0.0-10.0.0.3"));
    private final RangeAllocator allocator = RangeAllocator.of(SET);
    private final PrefixAllocator pairs = PrefixAllocator.of(SET, 31);

    @Test
    void toString_allocator_describesSet() {
        allocator.allocate();
        pairs.allocate();
        AllocatorSnapshot snapshot = pairs.snapshot();
        assertSame(SET, allocator.addresses());
        assertSame(SET, snapshot.addresses());
        assertEquals(Family.IPV4, allocator.family());
        assertEquals(32, allocator.unitLength());
        assertEquals(31, pairs.unitLength());
        assertEquals(31, snapshot.unitLength());
        assertEquals("RangeAllocator[1 of 4 allocated in [10.0.0.0-10.0.0.3]]", allocator.toString());
        assertEquals("PrefixAllocator[1 of 2 allocated in [10.0.0.0-10.0.0.3] in /31]", pairs.toString());
        assertEquals("AllocatorSnapshot[1 of 2 allocated in [10.0.0.0-10.0.0.3] in /31]", snapshot.toString());
    }

    @Test
    void snapshot_everyAddress_isAllocatedOrFree() {
        pairs.take(Prefix.parse("10.0.0.2/31"));
        AllocatorSnapshot snapshot = pairs.snapshot();
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

    /** The characteristics of a stream let callers skip work. */
    @Test
    void streams_characteristics_areOrderedAndDistinct() {
        allocator.take(Address.parse("10.0.0.2"));
        for (var ranges : List.of(allocator.freeRanges(), allocator.allocatedRanges())) {
            assertTrue(ranges.spliterator().hasCharacteristics(Spliterator.ORDERED));
        }
        assertEquals(2, allocator.freeRanges().distinct().sorted().count());
    }

    @Test
    void block_invalidLength_throws() {
        for (String bad : List.of("10.0.0.0/32", "::/0")) {
            Prefix prefix = Prefix.parse(bad);
            assertThrows(IllegalArgumentException.class, () -> pairs.take(prefix));
            assertThrows(IllegalArgumentException.class, () -> pairs.release(prefix));
        }
        for (int length : new int[] {-1, 32}) {
            assertThrows(IllegalArgumentException.class, () -> pairs.allocateBlock(length));
        }
        for (int length : new int[] {-1, 33}) {
            assertThrows(IllegalArgumentException.class, () -> PrefixAllocator.of(SET, length));
        }
        assertEquals(TakeOutcome.ALLOCATED, pairs.take(Prefix.parse("10.0.0.0/31")));
        assertEquals(TakeOutcome.OUTSIDE, pairs.take(Prefix.parse("0.0.0.0/0")));
        assertEquals(TakeOutcome.TAKEN, pairs.take(Prefix.parse("10.0.0.0/30")));
    }

    @Test
    void unitLength_bounds_areAccepted() {
        PrefixAllocator all = PrefixAllocator.of(range("::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"), 0);
        assertEquals(Prefix.parse("::/0"), all.allocate());
        assertTrue(all.isExhausted());
        assertEquals(4, PrefixAllocator.of(SET, 32).total().intValueExact());
    }

    /** A unit that is only partly in the set is not a unit, at any place of the border. */
    @Test
    void units_partialLastUnit_isIgnored() {
        String end = ":ffff:ffff:ffff:ffff:ffff:ffff";
        assertEquals(2, units("2001:db9:ffff" + end.substring(5)));
        assertEquals(1, units("2001:db9:fffe" + end.substring(5)));
        assertEquals(1, units("2001:db9" + end.substring(0, end.length() - 1) + "e"));
    }

    private static int units(String last) {
        return PrefixAllocator.of(range("2001:db8::", last), 32).total().intValueExact();
    }

    private static AddressSet range(String first, String last) {
        return AddressSet.parse(Family.IPV6, List.of(first + "-" + last));
    }

    @Test
    void verify_brokenBitmap_throws() {
        allocator.allocate();
        allocator.verify();
        Object levels = get(get(get(get(allocator, "ledger"), "occupancy"), "taken"), "levels");
        ((long[]) get(levels, "words"))[0] ^= 2;
        assertThrows(IllegalStateException.class, allocator::verify);
    }

    private static Object get(Object object, String field) {
        try {
            Class<?> type = object instanceof UnitAllocator ? UnitAllocator.class : object.getClass();
            var found = type.getDeclaredField(field);
            found.setAccessible(true);
            return found.get(object);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HASH_OF_OWNER")
    void tryAllocate_full_leavesTheCursor(AllocationOrder order) {
        RangeAllocator full = RangeAllocator.of(SET, order);
        full.allocateSeveral(4);
        AddressCursor cursor = new AddressCursor();
        cursor.set(7, 8);
        assertFalse(full.tryAllocateFor(5, cursor));
        assertFalse(full.tryAllocate(cursor));
        assertEquals(7, cursor.high());
        assertEquals(8, cursor.low());
    }

    @Test
    void allocateFor_equalNumbers_haveEqualPlaces() {
        AddressCursor first = new AddressCursor();
        AddressCursor second = new AddressCursor();
        assertTrue(allocator.tryAllocateFor(5, first));
        assertTrue(RangeAllocator.of(SET).tryAllocateFor(5, second));
        assertEquals(first.toAddress(Family.IPV4), second.toAddress(Family.IPV4));
        assertTrue(SET.contains(first.toAddress(Family.IPV4)));
    }
}
