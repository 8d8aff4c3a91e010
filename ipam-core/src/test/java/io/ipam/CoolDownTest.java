package io.ipam;

import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.pool;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Selections.given;
import static io.ipam.fixture.Selections.of;
import static io.ipam.fixture.Selections.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.RefusalReason;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.fixture.IpamFixture;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.ReservedRange;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CoolDownTest {
    private final IpamFixture fixture =
            new IpamFixture(v4("a", 1, 2), v4("b", 2, 1)).coolingFor(Duration.ofSeconds(10));

    @Test
    void allocate_releasedAddress_isTheLastChoice() {
        fixture.get(pod("1"), of("a"));
        fixture.ipam.release(pod("1"));
        assertEquals("0 held, 1 cooling, 0 reserved, 1 free", fixture.usage("a"));
        assertEquals("eth0 10.1.0.2", fixture.get(pod("2"), of("a")));
        assertEquals("eth0 10.2.0.1", fixture.get(pod("3"), of("a", "b")));
        assertEquals("eth0 10.1.0.1", fixture.get(pod("4"), of("a", "b")));
        assertEquals("2 held, 0 cooling, 0 reserved, 0 free", fixture.usage("a"));
    }

    @Test
    void allocate_onlyCoolingAddresses_choosesTheEarliestReleased() {
        fixture.get(pod("1"), on(of("a"), "eth0", "net1"));
        fixture.get(pod("2"), of("b"));
        fixture.ipam.release(pod("2"));
        fixture.clock += 1;
        fixture.ipam.release(pod("1"), "net1");
        fixture.clock += 1;
        fixture.ipam.release(pod("1"), "eth0");
        assertEquals(
                "eth0 10.2.0.1, net1 10.1.0.2, net2 10.1.0.1",
                fixture.get(pod("3"), on(of("a", "b"), "eth0", "net1", "net2")));
    }

    @Test
    void coolDown_expired_addressIsOrdinary() {
        fixture.get(pod("1"), of("b"));
        fixture.ipam.release(pod("1"));
        fixture.clock += 9_999;
        assertEquals("0 held, 1 cooling, 0 reserved, 0 free", fixture.usage("b"));
        fixture.clock += 1;
        assertEquals("0 held, 0 cooling, 0 reserved, 1 free", fixture.usage("b"));
    }

    @Test
    void allocate_givenCoolingAddress_onlyByLastOwner() {
        fixture.get(pod("1"), of("b"));
        fixture.ipam.release(pod("1"));
        AllocationResult.Refused refused = fixture.refused(pod("2"), given(of("b"), "10.2.0.1"));
        assertEquals(RefusalReason.CONFLICT, refused.reason());
        assertEquals(
                "eth0 IPv4: cannot allocate 10.2.0.1: it was held by shop/pod-1 (uid 1) and cools down until"
                        + " 1970-01-01T00:16:50Z",
                refused.message());
        assertEquals("eth0 10.2.0.1", fixture.get(pod("1"), given(of("b"), "10.2.0.1")));
    }

    @Test
    void coolDown_clockGoesBack_keepsOrder() {
        fixture.get(pod("1"), of("b"));
        fixture.clock -= 5_000;
        fixture.ipam.release(pod("1"));
        fixture.clock += 5_000 + 9_999;
        assertEquals("0 held, 1 cooling, 0 reserved, 0 free", fixture.usage("b"));
        fixture.clock += 1;
        assertEquals("0 held, 0 cooling, 0 reserved, 1 free", fixture.usage("b"));
    }

    @Test
    void restore_export_keepsCoolDown() {
        fixture.get(pod("1"), of("b"));
        fixture.ipam.release(pod("1"));
        var export = fixture.ipam.state().export();
        fixture.clock += 4_000;
        fixture.with(fixture.settings);
        fixture.ipam.state().restore(export, RestoreMode.REFUSE);
        assertEquals(export.pools(), fixture.ipam.state().export().pools());
        fixture.clock += 6_000;
        assertEquals("0 held, 0 cooling, 0 reserved, 1 free", fixture.usage("b"));
    }

    @Test
    void update_rangeMovesToOtherPool_movesCoolDown() {
        fixture.get(pod("1"), of("b"));
        fixture.ipam.release(pod("1"));
        PoolCatalog renamed = fixture.ipam.catalog().without("b").with(v4("c", 2, 1));
        assertTrue(fixture.ipam.update(fixture.ipam.catalog(), renamed).isUpdated());
        assertEquals("0 held, 1 cooling, 0 reserved, 0 free", fixture.usage("c"));
        assertTrue(fixture.ipam.usage("b").isEmpty());
    }

    private void change(PoolCatalog next) {
        assertTrue(fixture.ipam.update(fixture.ipam.catalog(), next).isUpdated());
        assertEquals(List.of(), fixture.ipam.state().verify());
    }

    private void cool(String pool) {
        fixture.get(pod("1"), of(pool));
        fixture.ipam.release(pod("1"));
    }

    @Test
    void update_rangeMovesInTwoSteps_movesCoolDown() {
        cool("b");
        change(fixture.ipam.catalog().without("b"));
        assertTrue(fixture.ipam.usage("b").isEmpty());
        fixture.clock += 4_000;
        change(fixture.ipam.catalog().with(v4("c", 2, 2)));
        assertEquals("0 held, 1 cooling, 0 reserved, 1 free", fixture.usage("c"));
        fixture.clock += 5_999;
        assertEquals("0 held, 1 cooling, 0 reserved, 1 free", fixture.usage("c"));
        fixture.clock += 1;
        assertEquals("0 held, 0 cooling, 0 reserved, 2 free", fixture.usage("c"));
    }

    @Test
    void update_addressLeavesItsPool_keepsCoolDown() {
        cool("a");
        change(fixture.ipam
                .catalog()
                .with(v4("a", 1, 2).toBuilder().excludeIps("10.1.0.1").build()));
        assertEquals("0 held, 0 cooling, 0 reserved, 1 free", fixture.usage("a"));
        change(fixture.ipam.catalog().with(pool("c", "10.1.0.0/24", "10.1.0.1")));
        assertEquals("0 held, 1 cooling, 0 reserved, 0 free", fixture.usage("c"));
        assertEquals(
                RefusalReason.CONFLICT,
                fixture.refused(pod("2"), given(of("c"), "10.1.0.1")).reason());
        assertEquals("eth0 10.1.0.1", fixture.get(pod("1"), given(of("c"), "10.1.0.1")));
    }

    @Test
    void update_addressReturns_restoresCoolDown() {
        cool("a");
        PoolCatalog before = fixture.ipam.catalog();
        change(before.with(v4("a", 1, 2).toBuilder().excludeIps("10.1.0.1").build()));
        change(before);
        assertEquals("0 held, 1 cooling, 0 reserved, 1 free", fixture.usage("a"));
    }

    @Test
    void update_reservedAddressMoves_movesCoolDown() {
        cool("b");
        change(fixture.ipam.catalog().withReserved(ReservedRange.parse("r", Family.IPV4, List.of("10.2.0.1"))));
        change(fixture.ipam.catalog().without("b"));
        change(fixture.ipam.catalog().with(v4("c", 2, 1)));
        assertEquals("0 held, 0 cooling, 1 reserved, 0 free", fixture.usage("c"));
        change(fixture.ipam.catalog().withoutReserved("r"));
        assertEquals("0 held, 1 cooling, 0 reserved, 0 free", fixture.usage("c"));
    }

    @Test
    void update_poolReturnsWithOtherSubnet_keepsStamps() {
        cool("b");
        change(fixture.ipam.catalog().without("b"));
        change(fixture.ipam.catalog().with(v4("b", 3, 1)));
        change(fixture.ipam.catalog().with(v4("c", 2, 1)));
        assertEquals("0 held, 0 cooling, 0 reserved, 1 free", fixture.usage("b"));
        assertEquals("0 held, 1 cooling, 0 reserved, 0 free", fixture.usage("c"));
    }

    /**
     * The order of release is kept, even if the address that arrives was released before the
     * present ones.
     */
    @Test
    void update_coolingAddressArrives_isOrderedByRelease() {
        cool("b");
        change(fixture.ipam.catalog().without("b"));
        fixture.clock += 1_000;
        fixture.get(pod("2"), on(of("a"), "eth0", "net1"));
        fixture.ipam.release(pod("2"));
        PoolCatalog wide = PoolCatalog.of(pool("a", "10.0.0.0/8", "10.1.0.1-10.1.0.2", "10.2.0.1"));
        change(PoolCatalog.EMPTY);
        change(wide);
        assertEquals("0 held, 3 cooling, 0 reserved, 0 free", fixture.usage("a"));
        assertEquals("eth0 10.2.0.1", fixture.get(pod("3"), of("a")));
        fixture.ipam.release(pod("3"));
        fixture.clock += 9_000;
        assertEquals("0 held, 3 cooling, 0 reserved, 0 free", fixture.usage("a"));
        fixture.clock += 1_000;
        assertEquals("0 held, 0 cooling, 0 reserved, 3 free", fixture.usage("a"));
    }

    @Test
    void restore_unpooledCooling_keepsCoolDown() {
        cool("b");
        PoolCatalog without = fixture.ipam.catalog().without("b");
        change(without);
        var export = fixture.ipam.state().export();
        fixture.clock += 4_000;
        fixture.with(fixture.settings);
        change(without);
        assertEquals(1, fixture.ipam.state().restore(export, RestoreMode.REFUSE).cooling());
        assertEquals(export.pools(), fixture.ipam.state().export().pools());
        change(without.with(v4("c", 2, 1)));
        fixture.clock += 5_999;
        assertEquals("0 held, 1 cooling, 0 reserved, 0 free", fixture.usage("c"));
        fixture.clock += 1;
        assertEquals("0 held, 0 cooling, 0 reserved, 1 free", fixture.usage("c"));
    }

    @Test
    void restore_movedAddresses_coolInTheirCurrentPools() {
        cool("b");
        var export = fixture.ipam.state().export();
        fixture.with(fixture.settings);
        change(fixture.ipam.catalog().without("b").with(v4("c", 2, 1)));
        assertEquals(1, fixture.ipam.state().restore(export, RestoreMode.REFUSE).cooling());
        assertEquals("0 held, 1 cooling, 0 reserved, 0 free", fixture.usage("c"));
    }

    @Test
    void coolDown_unpooled_expires() {
        cool("b");
        change(fixture.ipam.catalog().without("b"));
        assertEquals(List.of("b"), poolsOf(fixture.ipam.state().export()));
        fixture.clock += 9_999;
        assertEquals(List.of("b"), poolsOf(fixture.ipam.state().export()));
        fixture.clock += 1;
        assertEquals(List.of(), poolsOf(fixture.ipam.state().export()));
    }

    private static List<String> poolsOf(StateSnapshot export) {
        return export.pools().stream().map(PoolSnapshot::pool).toList();
    }

    @Test
    void restore_twoCoolingRecords_keepsTheLaterRelease() {
        var one =
                new PoolSnapshot.Cooling(Address.parse("10.2.0.1"), pod("1"), Instant.ofEpochMilli(fixture.clock - 3));
        var two =
                new PoolSnapshot.Cooling(Address.parse("10.2.0.1"), pod("2"), Instant.ofEpochMilli(fixture.clock - 2));
        for (List<PoolSnapshot.Cooling> pair : List.of(List.of(one, two), List.of(two, one))) {
            StateSnapshot snapshot = StateSnapshot.of(List.of(
                    new PoolSnapshot("a", Optional.empty(), Optional.empty(), List.of(), List.of(pair.get(0))),
                    new PoolSnapshot("b", Optional.empty(), Optional.empty(), List.of(), List.of(pair.get(1)))));
            fixture.ipam.state().restore(snapshot, RestoreMode.REFUSE);
            assertEquals(
                    List.of(two), fixture.ipam.state().export().pools().get(0).cooling());
            assertEquals(List.of("b"), poolsOf(fixture.ipam.state().export()));
        }
    }

    @Test
    void usage_reservedCoolingAddress_countsAsReserved() {
        fixture.get(pod("1"), of("b"));
        fixture.ipam.release(pod("1"));
        PoolCatalog reserved =
                fixture.ipam.catalog().withReserved(ReservedRange.parse("r", Family.IPV4, List.of("10.2.0.1")));
        fixture.ipam.update(fixture.ipam.catalog(), reserved);
        assertEquals("0 held, 0 cooling, 1 reserved, 0 free", fixture.usage("b"));
        fixture.ipam.update(reserved, reserved.withoutReserved("r"));
        assertEquals("0 held, 1 cooling, 0 reserved, 0 free", fixture.usage("b"));
    }

    /** The difference of two times may exceed a signed 64-bit number. */
    @Test
    void coolDown_unknownReleaseTime_hasExpired() {
        var ancient = new PoolSnapshot.Cooling(Address.parse("10.1.0.1"), pod("1"), Instant.MIN);
        var fresh = new PoolSnapshot.Cooling(Address.parse("10.1.0.2"), pod("2"), Instant.ofEpochMilli(fixture.clock));
        StateSnapshot snapshot = StateSnapshot.of(
                List.of(new PoolSnapshot("a", Optional.empty(), Optional.empty(), List.of(), List.of(ancient, fresh))));
        fixture.ipam.state().restore(snapshot, RestoreMode.REFUSE);
        assertEquals("0 held, 1 cooling, 0 reserved, 1 free", fixture.usage("a"));
    }

    @Test
    void coolDown_longestDuration_neverExpires() {
        fixture.coolingFor(ChronoUnit.FOREVER.getDuration());
        cool("b");
        fixture.clock += Duration.ofDays(1_000_000).toMillis();
        assertEquals("0 held, 1 cooling, 0 reserved, 0 free", fixture.usage("b"));
        assertEquals(
                RefusalReason.CONFLICT,
                fixture.refused(pod("2"), given(of("b"), "10.2.0.1")).reason());
        assertEquals("eth0 10.2.0.1", fixture.get(pod("2"), of("b")));
    }

    @Test
    void export_afterTheCoolDown_omitsTheAddress() {
        fixture.coolingFor(Duration.ofMinutes(1));
        fixture.get(pod("1"), of("a"));
        fixture.ipam.release(pod("1"));
        assertEquals(1, fixture.ipam.state().export().pools().get(0).cooling().size());
        fixture.clock += 60_000;
        assertEquals(List.of(), fixture.ipam.state().export().pools().get(0).cooling());
    }
}
