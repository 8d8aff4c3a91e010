package io.ipam;

import static io.ipam.fixture.Owners.db;
import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.pool;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Selections.given;
import static io.ipam.fixture.Selections.of;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.InvalidStateException;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.RefusalReason;
import io.ipam.allocation.ReleaseResult;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.allocation.Stray;
import io.ipam.allocation.UpdateResult;
import io.ipam.fixture.IpamFixture;
import io.ipam.owner.Owner;
import io.ipam.pool.ChangePlan.Blocker.Reason;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.ReservedRange;
import io.ipam.problem.Problem;
import io.ipam.resolution.Resolution;
import io.ipam.resolution.Workload;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Addresses whose records fit no owner or pool stay taken until they are released explicitly.
 * docs/durability.md describes the windows.
 */
class StraysTest {
    private static final Address FIRST = Address.parse("10.1.0.1");
    private static final Pool SHRUNK = pool("a", "10.1.0.0/24", "10.1.0.2-10.1.0.5");
    private static final Pool GREEN = pool("green", "10.1.0.0/24", "10.1.0.1");

    private final IpamFixture fixture = new IpamFixture(v4("a", 1, 5));

    private Ipam ipam() {
        return fixture.ipam;
    }

    private void restart(StateSnapshot snapshot, Pool... pools) {
        fixture.ipam = Ipam.of(PoolCatalog.of(pools), fixture.settings);
        ipam().state().restore(snapshot, RestoreMode.HOLD);
        assertEquals(List.of(), ipam().state().verify());
    }

    private StateSnapshot heldByFirstPod() {
        assertEquals("eth0 10.1.0.1", fixture.get(pod("1"), of("a")));
        return ipam().state().export();
    }

    /**
     * Window W6: while no process was watching, the pool lost an address in use and another pool
     * got it.
     */
    @Test
    void allocate_addressMovedToAnotherPoolWhileHeld_isRefused() {
        restart(heldByFirstPod(), SHRUNK, GREEN);
        assertEquals(
                RefusalReason.EXHAUSTED, fixture.refused(pod("9"), of("green")).reason());
        assertEquals("1 held, 0 cooling, 0 reserved, 0 free", fixture.usage("green"));
        assertTrue(fixture.refused(pod("9"), given(of("green"), "10.1.0.1"))
                .message()
                .contains("it is held by shop/pod-1 (uid 1), noted in pool a"));
    }

    /**
     * Window W7: an edit removes an address in use, the state is written and read again, and the
     * edit is reverted.
     */
    @Test
    void restore_editRevertedAfterAWriteBack_keepsTheHolder() {
        restart(heldByFirstPod(), SHRUNK);
        assertEquals(
                List.of(FIRST),
                ipam().state().strays().stream().map(Stray::address).toList());
        restart(ipam().state().export(), v4("a", 1, 5));
        assertEquals(List.of(), ipam().state().strays());
        assertTrue(
                fixture.refused(pod("3"), given(of("a"), "10.1.0.1")).message().contains("held by shop/pod-1"));
        assertEquals("eth0 10.1.0.1", fixture.get(pod("1"), of("a")));
    }

    @Test
    void update_editReverted_turnsTheStrayIntoAnAllocation() {
        long generation = heldByFirstPod().pools().get(0).held().get(0).generation();
        restart(ipam().state().export(), SHRUNK);
        assertTrue(
                ipam().update(ipam().catalog(), PoolCatalog.of(v4("a", 1, 5))).isUpdated());
        assertEquals(List.of(), ipam().state().strays());
        assertEquals("1 held, 0 cooling, 0 reserved, 4 free", fixture.usage("a"));
        assertEquals(
                generation, fixture.ask(pod("1"), of("a")).orElseThrow().get(0).generation());
        assertEquals(List.of(), ipam().state().verify());
    }

    @Test
    void update_strayBecomesAnAllocation_letsOtherThreadsAllocate() throws Exception {
        restart(heldByFirstPod(), SHRUNK);
        assertTrue(
                ipam().update(ipam().catalog(), PoolCatalog.of(v4("a", 1, 5))).isUpdated());
        assertEquals("eth0 10.1.0.1", inAnotherThread(() -> fixture.get(pod("1"), of("a"))));
    }

    private static String inAnotherThread(Callable<String> request) throws Exception {
        FutureTask<String> task = new FutureTask<>(request);
        new Thread(task).start();
        return task.get(60, TimeUnit.SECONDS);
    }

    @Test
    void update_poolGainsAStrayAtAReservedAddress_turnsItIntoAnAllocation() {
        restart(heldByFirstPod(), SHRUNK);
        List<ReservedRange> reserved = List.of(ReservedRange.parse("printer", Family.IPV4, List.of("10.1.0.1")));
        PoolCatalog shrunk = PoolCatalog.of(List.of(SHRUNK), reserved);
        assertTrue(ipam().update(ipam().catalog(), shrunk).isUpdated());
        PoolCatalog grown = PoolCatalog.of(List.of(v4("a", 1, 5)), reserved);
        assertTrue(ipam().update(ipam().catalog(), grown).isUpdated());
        assertEquals(List.of(), ipam().state().strays());
        assertEquals("1 held, 0 cooling, 0 reserved, 4 free", fixture.usage("a"));
        assertEquals(List.of(), ipam().state().verify());
    }

