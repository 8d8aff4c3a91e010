package io.ipam;

import static io.ipam.fixture.Owners.db;
import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Selections.of;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.allocation.ReconcileMode;
import io.ipam.allocation.RefusalReason;
import io.ipam.allocation.ReleaseResult;
import io.ipam.allocation.UpdateResult;
import io.ipam.fixture.IpamFixture;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpdateTest {
    private final Pool pool = v4("a", 1, 3);
    private final IpamFixture fixture = new IpamFixture(pool, v4("b", 2, 3));

    @Test
    void update_otherCatalogThanExpected_isRefused() {
        PoolCatalog first = fixture.ipam.catalog();
        PoolCatalog second = first.without("b");
        assertTrue(fixture.ipam.update(first, second).isUpdated());
        UpdateResult late = fixture.ipam.update(first, first.without("a"));
        assertSame(second, ((UpdateResult.Outdated) late).current());
        assertSame(second, fixture.ipam.catalog());
        assertThrows(IllegalStateException.class, late::orElseThrow);
    }

    @Test
    void update_addressInUseRemoved_isBlocked() {
        fixture.get(pod("1"), of("a"));
        PoolCatalog before = fixture.ipam.catalog();
        PoolCatalog smaller =
                before.with(pool.toBuilder().excludeIps("10.1.0.1").build());
        UpdateResult.Blocked blocked = (UpdateResult.Blocked) fixture.ipam.update(before, smaller);
        assertEquals(1, blocked.plan().blockers().size());
        assertEquals("shop/pod-1 (uid 1)", blocked.plan().blockers().get(0).holder());
        assertFalse(fixture.ipam.updateByForce(before, smaller).isUpdated());
        assertFalse(fixture.ipam.plan(smaller).allowed());
        assertSame(before, fixture.ipam.catalog());
        fixture.ipam.release(pod("1"));
        assertTrue(fixture.ipam.plan(smaller).allowed());
        assertTrue(fixture.ipam.update(before, smaller).isUpdated());
        assertEquals("0 held, 0 cooling, 0 reserved, 2 free", fixture.usage("a"));
    }

    @Test
    void update_poolInUseRemoved_requiresForce() {
        fixture.get(pod("1"), of("a"));
        PoolCatalog before = fixture.ipam.catalog();
        PoolCatalog without = before.without("a");
        assertFalse(fixture.ipam.update(before, without).isUpdated());
        assertTrue(fixture.ipam.updateByForce(before, without).isUpdated());
        assertEquals("eth0 10.1.0.1", fixture.get(pod("1"), of("a")));
        assertEquals(
                RefusalReason.NO_CANDIDATE, fixture.refused(pod("2"), of("a")).reason());
        assertFalse(
                fixture.ipam.update(without, without.with(v4("other", 1, 1))).isUpdated());
        assertEquals("1 held, 0 cooling, 0 reserved, 2 free", fixture.usage("a"));
        PoolCatalog back = without.with(pool);
        assertTrue(fixture.ipam.update(without, back).isUpdated());
        assertEquals("eth0 10.1.0.2", fixture.get(pod("2"), of("a")));
        assertEquals(1, fixture.ipam.release(pod("1")).size());
        assertEquals(List.of(), fixture.ipam.state().verify());
    }

    @Test
    void release_lastAddressOfDetachedPool_removesPool() {
        fixture.get(pod("1"), of("a"));
        PoolCatalog without = fixture.ipam.catalog().without("a");
        fixture.ipam.updateByForce(fixture.ipam.catalog(), without);
        fixture.ipam.release(pod("1"));
        assertTrue(fixture.ipam.usage("a").isEmpty());
        assertTrue(fixture.ipam.state().export().pools().isEmpty());
        assertTrue(fixture.ipam.plan(without.with(v4("other", 1, 1))).allowed());
        assertTrue(fixture.ipam.update(without, without.with(v4("other", 1, 1))).isUpdated());
        assertEquals("eth0 10.1.0.1", fixture.get(pod("2"), of("other")));
    }

    /** Released as part of a request, by reconciliation, or at the end of a cool-down. */
    @Test
    void detachedPool_emptiedByAnyOperation_isRemoved() {
        fixture.with(fixture.settings.withCoolDown(Duration.ofSeconds(10)).withReconcileGrace(Duration.ZERO));
        PoolCatalog both = fixture.ipam.catalog();
        PoolCatalog without = both.without("a");
        fixture.get(db("x"), of("a"));
        fixture.get(pod("1"), of("a"));
        fixture.ipam.updateByForce(both, without);
        assertEquals("2 held, 0 cooling, 0 reserved, 1 free", fixture.usage("a"));
        fixture.ipam.reconcile(fixture.ipam.observe(), List.of(db("x")), ReconcileMode.FREE);
        fixture.clock += 1;
        fixture.ipam.reconcile(fixture.ipam.observe(), List.of(db("x")), ReconcileMode.FREE);
        assertEquals("1 held, 1 cooling, 0 reserved, 1 free", fixture.usage("a"));
        assertEquals("eth0 10.2.0.1", fixture.get(db("y"), of("b")));
        assertTrue(fixture.ipam.usage("a").isEmpty());
        assertEquals(List.of(), fixture.ipam.state().verify());
        fixture.ipam.update(without, without.with(v4("other", 1, 3)));
        assertEquals("0 held, 2 cooling, 0 reserved, 1 free", fixture.usage("other"));
    }

    /** It survives changes of other pools, and the holders of its addresses are known. */
    @Test
    void usage_detachedPoolInUse_isIncluded() {
        fixture.get(pod("1"), of("a"));
        PoolCatalog without = fixture.ipam.catalog().without("a");
        fixture.ipam.updateByForce(fixture.ipam.catalog(), without);
        assertTrue(fixture.ipam.update(without, without.with(v4("c", 3, 1))).isUpdated());
        assertEquals("1 held, 0 cooling, 0 reserved, 2 free", fixture.usage("a"));
        assertEquals(
                List.of("a"),
                fixture.ipam.heldAddresses().detached().stream().map(Pool::name).toList());
        ReleaseResult.HeldByAnother another =
                (ReleaseResult.HeldByAnother) fixture.ipam.release(pod("2"), Address.parse("10.1.0.1"));
        assertEquals(pod("1"), another.holder());
        assertEquals(new ReleaseResult.NotAllocated(), fixture.ipam.release(pod("2"), Address.parse("10.1.0.9")));
        assertEquals(List.of(), fixture.ipam.state().verify());
    }

    @Test
    void allocate_terminatingPool_isRefusedButReleasesSucceed() {
        fixture.get(pod("1"), of("a"));
        PoolCatalog before = fixture.ipam.catalog();
        fixture.ipam.update(
                before, before.with(pool.toBuilder().terminating(Instant.EPOCH).build()));
        assertEquals("eth0 10.2.0.1", fixture.get(pod("2"), of("a", "b")));
        assertEquals("eth0 10.1.0.1", fixture.get(pod("1"), of("a", "b")));
        assertEquals(1, fixture.ipam.release(pod("1")).size());
    }
}
