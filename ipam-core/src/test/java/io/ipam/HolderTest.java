package io.ipam;

import static io.ipam.fixture.Owners.db;
import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.pool;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Pools.v6;
import static io.ipam.fixture.Selections.of;
import static io.ipam.fixture.Selections.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.Allocation;
import io.ipam.allocation.HeldAddress;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.allocation.Stray;
import io.ipam.fixture.IpamFixture;
import io.ipam.owner.Owner;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.ReservedRange;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolSelections;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The holder of an address, and the allocations of an owner. */
class HolderTest {
    private static final Address FIRST = Address.parse("10.1.0.1");
    private static final PoolSelections BOTH =
            PoolSelections.none().withPod(new PoolNames(Map.of(Family.IPV4, List.of("a"), Family.IPV6, List.of("a6"))));

    private final IpamFixture fixture = new IpamFixture(v4("a", 1, 5), v6("a6", 1, 5));

    private Ipam ipam() {
        return fixture.ipam;
    }

    private Optional<HeldAddress> holder(String address) {
        return ipam().holder(Address.parse(address));
    }

    private static HeldAddress held(Owner owner, Allocation allocation) {
        return new HeldAddress(
                allocation.address(),
                Optional.of(owner),
                allocation.interfaceName(),
                allocation.pool(),
                allocation.generation(),
                false);
    }

    @Test
    void holder_allocatedAddress_isItsOwner() {
        List<Allocation> allocations =
                fixture.ask(pod("1"), on(BOTH, "eth0", "net1")).orElseThrow();
        List<HeldAddress> expected = allocations.stream()
                .map(each -> held(pod("1"), each))
                .sorted(byAddress())
                .toList();
        assertEquals(4, expected.size());
        assertEquals(expected, ipam().heldBy(pod("1")));
        expected.forEach(each -> assertEquals(Optional.of(each), ipam().holder(each.address())));
        assertEquals(
                "10.1.0.1 from a held by shop/pod-1 (uid 1) for eth0",
                holder("10.1.0.1").orElseThrow().toString());
    }

    private static Comparator<HeldAddress> byAddress() {
        return Comparator.comparing(HeldAddress::address);
    }

    /** The address 10.1.0.1 and ::a01:1 have the same low bits. */
    @Test
    void holder_addressThatNoOwnerHolds_isEmpty() {
        fixture.coolingFor(Duration.ofMinutes(1));
        fixture.get(pod("1"), of("a"));
        fixture.get(pod("2"), of("a"));
        ipam().release(pod("2"));
        for (String address : List.of("10.1.0.2", "10.1.0.3", "10.1.0.9", "10.9.0.1", "::a01:1", "::", "0.0.0.0")) {
            assertEquals(Optional.empty(), holder(address), address);
        }
        assertEquals(List.of(), ipam().heldBy(pod("2")));
        assertEquals(List.of(), ipam().heldBy(db("1")));
    }

    @Test
    void holder_null_throwsNamingTheParameter() {
        assertEquals(
                "address",
                assertThrows(NullPointerException.class, () -> ipam().holder(null))
                        .getMessage());
        assertEquals(
                "owner",
                assertThrows(NullPointerException.class, () -> ipam().heldBy(null))
                        .getMessage());
    }

    @Test
    void heldBy_statefulOwnerUnderAnotherUid_statesTheUidOfTheGrant() {
        fixture.get(db("x"), of("a"));
        assertEquals(Optional.of(db("x")), ipam().heldBy(db("y")).get(0).owner());
        fixture.get(db("y"), of("a"));
        assertEquals(Optional.of(db("y")), ipam().heldBy(db("x")).get(0).owner());
        assertEquals(Optional.of(db("y")), holder("10.1.0.1").orElseThrow().owner());
    }

    @Test
    void holder_addressReservedOrPoolDetachedSince_isStillItsOwner() {
        fixture.get(pod("1"), of("a"));
        PoolCatalog reserved =
                ipam().catalog().withReserved(ReservedRange.parse("r", Family.IPV4, List.of("10.1.0.1")));
        assertTrue(ipam().update(ipam().catalog(), reserved).isUpdated());
        assertEquals(Optional.of(pod("1")), holder("10.1.0.1").orElseThrow().owner());
        assertTrue(ipam().updateByForce(reserved, reserved.without("a")).isUpdated());
        assertEquals(Optional.of(pod("1")), holder("10.1.0.1").orElseThrow().owner());
        assertEquals("a", ipam().heldBy(pod("1")).get(0).pool());
        ipam().release(pod("1"));
        assertEquals(Optional.empty(), holder("10.1.0.1"));
    }

