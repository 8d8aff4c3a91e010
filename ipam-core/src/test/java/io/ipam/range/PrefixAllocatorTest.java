package io.ipam.range;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.ProcessorTime;
import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.address.Prefix;
import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.InvalidStateException;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SplittableRandom;
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

    /** 2^64 units are listed lazily. */
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

    @Test
    void rangeAllocatorOf_allocatedUnit_isTheSameUntilItsRelease() {
        PrefixAllocator nodes = PrefixAllocator.of(AddressSet.of(p("10.1.0.0/16")), 24, AllocationOrder.NEXT);
        Prefix unit = nodes.allocate();
        RangeAllocator addresses = nodes.rangeAllocatorOf(unit).orElseThrow();
        Address held = addresses.allocate();
        addresses.release(addresses.allocate());
        assertEquals(Address.parse("10.1.0.2"), addresses.allocate(), "in the order NEXT");
        assertSame(addresses, nodes.rangeAllocatorOf(unit).orElseThrow());
        assertEquals(Optional.empty(), nodes.rangeAllocatorOf(p("10.1.1.0/24")));
        assertEquals(ReleaseOutcome.NOT_EMPTY, nodes.releaseIfEmpty(unit));
        assertEquals(ReleaseOutcome.RELEASED, addresses.release(held));
        assertEquals(ReleaseOutcome.RELEASED, addresses.release(Address.parse("10.1.0.2")));
        assertEquals(ReleaseOutcome.RELEASED, nodes.releaseIfEmpty(unit));
        assertEquals(ReleaseOutcome.NOT_ALLOCATED, nodes.releaseIfEmpty(unit));
        assertEquals(ReleaseOutcome.OUTSIDE, nodes.releaseIfEmpty(p("10.2.0.0/24")));
        assertEquals(Optional.empty(), nodes.rangeAllocatorOf(unit));
        assertThrows(ExhaustedException.class, addresses::allocate);
        assertEquals(TakeOutcome.OUTSIDE, addresses.take(held));
        assertEquals(BigInteger.ZERO, addresses.markAllocated(unit));
        assertEquals("RangeAllocator[0 of 0 allocated in [10.1.0.0-10.1.0.255]]", addresses.toString());
        nodes.take(unit);
        assertNotSame(addresses, nodes.rangeAllocatorOf(unit).orElseThrow());
    }

    @Test
    void prefixAllocatorOf_unitsOfUnits_areClosedWithThem() {
        PrefixAllocator sites = PrefixAllocator.of(AddressSet.of(p("2001:db8::/32")), 48);
        Prefix site = sites.allocate();
        PrefixAllocator links = sites.prefixAllocatorOf(site, 64).orElseThrow();
        Prefix link = links.allocate();
        RangeAllocator hosts = links.rangeAllocatorOf(link).orElseThrow();
        assertEquals(Address.parse("2001:db8::"), hosts.allocate());
        assertEquals(ReleaseOutcome.NOT_EMPTY, sites.releaseIfEmpty(site));
        assertEquals(ReleaseOutcome.NOT_EMPTY, links.releaseIfEmpty(link));
        assertEquals(ReleaseOutcome.RELEASED, sites.release(site));
        assertTrue(links.isExhausted() && hosts.isExhausted());
        assertFalse(hosts.isAllocated(Address.parse("2001:db8::")));
    }

    @Test
    void allocatorOf_otherKindOrLength_isRefused() {
        PrefixAllocator sites = PrefixAllocator.of(AddressSet.of(p("2001:db8::/32")), 48);
        Prefix site = sites.allocate();
        sites.prefixAllocatorOf(site, 64);
        assertEquals(
                "unit must be open in a RangeAllocator of /128, but 2001:db8::/48 is open in a PrefixAllocator of /64",
                assertThrows(IllegalArgumentException.class, () -> sites.rangeAllocatorOf(site))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> sites.prefixAllocatorOf(site, 56));
        assertThrows(IllegalArgumentException.class, () -> sites.prefixAllocatorOf(site, 47));
        assertThrows(IllegalArgumentException.class, () -> sites.prefixAllocatorOf(site, 129));
        for (Prefix bad : List.of(p("2001:db8::/32"), p("2001:db8::/64"), p("10.0.0.0/8"))) {
            assertThrows(IllegalArgumentException.class, () -> sites.rangeAllocatorOf(bad));
            assertThrows(IllegalArgumentException.class, () -> sites.prefixAllocatorOf(bad, 64));
            assertThrows(IllegalArgumentException.class, () -> sites.releaseIfEmpty(bad));
        }
        assertEquals(
                48, sites.prefixAllocatorOf(sites.allocate(), 48).orElseThrow().unitLength());
    }

    /** The seed of a unit does not depend on the order in which units are opened. */
    @Test
    void rangeAllocatorOf_orderRandom_dependsOnSeedAndUnit() {
        Prefix a = p("2001:db8::/64");
        Prefix b = p("2001:db8:0:1::/64");
        assertEquals(random(List.of(a, b), a), random(List.of(b, a), a));
        assertNotEquals(
                random(List.of(a, b), a).distanceTo(a.base()),
                random(List.of(a, b), b).distanceTo(b.base()));
    }

    private static Address random(List<Prefix> opened, Prefix unit) {
        PrefixAllocator units = PrefixAllocator.of(SITE, 64, AllocationOrder.RANDOM, 7);
        for (Prefix each : opened) {
            units.take(each);
            units.rangeAllocatorOf(each);
        }
        return units.rangeAllocatorOf(unit).orElseThrow().allocate();
    }

    @Test
    void restore_ofAnAllocatorAndItsUnits_rebuildsBoth() {
        PrefixAllocator nodes = PrefixAllocator.of(AddressSet.of(p("10.1.0.0/16")), 24);
        Prefix unit = nodes.allocate();
        RangeAllocator addresses = nodes.rangeAllocatorOf(unit).orElseThrow();
        addresses.allocateSeveral(3);
        AllocatorSnapshot ofNodes = nodes.snapshot();
        AllocatorSnapshot ofAddresses = addresses.snapshot();
        PrefixAllocator other = PrefixAllocator.of(nodes.addresses(), 24);
        other.restore(ofNodes);
        other.rangeAllocatorOf(unit).orElseThrow().restore(ofAddresses);
        assertEquals(ReleaseOutcome.NOT_EMPTY, other.releaseIfEmpty(unit));
        assertEquals(
                Address.parse("10.1.0.3"),
                other.rangeAllocatorOf(unit).orElseThrow().allocate());
        nodes.release(unit);
        assertThrows(InvalidStateException.class, () -> addresses.restore(ofAddresses));
        assertThrows(
                InvalidStateException.class,
                () -> other.rangeAllocatorOf(unit).orElseThrow().restore(addresses.snapshot()));
    }

    /** Without a sort of all units for each mark. */
    @Test
    void markAllocated_manyScatteredUnits_isCheapForEach() {
        PrefixAllocator all = PrefixAllocator.of(AddressSet.of(p("::/0")), 64);
        SplittableRandom random = new SplittableRandom(5);
        long millis = ProcessorTime.millisOf(() -> {
            for (int i = 0; i < 20_000; i++) {
                Prefix unit = new Prefix(new Address(Family.IPV6, random.nextLong(), 0), 64);
                assertEquals(BigInteger.ONE, all.markAllocated(unit));
                assertEquals(BigInteger.ZERO, all.markAllocated(unit));
                if (i % 2 == 0) {
                    assertEquals(BigInteger.ONE, all.markFree(unit));
                    assertEquals(BigInteger.ZERO, all.markFree(unit));
                }
            }
        });
        assertTrue(millis < 10_000, () -> millis + " ms of processor time");
        assertEquals(BigInteger.valueOf(10_000), all.allocated());
    }

    /** A node's prefix gets its own allocator; the state is rebuilt from the nodes' allocations. */
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