    @Test
    void update_poolGainsAStray_isBlocked() {
        restart(heldByFirstPod(), SHRUNK);
        PoolCatalog next = PoolCatalog.of(SHRUNK, GREEN);
        UpdateResult.Blocked blocked =
                assertInstanceOf(UpdateResult.Blocked.class, ipam().updateByForce(ipam().catalog(), next));
        assertEquals(
                "blocked, and allowed by force: false\n"
                        + "- pool green: spec.ips: \"10.1.0.1\": an address that is noted as held must not be added;"
                        + " 10.1.0.1 is held by shop/pod-1 (uid 1), noted in pool a;"
                        + " release the stray first if its holder no longer exists\n",
                blocked.toString());
        assertEquals(Reason.STRAY, blocked.plan().blockers().get(0).reason());
        assertEquals(FIRST, blocked.plan().blockers().get(0).address().orElseThrow());
        assertTrue(ipam().state().releaseStray(FIRST));
        assertFalse(ipam().state().releaseStray(FIRST));
        assertTrue(ipam().update(ipam().catalog(), next).isUpdated());
        assertEquals("eth0 10.1.0.1", fixture.get(pod("9"), of("green")));
    }

    @Test
    void allocate_recordWithoutOwner_doesNotUseTheAddress() {
        StateSnapshot snapshot =
                new StateSnapshot(0, List.of(), List.of(Stray.unowned("a", FIRST, "{\"10.1.0.1\":{}}")), Set.of());
        restart(snapshot, v4("a", 1, 5));
        assertEquals("1 held, 0 cooling, 0 reserved, 4 free", fixture.usage("a"));
        assertEquals("eth0 10.1.0.2", fixture.get(pod("1"), of("a")));
        assertEquals(snapshot.strays(), ipam().state().export().strays());
        assertEquals(List.of(new ReleaseResult.NotAllocated()), List.of(ipam().release(pod("1"), FIRST)));
        assertTrue(ipam().state().releaseStray(FIRST));
        assertEquals("eth0 10.1.0.1", fixture.get(pod("2"), of("a")));
        assertEquals(List.of(), ipam().state().verify());
    }

    @Test
    void release_strayOfTheOwner_isHeldUntilItIsReleasedByAddress() {
        restart(heldByFirstPod(), SHRUNK);
        assertInstanceOf(ReleaseResult.HeldByAnother.class, ipam().release(pod("1"), FIRST));
        assertEquals(1, ipam().state().strays().size());
    }

    /** Otherwise a pool of the same name could allocate the addresses later. */
    @Test
    void update_removesAClosedPool_isBlockedAlsoByForce() {
        restart(new StateSnapshot(0, List.of(), List.of(), Set.of("a")), v4("a", 1, 5));
        PoolCatalog catalog = ipam().catalog();
        UpdateResult.Blocked blocked =
                assertInstanceOf(UpdateResult.Blocked.class, ipam().updateByForce(catalog, catalog.without("a")));
        assertEquals(Reason.POOL_CLOSED, blocked.plan().blockers().get(0).reason());
        assertTrue(ipam().state().openPool("a"));
        PoolCatalog opened = ipam().catalog();
        assertTrue(ipam().update(opened, opened.without("a")).isUpdated());
    }

    /** Otherwise another pool could allocate them. */
    @Test
    void update_shrinksAClosedPool_isBlockedInEveryMode() {
        restart(new StateSnapshot(0, List.of(), List.of(), Set.of("a")), v4("a", 1, 5));
        PoolCatalog catalog = ipam().catalog();
        PoolCatalog shrunk = catalog.with(pool("a", "10.1.0.0/24", "10.1.0.1", "10.1.0.3-10.1.0.5"));
        for (UpdateResult result : List.of(
                ipam().update(catalog, shrunk),
                ipam().updateByForce(catalog, shrunk),
                ipam().updateByDraining(catalog, shrunk))) {
            UpdateResult.Blocked blocked = assertInstanceOf(UpdateResult.Blocked.class, result);
            assertEquals(Reason.POOL_CLOSED, blocked.plan().blockers().get(0).reason());
        }
        assertTrue(ipam().update(catalog, catalog.with(v4("a", 1, 9))).isUpdated());
    }

