package io.ipam;

import static io.ipam.Bench.db;
import static io.ipam.Bench.of;
import static io.ipam.Bench.pod;
import static io.ipam.Bench.v4;
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
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpdateTest {
    private final Pool pool = v4("a", 1, 3);
    private final Bench bench = new Bench(pool, v4("b", 2, 3));

    @Test
    void onlyFromTheExpectedCatalog() {
        PoolCatalog first = bench.ipam.catalog();
        PoolCatalog second = first.without("b");
        assertTrue(bench.ipam.update(first, second).isUpdated());
        UpdateResult late = bench.ipam.update(first, first.without("a"));
        assertSame(second, ((UpdateResult.Outdated) late).current());
        assertSame(second, bench.ipam.catalog());
        assertThrows(IllegalStateException.class, late::orElseThrow);
    }

    @Test
    void addressesInUseDoNotVanish() {
        bench.get(pod("1"), of("a"));
        PoolCatalog before = bench.ipam.catalog();
        PoolCatalog smaller =
                before.with(pool.toBuilder().excludeIps("10.1.0.1").build());
        UpdateResult.Blocked blocked = (UpdateResult.Blocked) bench.ipam.update(before, smaller);
        assertEquals(1, blocked.plan().blockers().size());
        assertEquals("shop/pod-1 (uid 1)", blocked.plan().blockers().get(0).holder());
        assertFalse(bench.ipam.updateByForce(before, smaller).isUpdated());
        assertFalse(bench.ipam.plan(smaller).allowed());
        assertSame(before, bench.ipam.catalog());
        bench.ipam.release(pod("1"));
        assertTrue(bench.ipam.plan(smaller).allowed());
        assertTrue(bench.ipam.update(before, smaller).isUpdated());
        assertEquals("0 held, 0 cooling, 0 reserved, 2 free", bench.usage("a"));
    }

    @Test
    void aPoolInUseIsRemovedByForceOnly() {
        bench.get(pod("1"), of("a"));
        PoolCatalog before = bench.ipam.catalog();
        PoolCatalog without = before.without("a");
        assertFalse(bench.ipam.update(before, without).isUpdated());
        assertTrue(bench.ipam.updateByForce(before, without).isUpdated());
        assertEquals("eth0 10.1.0.1", bench.get(pod("1"), of("a")));
        assertEquals(
                RefusalReason.NO_CANDIDATE, bench.refused(pod("2"), of("a")).reason());
        assertFalse(bench.ipam.update(without, without.with(v4("other", 1, 1))).isUpdated());
        assertEquals("1 held, 0 cooling, 0 reserved, 2 free", bench.usage("a"));
        PoolCatalog back = without.with(pool);
        assertTrue(bench.ipam.update(without, back).isUpdated());
        assertEquals("eth0 10.1.0.2", bench.get(pod("2"), of("a")));
        assertEquals(1, bench.ipam.release(pod("1")).size());
        assertEquals(List.of(), bench.ipam.state().verify());
    }

    @Test
    void aDetachedPoolIsGoneWhenItIsEmpty() {
        bench.get(pod("1"), of("a"));
        PoolCatalog without = bench.ipam.catalog().without("a");
        bench.ipam.updateByForce(bench.ipam.catalog(), without);
        bench.ipam.release(pod("1"));
        assertTrue(bench.ipam.usage("a").isEmpty());
        assertTrue(bench.ipam.state().export().pools().isEmpty());
        assertTrue(bench.ipam.plan(without.with(v4("other", 1, 1))).allowed());
        assertTrue(bench.ipam.update(without, without.with(v4("other", 1, 1))).isUpdated());
        assertEquals("eth0 10.1.0.1", bench.get(pod("2"), of("other")));
    }

    /** Given up as part of a request, by reconciling, or with an address that cools down. */
    @Test
    void aDetachedPoolIsGoneHoweverItGetsEmpty() {
        bench.with(bench.settings.withCoolDown(Duration.ofSeconds(10)).withReconcileGrace(Duration.ZERO));
        PoolCatalog both = bench.ipam.catalog();
        PoolCatalog without = both.without("a");
        bench.get(db("x"), of("a"));
        bench.get(pod("1"), of("a"));
        bench.ipam.updateByForce(both, without);
        assertEquals("2 held, 0 cooling, 0 reserved, 1 free", bench.usage("a"));
        bench.ipam.reconcile(bench.ipam.observe(), List.of(db("x")), ReconcileMode.FREE);
        bench.clock += 1;
        bench.ipam.reconcile(bench.ipam.observe(), List.of(db("x")), ReconcileMode.FREE);
        assertEquals("1 held, 1 cooling, 0 reserved, 1 free", bench.usage("a"));
        assertEquals("eth0 10.2.0.1", bench.get(db("y"), of("b")));
        assertTrue(bench.ipam.usage("a").isEmpty());
        assertEquals(List.of(), bench.ipam.state().verify());
        bench.ipam.update(without, without.with(v4("other", 1, 3)));
        assertEquals("0 held, 2 cooling, 0 reserved, 1 free", bench.usage("other"));
    }

    /** It outlives changes of other pools, and who holds its addresses is known. */
    @Test
    void aDetachedPoolIsSeenWhileItIsInUse() {
        bench.get(pod("1"), of("a"));
        PoolCatalog without = bench.ipam.catalog().without("a");
        bench.ipam.updateByForce(bench.ipam.catalog(), without);
        assertTrue(bench.ipam.update(without, without.with(v4("c", 3, 1))).isUpdated());
        assertEquals("1 held, 0 cooling, 0 reserved, 2 free", bench.usage("a"));
        assertEquals(
                List.of("a"),
                bench.ipam.heldAddresses().detached().stream().map(Pool::name).toList());
        ReleaseResult.HeldByAnother another =
                (ReleaseResult.HeldByAnother) bench.ipam.release(pod("2"), Address.parse("10.1.0.1"));
        assertEquals(pod("1"), another.holder());
        assertEquals(new ReleaseResult.NotAllocated(), bench.ipam.release(pod("2"), Address.parse("10.1.0.9")));
        assertEquals(List.of(), bench.ipam.state().verify());
    }

    @Test
    void aTerminatingPoolGivesNothingAndTakesReleases() {
        bench.get(pod("1"), of("a"));
        PoolCatalog before = bench.ipam.catalog();
        bench.ipam.update(
                before, before.with(pool.toBuilder().terminating(Instant.EPOCH).build()));
        assertEquals("eth0 10.2.0.1", bench.get(pod("2"), of("a", "b")));
        assertEquals("eth0 10.1.0.1", bench.get(pod("1"), of("a", "b")));
        assertEquals(1, bench.ipam.release(pod("1")).size());
    }
}
