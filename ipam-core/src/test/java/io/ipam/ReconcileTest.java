package io.ipam;

import static io.ipam.Bench.db;
import static io.ipam.Bench.given;
import static io.ipam.Bench.of;
import static io.ipam.Bench.on;
import static io.ipam.Bench.pod;
import static io.ipam.Bench.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.allocation.Observation;
import io.ipam.allocation.Owner;
import io.ipam.allocation.ReconcileMode;
import io.ipam.allocation.ReconcileReport;
import io.ipam.allocation.RestoreMode;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReconcileTest {
    private final Bench bench = new Bench(v4("a", 1, 9));

    {
        bench.with(bench.settings.withReconcileGrace(Duration.ofMinutes(1)));
        bench.get(pod("1"), of("a"));
        bench.get(pod("2"), of("a"));
    }

    private ReconcileReport free(Owner... live) {
        return bench.ipam.reconcile(bench.ipam.observe(), List.of(live), ReconcileMode.FREE);
    }

    @Test
    void twoObservationsAGracePeriodApart() {
        ReconcileReport first = free(pod("1"));
        assertEquals(1, first.suspected().size());
        assertEquals(pod("2"), first.suspected().get(0).owner());
        bench.clock += 59_999;
        assertEquals(List.of(), free(pod("1")).confirmed());
        bench.clock += 1;
        ReconcileReport last = free(pod("1"));
        assertEquals(1, last.released().size());
        assertEquals(last.confirmed(), last.released());
        assertEquals("1 held, 0 cooling, 0 reserved, 8 free", bench.usage("a"));
    }

    /** A record that has no uid is of whoever has its name: it is left alone while anybody does. */
    @Test
    void aRecordWithoutUidLivesByItsName() {
        Owner named = Owner.stateful("shop", "cart-0", "");
        bench.get(named, of("a"));
        assertEquals(2, free(Owner.stateless("shop", "cart-0", "u")).suspected().size());
        assertEquals(2, free(Owner.stateful("shop", "cart-0", "u")).suspected().size());
        for (String[] other : new String[][] {{"shop", "cart-1"}, {"else", "cart-0"}}) {
            Owner live = Owner.stateless(other[0], other[1], "u");
            assertEquals(3, free(live).suspected().size());
        }
    }

    @Test
    void whatIsFoundIsInTheOrderOfPoolsAndAddresses() {
        bench.with(bench.settings);
        bench.ipam.update(bench.ipam.catalog(), bench.ipam.catalog().with(v4("b", 2, 9)));
        bench.get(pod("5"), given(of("b"), "10.2.0.1"));
        for (int address = 9; address > 6; address--) {
            bench.get(pod("" + address), given(of("a"), "10.1.0." + address));
        }
        List<String> addresses = List.of("10.1.0.7", "10.1.0.8", "10.1.0.9", "10.2.0.1");
        assertEquals(addresses, suspected(free()));
        bench.ipam.updateByForce(bench.ipam.catalog(), bench.ipam.catalog().without("a"));
        assertEquals(addresses, suspected(free()));
    }

    private static List<String> suspected(ReconcileReport report) {
        return report.suspected().stream()
                .map(orphan -> orphan.address().toString())
                .toList();
    }

    /** The last of so many tokens is the one that was drawn last. */
    @Test
    void whatWasGrantedLastBeforeTheObservationIsLookedAt() {
        Bench wide = new Bench(v4("w", 3, 70));
        String[] interfaces = IntStream.range(0, 70).mapToObj(i -> "net" + i).toArray(String[]::new);
        interfaces[0] = "eth0";
        wide.get(pod("1"), on(of("w"), interfaces));
        ReconcileReport report = wide.ipam.reconcile(wide.ipam.observe(), List.of(), ReconcileMode.REPORT);
        assertEquals(70, report.suspected().size() + report.confirmed().size());
    }

    @Test
    void onlyReporting() {
        free(pod("1"));
        bench.clock += 60_000;
        ReconcileReport report = bench.ipam.reconcile(bench.ipam.observe(), List.of(pod("1")), ReconcileMode.REPORT);
        assertEquals(1, report.confirmed().size());
        assertEquals(List.of(), report.released());
        assertEquals("2 held, 0 cooling, 0 reserved, 7 free", bench.usage("a"));
    }

    @Test
    void oneObservationIsNotEnoughWithoutAGracePeriodEither() {
        bench.with(bench.settings.withReconcileGrace(Duration.ZERO));
        bench.get(pod("2"), of("a"));
        assertEquals(List.of(), free().confirmed());
        bench.clock += 1;
        assertEquals(1, free().released().size());
    }

    @Test
    void whoIsSeenAliveOnceStartsAnew() {
        free(pod("1"));
        bench.clock += 30_000;
        free(pod("1"), pod("2"));
        bench.clock += 30_000;
        assertEquals(1, free(pod("1")).suspected().size());
    }

    @Test
    void whatIsGrantedOrRenewedAfterTheObservationIsLeftAlone() {
        bench.get(db("x"), of("a"));
        free();
        bench.clock += 60_000;
        Observation observation = bench.ipam.observe();
        bench.get(pod("3"), of("a"));
        bench.get(db("y"), of("a"));
        ReconcileReport report = bench.ipam.reconcile(observation, List.of(), ReconcileMode.FREE);
        assertEquals(2, report.released().size());
        assertEquals("2 held, 0 cooling, 0 reserved, 7 free", bench.usage("a"));
    }

    @Test
    void aStatefulOwnerIsLiveUnderAnyUid() {
        bench.get(db("x"), of("a"));
        free(pod("1"), pod("2"), db("y"));
        bench.clock += 60_000;
        assertEquals(List.of(), free(pod("1"), pod("2"), db("z")).confirmed());
    }

    @Test
    void anObservationOfAReplacedStateComparesNothing() {
        Observation observation = bench.ipam.observe();
        bench.ipam.state().restore(bench.ipam.state().export(), RestoreMode.REFUSE);
        assertTrue(
                bench.ipam.reconcile(observation, List.of(), ReconcileMode.FREE).outdated());
    }

    @Test
    void theGracePeriodMayLastForever() {
        bench.with(bench.settings.withReconcileGrace(ChronoUnit.FOREVER.getDuration()));
        bench.get(pod("1"), of("a"));
        free();
        bench.clock += Duration.ofDays(1_000_000).toMillis();
        assertEquals(1, free().suspected().size());
        assertEquals("1 held, 0 cooling, 0 reserved, 8 free", bench.usage("a"));
    }
}