    @Test
    void allocate_closedPool_allocatesNothingUntilItIsOpened() {
        restart(new StateSnapshot(0, List.of(), List.of(), Set.of("a")), v4("a", 1, 5));
        AllocationResult.Refused refused = fixture.refused(pod("1"), of("a"));
        assertEquals(RefusalReason.NO_CANDIDATE, refused.reason());
        assertTrue(refused.message().contains("is closed"), refused::message);
        assertEquals(Set.of("a"), ipam().state().export().closedPools());
        assertTrue(ipam().state().openPool("a"));
        assertFalse(ipam().state().openPool("a"));
        assertEquals("eth0 10.1.0.1", fixture.get(pod("1"), of("a")));
    }

    @Test
    void allocate_poolOpenedSinceTheResolution_allocatesFromIt() {
        restart(new StateSnapshot(0, List.of(), List.of(), Set.of("a")), v4("a", 1, 5), v4("b", 2, 1));
        Resolution resolution = ipam().resolve(Workload.of(pod("1")), of("a", "b"));
        assertTrue(ipam().state().openPool("a"));
        fixture.get(pod("2"), of("b"));
        assertEquals(
                "eth0 10.1.0.1", IpamFixture.text(ipam().allocate(resolution).orElseThrow()));
    }

    /** A restore that is repeated as a report recommends must not discard later grants. */
    @Test
    void restore_grantsMadeSince_isRefusedAndNamesThem() {
        Owner newcomer = pod("7");
        PoolSnapshot gone =
                PoolSnapshot.of("gone", List.of(new PoolSnapshot.Held(Address.parse("10.9.0.9"), pod("4"), "eth0", 4)));
        StateSnapshot snapshot = StateSnapshot.of(List.of(gone));
        restart(snapshot, v4("a", 1, 5));
        fixture.get(newcomer, of("a"));
        StateSnapshot before = ipam().state().export();
        InvalidStateException refused =
                assertThrows(InvalidStateException.class, () -> ipam().state().restore(snapshot, RestoreMode.HOLD));
        Problem problem = refused.problems().get(0);
        assertEquals("10.1.0.1", problem.offending());
        assertTrue(problem.rule().contains(newcomer.toString()), problem::toString);
        assertEquals(before, ipam().state().export());
        ipam().state().restoreDroppingGrants(snapshot, RestoreMode.HOLD);
        assertEquals("0 held, 0 cooling, 0 reserved, 5 free", fixture.usage("a"));
    }

    /** Window W14: every resync is a restore, and a leaked record is still freed. */
    @Test
    void reconcile_restoreBetween_keepsTheSuspicion() {
        StateSnapshot leaked = StateSnapshot.of(List.of(PoolSnapshot.of(
                "a", List.of(new PoolSnapshot.Held(FIRST, db("x"), "eth0", PoolSnapshot.Held.NO_GENERATION)))));
        int freed = 0;
        for (int minute = 0; minute < 11 && freed == 0; minute++) {
            ipam().state().restore(leaked, RestoreMode.HOLD);
            freed = ipam().reconcile(ipam().observe(), List.of(), io.ipam.allocation.ReconcileMode.FREE)
                    .released()
                    .size();
            fixture.clock += 60_000;
        }
        assertEquals(1, freed);
    }

    @Test
    void export_restored_equalsTheExport() {
        StateSnapshot export = heldByFirstPod();
        restart(export, v4("a", 1, 5));
        assertEquals(export, ipam().state().export());
        assertEquals(export.hashCode(), ipam().state().export().hashCode());
        fixture.get(pod("2"), of("a"));
        assertNotEquals(export, ipam().state().export());
    }

    /** A detached pool with one allocation and one stray. */
    private void restartWithADetachedPool() {
        Pool gone = v4("gone", 3, 3);
        PoolSnapshot held = new PoolSnapshot(
                "gone",
                Optional.of(gone),
                Optional.empty(),
                List.of(new PoolSnapshot.Held(Address.parse("10.3.0.2"), pod("1"), "eth0", 4)),
                List.of());
        Stray stray = Stray.unowned("other", Address.parse("10.3.0.1"), "unreadable");
        restart(new StateSnapshot(4, List.of(held), List.of(stray), Set.of()), v4("a", 1, 5));
    }

    @Test
    void release_lastAllocationOfADetachedPoolWithAStray_endsThePool() {
        restartWithADetachedPool();
        assertTrue(ipam().usage("gone").isPresent());
        ipam().release(pod("1"));
        assertEquals(Optional.empty(), ipam().usage("gone"));
        assertEquals(1, ipam().state().strays().size());
        assertEquals(List.of(), ipam().state().verify());
    }

    @Test
    void releaseStray_inADetachedPool_lastReleaseStillEndsThePool() throws Exception {
        restartWithADetachedPool();
        assertTrue(ipam().state().releaseStray(Address.parse("10.3.0.1")));
        assertEquals(List.of(), ipam().state().verify());
        assertEquals("1", inAnotherThread(() -> "" + ipam().release(pod("1")).size()));
        assertEquals(Optional.empty(), ipam().usage("gone"));
        assertEquals(List.of(), ipam().state().verify());
    }
}
