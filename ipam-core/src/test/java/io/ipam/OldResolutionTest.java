package io.ipam;

import static io.ipam.fixture.IpamFixture.text;
import static io.ipam.fixture.Owners.db;
import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Pools.v6;
import static io.ipam.fixture.Selections.of;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ipam.address.Family;
import io.ipam.allocation.RefusalReason;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.fixture.IpamFixture;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.PoolFilter;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Resolution;
import io.ipam.resolution.Workload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An outdated resolution is recomputed: the result equals that of a request without one. */
class OldResolutionTest {
    private final IpamFixture fixture = new IpamFixture(v4("a", 1, 9), v6("six", 1, 9));

    private static Resolution resolve(Ipam ipam, String uid, PoolSelections selections) {
        return ipam.resolve(Workload.of(db(uid)), selections);
    }

    private String allocate(Resolution resolution) {
        String allocated = text(fixture.ipam.allocate(resolution).orElseThrow());
        assertEquals(List.of(), fixture.ipam.state().verify());
        return allocated;
    }

    /** The restored holding has the generation of the old one, and another address. */
    @Test
    void allocate_resolvedBeforeARestore_keepsTheRestoredAddress() {
        fixture.get(db("x"), of("a"));
        StateSnapshot first = fixture.ipam.state().export();
        fixture.ipam.release(db("x"));
        fixture.get(pod("1"), of("a"));
        Resolution old = resolve(fixture.ipam, "y", of("a"));
        fixture.ipam.state().restoreDroppingGrants(first, RestoreMode.REFUSE);
        assertEquals("eth0 10.1.0.1", allocate(old));
        assertEquals("1 held, 0 cooling, 0 reserved, 8 free", fixture.usage("a"));
    }

    @Test
    void allocate_resolvedAsHolderBeforeARestore_getsANewAddress() {
        StateSnapshot empty = fixture.ipam.state().export();
        fixture.get(db("x"), of("a"));
        Resolution old = resolve(fixture.ipam, "y", of("a"));
        fixture.ipam.state().restoreDroppingGrants(empty, RestoreMode.REFUSE);
        fixture.get(pod("1"), of("a"));
        assertEquals("eth0 10.1.0.2", allocate(old));
    }

    /**
     * Both have one catalog, and their first grants one generation: of IPv6 there, of IPv4 here.
     */
    @Test
    void allocate_resolvedByAnotherIpam_servesTheRequestedFamilies() {
        Ipam other = Ipam.of(fixture.ipam.catalog(), fixture.settings);
        PoolSelections six = PoolSelections.none().withPod(PoolNames.of(Family.IPV6, "six"));
        PoolSelections both = PoolSelections.none()
                .withPod(new PoolNames(Map.of(Family.IPV4, List.of("a"), Family.IPV6, List.of("six"))));
        other.allocate(Workload.of(db("x")), six).orElseThrow();
        fixture.get(db("x"), of("a"));
        assertEquals("eth0 10.1.0.1", allocate(resolve(other, "x", of("a"))));
        assertEquals("eth0 10.1.0.1, eth0 2001:db8:1::1", allocate(resolve(other, "x", both)));
    }

    @Test
    void allocate_resolvedWithOtherFilters_appliesItsOwn() {
        Pool open = v4("b", 2, 9);
        PoolFilter closed =
                (pool, demand) -> pool.name().equals("a") ? Optional.of("closed for maintenance") : Optional.empty();
        PoolCatalog catalog = fixture.ipam.catalog().with(open);
        Ipam without = Ipam.of(catalog, fixture.settings);
        fixture.ipam = Ipam.of(catalog, fixture.settings.withFilters(List.of(closed)));
        assertEquals("eth0 10.2.0.1", allocate(resolve(without, "x", of("a", "b"))));
        AllocationResult refused = fixture.ipam.allocate(resolve(without, "y", of("a")));
        assertEquals(RefusalReason.NO_CANDIDATE, ((AllocationResult.Refused) refused).reason());
    }

    @Test
    void allocate_resolvedWithAnotherCatalog_usesTheCurrentOne() {
        Resolution old = resolve(fixture.ipam, "x", of("a"));
        PoolCatalog before = fixture.ipam.catalog();
        Pool without = v4("a", 1, 9).toBuilder().excludeIps("10.1.0.1").build();
        fixture.ipam.update(before, before.with(without)).orElseThrow();
        assertEquals("eth0 10.1.0.2", allocate(old));
        Resolution elsewhere = resolve(new IpamFixture(v4("a", 3, 9)).ipam, "y", of("a"));
        fixture.ipam.release(db("x"));
        assertEquals("eth0 10.1.0.2", allocate(elsewhere));
    }

    @Test
    void allocate_resolvedAsRefused_isResolvedAgain() {
        PoolCatalog before = fixture.ipam.catalog();
        Resolution refused = resolve(fixture.ipam, "x", of("b"));
        fixture.ipam.update(before, before.with(v4("b", 2, 9))).orElseThrow();
        assertEquals("eth0 10.2.0.1", allocate(refused));
    }

    /** The catalog is current, so that only the refusal keeps the engine from it. */
    @Test
    void allocate_resolvedAsRefusedWithTheCurrentCatalog_isRefusedAgain() {
        Resolution refused = resolve(fixture.ipam, "x", of("unknown"));
        AllocationResult result = fixture.ipam.allocate(refused);
        assertEquals(RefusalReason.NO_CANDIDATE, ((AllocationResult.Refused) result).reason());
    }

    @Test
    void allocate_resolvedBeforeItsOwnGrant_returnsTheSameAddress() {
        Resolution old = resolve(fixture.ipam, "x", of("a"));
        assertEquals("eth0 10.1.0.1", fixture.get(db("x"), of("a")));
        assertEquals("eth0 10.1.0.1", allocate(old));
        fixture.ipam.release(db("x"));
        fixture.get(pod("1"), of("a"));
        assertEquals("eth0 10.1.0.2", allocate(old));
    }

    /** The filter runs without a lock, so the catalog may change before the refusal is returned. */
    @Test
    void allocate_catalogUpdatedWhileItIsRefused_isResolvedAgain() {
        PoolCatalog before = fixture.ipam.catalog();
        PoolFilter updating = (pool, demand) -> {
            fixture.ipam.update(before, before.with(v4("b", 2, 9)));
            return pool.name().equals("a") ? Optional.of("closed for maintenance") : Optional.empty();
        };
        fixture.with(fixture.settings.withFilters(List.of(updating)));
        assertEquals("eth0 10.2.0.1", fixture.get(pod("1"), of("a", "b")));
    }
}
