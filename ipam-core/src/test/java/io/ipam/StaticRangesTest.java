package io.ipam;

import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Selections.given;
import static io.ipam.fixture.Selections.of;
import static io.ipam.fixture.Selections.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.RefusalReason;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.allocation.UpdateResult;
import io.ipam.fixture.IpamFixture;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.ReservedRange;
import io.ipam.resolution.PodSelection;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolSelections;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Static ranges: allocated last, but always available as given addresses. */
class StaticRangesTest {
    /** Addresses .1 to .4, of which .1 and .3 are static. */
    private static final Pool A =
            v4("a", 1, 4).toBuilder().staticIps("10.1.0.1", "10.1.0.3").build();

    private final IpamFixture fixture = new IpamFixture(A, v4("b", 2, 1));

    private void ordered(AllocationOrder order) {
        fixture.with(fixture.settings.withOrder(order));
    }

    private String next(int uid, String... pools) {
        String got = fixture.get(pod("" + uid), of(pools));
        assertEquals(List.of(), fixture.ipam.state().verify());
        return got;
    }

    private List<String> nextFourOf(String pool) {
        return List.of(next(1, pool), next(2, pool), next(3, pool), next(4, pool));
    }

    private BigInteger freeStatic(String pool) {
        return fixture.ipam.usage(pool).orElseThrow().freeStatic();
    }

    @Test
    void allocate_orderLowest_staticAddressesLast() {
        assertEquals(List.of("eth0 10.1.0.2", "eth0 10.1.0.4", "eth0 10.1.0.1", "eth0 10.1.0.3"), nextFourOf("a"));
        assertEquals(RefusalReason.EXHAUSTED, fixture.refused(pod("5"), of("a")).reason());
    }

    /** The order starts after the last allocated address, which may be static. */
    @Test
    void allocate_orderNext_continuesAfterTheLastAddress() {
        ordered(AllocationOrder.NEXT);
        assertEquals("eth0 10.1.0.3", fixture.get(pod("0"), given(of("a"), "10.1.0.3")));
        assertEquals("eth0 10.1.0.4", next(1, "a"));
        assertEquals("eth0 10.1.0.2", next(2, "a"));
        fixture.ipam.release(pod("0"));
        assertEquals("eth0 10.1.0.3", next(3, "a"));
        assertEquals("eth0 10.1.0.1", next(4, "a"));
    }

    @ParameterizedTest
    @EnumSource(AllocationOrder.class)
    void allocate_anyOrder_staticAddressesLast(AllocationOrder order) {
        ordered(order);
        List<String> got = nextFourOf("a");
        assertEquals(Set.of("eth0 10.1.0.2", "eth0 10.1.0.4"), new TreeSet<>(got.subList(0, 2)));
        assertEquals(Set.of("eth0 10.1.0.1", "eth0 10.1.0.3"), new TreeSet<>(got.subList(2, 4)));
    }

    @ParameterizedTest
    @EnumSource(AllocationOrder.class)
    void allocate_severalInterfacesOfOneRequest_getDifferentAddresses(AllocationOrder order) {
        ordered(order);
        String got = fixture.get(pod("1"), given(on(of("a"), "eth0", "net1", "net2", "net3"), "10.1.0.1"));
        assertTrue(got.startsWith("eth0 10.1.0.1, "), got);
        assertTrue(got.endsWith("net3 10.1.0.3"), got);
        assertEquals("4 held, 0 cooling, 0 reserved, 0 free", fixture.usage("a"));
    }

    @Test
    void allocate_staticAddressGiven_isAllocatedAtOnce() {
        assertEquals("eth0 10.1.0.1", fixture.get(pod("1"), given(of("a"), "10.1.0.1")));
        assertEquals(BigInteger.ONE, freeStatic("a"));
        assertEquals(
                "eth0 IPv4: cannot allocate 10.1.0.1: it is held by shop/pod-1 (uid 1)",
                fixture.refused(pod("2"), given(of("a"), "10.1.0.1")).message());
    }

