package io.ipam.allocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What reports and snapshots tell people. */
class ReportsTest {
    private static final Instant SINCE = Instant.parse("2026-01-31T09:00:00Z");

    private static ReconcileReport.Orphan orphan(int last) {
        Owner owner = Owner.stateless("shop", "cart-" + last, "u" + last);
        String nic = last == 1 ? "" : "eth0";
        return new ReconcileReport.Orphan("blue", Address.parse("10.6.1." + last), owner, nic, last, SINCE);
    }

    private static List<ReconcileReport.Orphan> orphans(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(ReportsTest::orphan).toList();
    }

    @Test
    void whatIsReleasedKeptAndSuspected() {
        assertEquals("""
                without a live owner: 1 released, 1 confirmed and not released, 1 suspected
                - released: 10.6.1.2 of blue, held by shop/cart-2 (uid u2) for eth0, since 2026-01-31T09:00:00Z
                - confirmed, release it: 10.6.1.1 of blue, held by shop/cart-1 (uid u1), since 2026-01-31T09:00:00Z
                - suspected, reconcile again after the grace period: 10.6.1.3 of blue, held by shop/cart-3 (uid u3) for eth0, since 2026-01-31T09:00:00Z
                """, new ReconcileReport(false, orphans(3, 3), orphans(1, 2), orphans(2, 2)).explain());
    }

    @Test
    void nothingToDo() {
        assertEquals(
                "every allocation has a live owner, or is younger than the observation\n",
                new ReconcileReport(false, List.of(), List.of(), List.of()).explain());
        assertEquals(
                "nothing was compared: the state was restored after the observation; observe and reconcile again\n",
                new ReconcileReport(true, List.of(), List.of(), List.of()).explain());
    }

    @Test
    void tenOfAKindAreSpelledOut() {
        List<String> lines = new ReconcileReport(false, List.of(), orphans(1, 30), orphans(1, 30))
                .explain()
                .lines()
                .toList();
        assertEquals(12, lines.size());
        assertEquals("- released: and 20 more", lines.get(11));
        assertEquals(
                11,
                new ReconcileReport(false, orphans(1, 10), List.of(), List.of())
                        .explain()
                        .lines()
                        .count());
    }

    @Test
    void whatIsRestoredAndSetAside() {
        assertEquals(
                "restored 3 held and 1 cooling addresses\n",
                new RestoreReport(3, 1, List.of(), StateSnapshot.empty()).explain());
        PoolSnapshot.Held bad = new PoolSnapshot.Held(Address.parse("10.6.1.1"), Owner.stateless("a", "b", "c"), "", 0);
        Problem problem =
                Problem.of(ProblemType.INVALID, "pools[0].held[0]", "10.6.1.1", "lies in no pool", "add the pool");
        assertEquals(
                """
                restored 3 held and 0 cooling addresses
                set aside 1 held and 0 cooling addresses, which others may be given: mend the records and restore all again
                - pools[0].held[0]: "10.6.1.1": lies in no pool; add the pool
                """,
                new RestoreReport(
                                3,
                                0,
                                List.of(problem),
                                StateSnapshot.of(List.of(PoolSnapshot.of("blue", List.of(bad)))))
                        .explain());
        var cooling = new PoolSnapshot.Cooling(Address.parse("10.6.1.2"), bad.owner(), Instant.EPOCH);
        PoolSnapshot cools =
                new PoolSnapshot("blue", Optional.empty(), Optional.empty(), List.of(bad), List.of(cooling, cooling));
        String told = new RestoreReport(0, 0, List.of(problem), StateSnapshot.of(List.of(cools))).explain();
        assertTrue(told.contains("set aside 1 held and 2 cooling addresses"), told);
    }

    @Test
    void aSnapshotFindsItsPools() {
        List<String> names = new ArrayList<>(
                IntStream.range(0, 100).mapToObj(i -> "pool-" + i).toList());
        names.addAll(List.of("\uD83D\uDE00", "\uFFFD", "", "z"));
        Collections.shuffle(names, new Random(1));
        for (int size = 0; size <= names.size(); size++) {
            List<String> some = names.subList(0, size);
            StateSnapshot snapshot = StateSnapshot.of(
                    some.stream().map(name -> PoolSnapshot.of(name, List.of())).toList());
            for (String name : names) {
                assertEquals(some.contains(name), snapshot.pool(name).isPresent(), () -> name + " of " + some);
            }
            snapshot.pools()
                    .forEach(pool -> assertSame(pool, snapshot.pool(pool.pool()).orElseThrow()));
        }
        assertEquals(Optional.empty(), StateSnapshot.empty().pool("x"));
    }
}