    @Test
    void holder_strayWithAnOwner_isTheOwnerOfItsRecord() {
        fixture.get(pod("1"), of("a"));
        StateSnapshot export = ipam().state().export();
        long generation = export.pools().get(0).held().get(0).generation();
        fixture.ipam = Ipam.of(PoolCatalog.of(v4("b", 1, 5)), fixture.settings);
        ipam().state().restore(export, RestoreMode.HOLD);
        HeldAddress stray = holder("10.1.0.1").orElseThrow();
        assertEquals(new HeldAddress(FIRST, Optional.of(pod("1")), "eth0", "a", generation, true), stray);
        assertEquals("10.1.0.1 held by shop/pod-1 (uid 1) for eth0, noted in pool a", stray.toString());
        assertEquals(List.of(), ipam().heldBy(pod("1")), "a stray is no allocation");
        assertTrue(ipam().state().releaseStray(FIRST));
        assertEquals(Optional.empty(), holder("10.1.0.1"));
    }

    @Test
    void holder_strayWithoutAnOwner_isUnknown() {
        Stray unowned = Stray.unowned("a", FIRST, "{}");
        ipam().state().restore(new StateSnapshot(0, List.of(), List.of(unowned), Set.of()), RestoreMode.HOLD);
        HeldAddress stray = holder("10.1.0.1").orElseThrow();
        assertEquals(HeldAddress.of(unowned), stray);
        assertTrue(stray.stray());
        assertEquals(Optional.empty(), stray.owner());
        assertEquals(PoolSnapshot.Held.NO_GENERATION, stray.generation());
        assertEquals("10.1.0.1 held by an unknown owner, noted in pool a", stray.toString());
    }

    /** When the pool has the address again, the stray becomes an allocation. */
    @Test
    void heldBy_strayIsAdopted_hasIt() {
        fixture.get(pod("1"), of("a"));
        StateSnapshot export = ipam().state().export();
        PoolCatalog without = PoolCatalog.of(v6("a6", 1, 5));
        fixture.ipam = Ipam.of(without, fixture.settings);
        ipam().state().restore(export, RestoreMode.HOLD);
        assertTrue(ipam().update(without, without.with(v4("a", 1, 5))).isUpdated());
        HeldAddress adopted = holder("10.1.0.1").orElseThrow();
        assertFalse(adopted.stray());
        assertEquals(List.of(adopted), ipam().heldBy(pod("1")));
    }

    @Test
    void heldAddress_noOwnerAndNoStray_throws() {
        assertThrows(
                IllegalArgumentException.class, () -> new HeldAddress(FIRST, Optional.empty(), "eth0", "a", 1, false));
    }

    /** Neither call allocates an object for an address that another owner holds. */
    @Test
    void holder_manyAddressesHeld_allocatesAsFewBytesAsWithOne() {
        IpamFixture one = holding(1);
        IpamFixture many = holding(65_000);
        long few = leastBytes(one, 0);
        assertEquals(few, leastBytes(many, 0));
        assertEquals(few, leastBytes(many, 64_999));
    }

    private static IpamFixture holding(int count) {
        IpamFixture fixture = new IpamFixture(pool("a", "10.1.0.0/16", "10.1.0.0-10.1.255.255"));
        List<PoolSnapshot.Held> held = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            held.add(new PoolSnapshot.Held(address(i), pod("" + i), "eth0", i + 1));
        }
        fixture.ipam.state().restore(StateSnapshot.of(List.of(PoolSnapshot.of("a", held))), RestoreMode.REFUSE);
        return fixture;
    }

    private static Address address(int number) {
        return Address.parse("10.1." + number / 256 + "." + number % 256);
    }

    /** The minimum of several attempts: class loading may allocate in this thread. */
    private static long leastBytes(IpamFixture fixture, int number) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Address address = address(number);
        Owner owner = pod("" + number);
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            long start = threads.getCurrentThreadAllocatedBytes();
            Optional<HeldAddress> holder = fixture.ipam.holder(address);
            List<HeldAddress> held = fixture.ipam.heldBy(owner);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - start);
            assertEquals(holder.stream().toList(), held);
            assertEquals(1, held.size());
        }
        return least;
    }
}