    @Test
    void allocate_secondCandidateHasOrdinaryAddress_usesThatFirst() {
        next(1, "a");
        next(2, "a");
        assertEquals("eth0 10.2.0.1", next(3, "a", "b"));
        assertEquals("eth0 10.1.0.1", next(4, "a", "b"));
    }

    /** net1 has only one candidate, so eth0 moves from the ordinary address of b. */
    @Test
    void allocate_laterInterfaceNeedsTheOrdinaryAddress_earlierOneGetsAStaticOne() {
        next(1, "a");
        next(2, "a");
        PoolSelections selections = PoolSelections.none()
                .withPod(new PodSelection.PerInterface(List.of(
                        PodSelection.Item.named("eth0", PoolNames.of(Family.IPV4, "b", "a")),
                        PodSelection.Item.named("net1", PoolNames.of(Family.IPV4, "b")))));
        assertEquals("eth0 10.1.0.1, net1 10.2.0.1", fixture.get(pod("3"), on(selections, "eth0", "net1")));
    }

    @Test
    void allocate_coolingAddressLeft_staticAddressComesFirst() {
        fixture.coolingFor(Duration.ofSeconds(10));
        next(1, "a");
        next(2, "a");
        fixture.ipam.release(pod("1"));
        assertEquals(
                "2 free static, 1 cooling",
                freeStatic("a") + " free static, "
                        + fixture.ipam.usage("a").orElseThrow().cooling() + " cooling");
        assertEquals("eth0 10.1.0.1", next(3, "a"));
        assertEquals("eth0 10.1.0.3", next(4, "a"));
        assertEquals("eth0 10.1.0.2", next(5, "a"));
    }

    /** Cooling addresses are allocated in order of their release, whether static or not. */
    @Test
    void allocate_onlyCoolingAddressesLeft_usesTheOneReleasedFirst() {
        fixture.coolingFor(Duration.ofSeconds(10));
        nextFourOf("a");
        fixture.ipam.release(pod("3"));
        fixture.clock++;
        fixture.ipam.release(pod("1"));
        assertEquals(BigInteger.ZERO, freeStatic("a"));
        assertEquals("eth0 10.1.0.1", next(5, "a"));
        assertEquals("eth0 10.1.0.2", next(6, "a"));
    }

    @Test
    void release_staticAddress_isLastAgain() {
        nextFourOf("a");
        fixture.ipam.release(pod("1"));
        fixture.ipam.release(pod("3"));
        assertEquals(BigInteger.ONE, freeStatic("a"));
        assertEquals("eth0 10.1.0.2", next(5, "a"));
        assertEquals("eth0 10.1.0.1", next(6, "a"));
    }

    @Test
    void update_onlyStaticRangesDiffer_isAllowedWithEveryAddressHeld() {
        nextFourOf("a");
        PoolCatalog before = fixture.ipam.catalog();
        PoolCatalog after = before.with(
                v4("a", 1, 4).toBuilder().staticIps("10.1.0.2-10.1.0.4").build());
        UpdateResult.Updated updated = assertInstanceOf(UpdateResult.Updated.class, fixture.ipam.update(before, after));
        assertEquals(List.of("a"), updated.plan().changed());
        assertEquals(List.of(), updated.plan().blockers());
        assertEquals("4 held, 0 cooling, 0 reserved, 0 free", fixture.usage("a"));
        fixture.ipam.release(pod("1"));
        fixture.ipam.release(pod("3"));
        assertEquals("eth0 10.1.0.1", next(5, "a"));
        assertEquals("eth0 10.1.0.2", next(6, "a"));
    }

    @Test
    void update_staticRangesRemoved_addressesAreOrdinary() {
        assertEquals("eth0 10.1.0.2", next(1, "a"));
        assertTrue(fixture.ipam
                .update(fixture.ipam.catalog(), fixture.ipam.catalog().with(v4("a", 1, 4)))
                .isUpdated());
        assertEquals(BigInteger.ZERO, freeStatic("a"));
        assertEquals("eth0 10.1.0.1", next(2, "a"));
    }

