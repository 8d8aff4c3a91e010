package io.ipam;

import static io.ipam.fixture.Owners.db;
import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Selections.given;
import static io.ipam.fixture.Selections.of;
import static io.ipam.fixture.Selections.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.allocation.Observation;
import io.ipam.allocation.ReconcileMode;
import io.ipam.allocation.ReconcileReport;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.fixture.IpamFixture;
import io.ipam.owner.Owner;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReconcileTest {
    private final IpamFixture fixture = new IpamFixture(v4("a", 1, 9));

    {
        fixture.with(fixture.settings.withReconcileGrace(Duration.ofMinutes(1)));
        fixture.get(pod("1"), of("a"));
        fixture.get(pod("2"), of("a"));
    }

    private ReconcileReport free(Owner... live) {
        return fixture.ipam.reconcile(fixture.ipam.observe(), List.of(live), ReconcileMode.FREE);
    }

    @Test
    void reconcile_twoObservationsAfterGracePeriod_releasesOrphan() {
        ReconcileReport first = free(pod("1"));
        assertEquals(1, first.suspected().size());
        assertEquals(pod("2"), first.suspected().get(0).owner());
        fixture.clock += 59_999;
        assertEquals(List.of(), free(pod("1")).confirmed());
        fixture.clock += 1;
        ReconcileReport last = free(pod("1"));
        assertEquals(1, last.released().size());
        assertEquals(last.confirmed(), last.released());
        assertEquals("1 held, 0 cooling, 0 reserved, 8 free", fixture.usage("a"));
    }

    /**
     * A record without a uid belongs to any owner of that name, and is kept while such an owner is
     * live.
     */
    @Test
    void reconcile_recordWithoutUid_isLiveByName() {
        Owner named = Owner.stateful("shop", "cart-0", "");
        fixture.get(named, of("a"));
        assertEquals(2, free(Owner.stateless("shop", "cart-0", "u")).suspected().size());
        assertEquals(2, free(Owner.stateful("shop", "cart-0", "u")).suspected().size());
        for (String[] other : new String[][] {{"shop", "cart-1"}, {"else", "cart-0"}}) {
            Owner live = Owner.stateless(other[0], other[1], "u");
            assertEquals(3, free(live).suspected().size());
        }
    }

    @Test
    void reconcile_orphans_areOrderedByPoolAndAddress() {
        fixture.with(fixture.settings);
        fixture.ipam.update(fixture.ipam.catalog(), fixture.ipam.catalog().with(v4("b", 2, 9)));
        fixture.get(pod("5"), given(of("b"), "10.2.0.1"));
        for (int address = 9; address > 6; address--) {
            fixture.get(pod("" + address), given(of("a"), "10.1.0." + address));
        }
        List<String> addresses = List.of("10.1.0.7", "10.1.0.8", "10.1.0.9", "10.2.0.1");
        assertEquals(addresses, suspected(free()));
        fixture.ipam.updateByForce(
                fixture.ipam.catalog(), fixture.ipam.catalog().without("a"));
        assertEquals(addresses, suspected(free()));
    }

    private static List<String> suspected(ReconcileReport report) {
        return report.suspected().stream()
                .map(orphan -> orphan.address().toString())
                .toList();
    }

    /** The last of several tokens is the one that was drawn last. */
    @Test
    void reconcile_lastGrantBeforeObservation_isIncluded() {
        IpamFixture wide = new IpamFixture(v4("w", 3, 70));
        String[] interfaces = IntStream.range(0, 70).mapToObj(i -> "net" + i).toArray(String[]::new);
        interfaces[0] = "eth0";
        wide.get(pod("1"), on(of("w"), interfaces));
        ReconcileReport report = wide.ipam.reconcile(wide.ipam.observe(), List.of(), ReconcileMode.REPORT);
        assertEquals(70, report.suspected().size() + report.confirmed().size());
    }

    @Test
    void reconcile_dryRun_releasesNothing() {
        free(pod("1"));
        fixture.clock += 60_000;
        ReconcileReport report =
                fixture.ipam.reconcile(fixture.ipam.observe(), List.of(pod("1")), ReconcileMode.REPORT);
        assertEquals(1, report.confirmed().size());
        assertEquals(List.of(), report.released());
        assertEquals("2 held, 0 cooling, 0 reserved, 7 free", fixture.usage("a"));
    }

    @Test
    void reconcile_zeroGraceOneObservation_releasesNothing() {
        fixture.with(fixture.settings.withReconcileGrace(Duration.ZERO));
        fixture.get(pod("2"), of("a"));
        assertEquals(List.of(), free().confirmed());
        fixture.clock += 1;
        assertEquals(1, free().released().size());
    }

    @Test
    void reconcile_ownerSeenAlive_restartsGracePeriod() {
        free(pod("1"));
        fixture.clock += 30_000;
        free(pod("1"), pod("2"));
        fixture.clock += 30_000;
        assertEquals(1, free(pod("1")).suspected().size());
    }

    @Test
    void reconcile_grantAfterObservation_isKept() {
        fixture.get(db("x"), of("a"));
        free();
        fixture.clock += 60_000;
        Observation observation = fixture.ipam.observe();
        fixture.get(pod("3"), of("a"));
        fixture.get(db("y"), of("a"));
        ReconcileReport report = fixture.ipam.reconcile(observation, List.of(), ReconcileMode.FREE);
        assertEquals(2, report.released().size());
        assertEquals("2 held, 0 cooling, 0 reserved, 7 free", fixture.usage("a"));
    }

    /** A pod whose StatefulSet was deleted without it runs on, and is read as stateless. */
    @Test
    void reconcile_sameNameAndUidOfTheOtherKind_isLive() {
        fixture.get(db("x"), of("a"));
        Owner orphan = Owner.stateless(db("x").namespace(), db("x").name(), "x");
        free(pod("1"), pod("2"), orphan);
        fixture.clock += 60_000;
        assertEquals(List.of(), free(pod("1"), pod("2"), orphan).confirmed());
    }

    @Test
    void reconcile_statefulOwner_isLiveUnderAnyUid() {
        fixture.get(db("x"), of("a"));
        free(pod("1"), pod("2"), db("y"));
        fixture.clock += 60_000;
        assertEquals(List.of(), free(pod("1"), pod("2"), db("z")).confirmed());
    }

    @Test
    void reconcile_observationOfReplacedState_releasesNothing() {
        Observation observation = fixture.ipam.observe();
        fixture.ipam.state().restore(fixture.ipam.state().export(), RestoreMode.REFUSE);
        assertTrue(fixture.ipam
                .reconcile(observation, List.of(), ReconcileMode.FREE)
                .outdated());
    }

    @Test
    void reconcile_longestGracePeriod_releasesNothing() {
        fixture.with(fixture.settings.withReconcileGrace(ChronoUnit.FOREVER.getDuration()));
        fixture.get(pod("1"), of("a"));
        free();
        fixture.clock += Duration.ofDays(1_000_000).toMillis();
        assertEquals(1, free().suspected().size());
        assertEquals("1 held, 0 cooling, 0 reserved, 8 free", fixture.usage("a"));
    }

    /** The grace period starts again: the restore may be a correction. */
    @Test
    void reconcile_releasedAllocationRestored_isOnlySuspected() {
        StateSnapshot before = fixture.ipam.state().export();
        free(pod("1"));
        fixture.clock += 60_000;
        assertEquals(1, free(pod("1")).released().size());
        fixture.ipam.state().restore(before, RestoreMode.HOLD);
        ReconcileReport after = free(pod("1"));
        assertEquals(List.of(), after.confirmed());
        assertEquals(1, after.suspected().size());
    }

    /** A restore keeps suspicions by owner and address, because it may assign new generations. */
    @Test
    void reconcile_orphanReleasedAndGrantedAgain_startsTheGracePeriodAgain() {
        free(pod("1"));
        fixture.clock += 60_000;
        assertEquals(1, free(pod("1")).released().size());
        assertEquals("eth0 10.1.0.2", fixture.get(pod("2"), of("a")));
        fixture.ipam.state().restore(fixture.ipam.state().export(), RestoreMode.REFUSE);
        fixture.clock += 1;
        ReconcileReport report = free(pod("1"));
        assertEquals(1, report.suspected().size());
        assertEquals(List.of(), report.confirmed());
    }
}
