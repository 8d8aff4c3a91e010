package io.ipam.range;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.address.Prefix;
import io.ipam.allocation.AllocationOrder;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** The verbs of {@link PrefixAllocator}. */
class PrefixAllocatorTest {
    private static final AddressSet SITE = AddressSet.of(Prefix.parse("2001:db8::/48"));

    private static Prefix p(String text) {
        return Prefix.parse(text);
    }

    @Test
    void allocate_unitsAndBlocks_arePrefixes() {
        PrefixAllocator allocator = PrefixAllocator.of(SITE, 64);
        assertEquals(BigInteger.valueOf(65536), allocator.total());
        assertEquals(p("2001:db8::/64"), allocator.allocate());
        assertEquals(p("2001:db8:0:1::/64"), allocator.allocate());
        assertEquals(p("2001:db8:0:100::/56"), allocator.allocateBlock(56));
        assertTrue(allocator.isAllocated(Address.parse("2001:db8:0:1ff::7")));
        assertEquals(ReleaseOutcome.RELEASED, allocator.release(p("2001:db8:0:1ff::/64")));
        assertEquals(ReleaseOutcome.PARTLY_ALLOCATED, allocator.release(p("2001:db8:0:100::/56")));
        assertEquals(ReleaseOutcome.NOT_ALLOCATED, allocator.release(p("2001:db8:0:1ff::/64")));
        assertEquals(TakeOutcome.ALLOCATED, allocator.take(p("2001:db8:0:1ff::/64")));
        assertEquals(TakeOutcome.OUTSIDE, allocator.take(p("2001:db9::/64")));
        assertThrows(IllegalArgumentException.class, () -> allocator.take(p("2001:db8::/65")));
        assertThrows(IllegalArgumentException.class, () -> allocator.allocateBlock(65));
    }

    @Test
    void allocatedPrefixes_unitsApartAndInARow_areListedOneByOne() {
        PrefixAllocator allocator = PrefixAllocator.of(SITE, 64);
        allocator.allocateSeveral(2);
        allocator.take(p("2001:db8:0:f::/64"));
        assertEquals(
                List.of(p("2001:db8::/64"), p("2001:db8:0:1::/64"), p("2001:db8:0:f::/64")),
                allocator.allocatedPrefixes().toList());
        Iterator<Prefix> none = PrefixAllocator.of(SITE, 64).allocatedPrefixes().iterator();
        assertThrows(NoSuchElementException.class, none::next);
    }

    /** 2^64 units are listed as far as they are requested. */
    @Test
    void allocatedPrefixes_moreThanMemoryHolds_areListedLazily() {
        PrefixAllocator allocator = PrefixAllocator.of(AddressSet.of(p("::/0")), 64);
        allocator.allocateBlock(0);
        assertEquals(
                List.of(p("::/64"), p("0:0:0:1::/64")),
                allocator.allocatedPrefixes().limit(2).toList());
    }

    @Test
    void orders_ofUnits_areThoseOfAddresses() {
        PrefixAllocator next = PrefixAllocator.of(SITE, 64, AllocationOrder.NEXT);
        next.release(next.allocate());
        assertEquals(p("2001:db8:0:1::/64"), next.allocate());
        List<Prefix> random =
                PrefixAllocator.of(SITE, 64, AllocationOrder.RANDOM, 3).allocateSeveral(50);
        assertEquals(
                random, PrefixAllocator.of(SITE, 64, AllocationOrder.RANDOM, 3).allocateSeveral(50));
        assertEquals(50, new HashSet<>(random).size());
        PrefixAllocator byKey = PrefixAllocator.of(SITE, 64);
        Prefix place = byKey.allocateFor("node-a");
        byKey.release(place);
        assertEquals(place, byKey.tryAllocateFor("node-a").orElseThrow());
    }

    /**
     * A node's prefix becomes an allocator of its own; the state is rebuilt from what the nodes
     * hold.
     */
    @Test
    void markAllocated_repeated_rebuildsTheState() {
        AddressSet cluster = AddressSet.parse(Family.IPV4, List.of("10.1.0.0-10.1.255.255"));
        PrefixAllocator nodes = PrefixAllocator.of(cluster, 24);
        assertEquals(BigInteger.ONE, nodes.markAllocated(p("10.1.7.0/24")));
        assertEquals(BigInteger.valueOf(3), nodes.markAllocated(p("10.1.4.0/22")));
        assertEquals(BigInteger.ZERO, nodes.markAllocated(p("10.1.4.0/22")));
        assertEquals(BigInteger.valueOf(252), nodes.markAllocated(p("10.0.0.0/8")), "parts outside are ignored");
        assertEquals(BigInteger.ZERO, nodes.markFree(p("11.0.0.0/8")));
        assertEquals(BigInteger.TWO, nodes.markFree(p("10.1.6.0/23")));
        assertEquals(p("10.1.6.0/24"), nodes.allocate());
        nodes.verify();
        assertThrows(IllegalArgumentException.class, () -> nodes.markAllocated(p("10.1.0.0/25")));
        assertThrows(IllegalArgumentException.class, () -> nodes.markFree(p("::/0")));
    }
}