    @Test
    void update_staticAddressReserved_isAllocatedOnlyAfterTheReservationEnds() {
        PoolCatalog before = fixture.ipam.catalog();
        PoolCatalog reserved = before.withReserved(ReservedRange.parse("r", Family.IPV4, List.of("10.1.0.1")));
        assertTrue(fixture.ipam.update(before, reserved).isUpdated());
        assertEquals(BigInteger.ONE, freeStatic("a"));
        assertEquals(
                RefusalReason.CONFLICT,
                fixture.refused(pod("9"), given(of("a"), "10.1.0.1")).reason());
        assertEquals(
                List.of("eth0 10.1.0.2", "eth0 10.1.0.4", "eth0 10.1.0.3"),
                List.of(next(1, "a"), next(2, "a"), next(3, "a")));
        assertEquals(RefusalReason.EXHAUSTED, fixture.refused(pod("4"), of("a")).reason());
        assertTrue(fixture.ipam.update(reserved, before).isUpdated());
        assertEquals(BigInteger.ONE, freeStatic("a"));
        assertEquals("eth0 10.1.0.1", next(4, "a"));
    }

    @Test
    void restore_anyState_keepsStaticAddressesLast() {
        next(1, "a");
        assertEquals("eth0 10.1.0.3", fixture.get(pod("2"), given(of("a"), "10.1.0.3")));
        StateSnapshot state = fixture.ipam.state().export();
        fixture.ipam = Ipam.of(fixture.ipam.catalog(), fixture.settings);
        fixture.ipam.state().restore(state, RestoreMode.REFUSE);
        assertEquals(BigInteger.ONE, freeStatic("a"));
        assertEquals("eth0 10.1.0.4", next(3, "a"));
        assertEquals("eth0 10.1.0.1", next(4, "a"));
    }

    @Test
    void allocate_strayInAStaticRange_isNotAllocatedUntilReleased() {
        fixture.get(pod("1"), given(of("a"), "10.1.0.3"));
        StateSnapshot state = fixture.ipam.state().export();
        Pool renamed =
                v4("c", 1, 4).toBuilder().staticIps("10.1.0.1", "10.1.0.3").build();
        fixture.ipam = Ipam.of(PoolCatalog.of(renamed), fixture.settings);
        fixture.ipam.state().restore(state, RestoreMode.HOLD);
        assertEquals(BigInteger.ONE, freeStatic("c"));
        assertEquals(
                List.of("eth0 10.1.0.2", "eth0 10.1.0.4", "eth0 10.1.0.1"),
                List.of(next(1, "c"), next(2, "c"), next(3, "c")));
        assertEquals(RefusalReason.EXHAUSTED, fixture.refused(pod("4"), of("c")).reason());
        assertTrue(fixture.ipam.state().releaseStray(Address.parse("10.1.0.3")));
        assertEquals("eth0 10.1.0.3", next(4, "c"));
    }

    @Test
    void usage_hugeStaticRange_countsTheFreeAddresses() {
        Pool large = Pool.builder("large", "fd00::/64")
                .ips("fd00::-fd00::ffff:ffff:ffff:ffff")
                .staticIps("fd00::-fd00::7fff:ffff:ffff:ffff")
                .build();
        IpamFixture v6 = new IpamFixture(large);
        PoolSelections selections = PoolSelections.none().withPod(PoolNames.of(Family.IPV6, "large"));
        assertEquals("eth0 fd00::8000:0:0:0", v6.get(pod("1"), selections));
        assertEquals("eth0 fd00::7", v6.get(pod("2"), given(selections, "fd00::7")));
        assertEquals(
                BigInteger.TWO.pow(63).subtract(BigInteger.ONE),
                v6.ipam.usage("large").orElseThrow().freeStatic());
        assertEquals(List.of(), v6.ipam.state().verify());
    }

    @Test
    void allocate_everyAddressStatic_isAsWithoutStaticRanges() {
        fixture.ipam = Ipam.of(
                PoolCatalog.of(
                        v4("a", 1, 4).toBuilder().staticIps("10.1.0.1-10.1.0.4").build()),
                fixture.settings);
        assertEquals(List.of("eth0 10.1.0.1", "eth0 10.1.0.2", "eth0 10.1.0.3", "eth0 10.1.0.4"), nextFourOf("a"));
    }
}
