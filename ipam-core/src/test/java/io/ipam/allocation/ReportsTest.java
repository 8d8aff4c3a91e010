package io.ipam.allocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.ipam.address.Address;
import io.ipam.owner.Owner;
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

/** The human-readable texts of reports and snapshots. */
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
    void explain_reconcileReport_listsEachKind() {
        assertEquals("""
                without a live owner: 1 released, 1 confirmed and not released, 1 suspected
                - released: 10.6.1.2 of blue, held by shop/cart-2 (uid u2) for eth0, since 2026-01-31T09:00:00Z
                - confirmed, release it: 10.6.1.1 of blue, held by shop/cart-1 (uid u1), since 2026-01-31T09:00:00Z
                - suspected, reconcile again after the grace period: 10.6.1.3 of blue, held by shop/cart-3 (uid u3) for eth0, since 2026-01-31T09:00:00Z
                """, new ReconcileReport(false, orphans(3, 3), orphans(1, 2), orphans(2, 2)).explain());
    }

    @Test
    void explain_emptyReport_isShort() {
        assertEquals(
                "every allocation has a live owner, or is younger than the observation\n",
                new ReconcileReport(false, List.of(), List.of(), List.of()).explain());
        assertEquals(
                "nothing was compared: the state was restored after the observation; observe and reconcile again\n",
                new ReconcileReport(true, List.of(), List.of(), List.of()).explain());
    }

    @Test
    void explain_manyOfAKind_listsTen() {
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
    void explain_restoreWithStrays_namesThem() {
        assertEquals(
                "restored 3 held and 1 cooling addresses\n", new RestoreReport(3, 1, List.of(), List.of()).explain());
        Stray stray = Stray.unowned("blue", Address.parse("10.6.1.1"), "{}");
        Problem problem =
                Problem.of(ProblemType.INVALID, "pools[0].held[0]", "10.6.1.1", "must be in a pool", "add the pool");
        assertEquals("""
                restored 3 held and 0 cooling addresses
                1 more addresses stay taken: release each with IpamState.releaseStray once its holder no longer exists, or correct its record and restore into a new Ipam
                - stray: 10.6.1.1 held by an unknown owner, noted in pool blue
                - pools[0].held[0]: "10.6.1.1": must be in a pool; add the pool
                """, new RestoreReport(3, 0, List.of(problem), List.of(stray)).explain());
    }

    @Test
    void snapshot_poolByName_isFound() {
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
