package io.ipam;

import static io.ipam.Bench.db;
import static io.ipam.Bench.of;
import static io.ipam.Bench.on;
import static io.ipam.Bench.pod;
import static io.ipam.Bench.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.allocation.InvalidStateException;
import io.ipam.allocation.Owner;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.RestoreReport;
import io.ipam.allocation.StateSnapshot;
import io.ipam.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestoreTest {
    private final Bench bench = new Bench(v4("a", 1, 5), v4("b", 2, 5)).coolingFor(Duration.ofHours(1));

    private static PoolSnapshot.Held held(String address, Owner owner, long generation) {
        return new PoolSnapshot.Held(Address.parse(address), owner, "eth0", generation);
    }

    private static StateSnapshot bad() {
        return new StateSnapshot(
                9,
                List.of(
                        new PoolSnapshot(
                                "a",
                                Optional.empty(),
                                Optional.of(Address.parse("10.1.0.3")),
                                List.of(
                                        held("10.1.0.1", pod("1"), 4),
                                        held("10.1.0.1", pod("2"), 5),
                                        held("10.1.0.2", pod("2"), 4),
                                        held("10.1.0.9", pod("3"), 6),
                                        held("10.7.0.1", pod("3"), 7)),
                                List.of(
                                        new PoolSnapshot.Cooling(Address.parse("10.1.0.1"), pod("9"), Instant.EPOCH),
                                        new PoolSnapshot.Cooling(Address.parse("10.1.0.4"), pod("9"), Instant.EPOCH),
                                        new PoolSnapshot.Cooling(Address.parse("10.1.0.4"), pod("8"), Instant.EPOCH),
                                        new PoolSnapshot.Cooling(Address.parse("10.2.0.4"), pod("8"), Instant.EPOCH))),
                        PoolSnapshot.of("gone", List.of(held("10.9.0.1", pod("4"), 8)))));
    }

    @Test
    void badRecordsAreReportedAndSetAside() {
        RestoreReport report = bench.ipam.state().restore(bad(), RestoreMode.QUARANTINE);
        assertEquals(1, report.held());
        assertEquals(1, report.cooling());
        assertEquals(
                List.of(
                        "pools[0].held[1]",
                        "pools[0].held[2]",
                        "pools[0].held[3]",
                        "pools[0].held[4]",
                        "pools[0].cooling[0]",
                        "pools[0].cooling[2]",
                        "pools[0].cooling[3]",
                        "pools[1]"),
                report.problems().stream().map(Problem::where).toList());
        assertEquals(5, report.setAside().heldCount());
        assertEquals(List.of(), bench.ipam.state().verify());
        assertEquals("eth0 10.1.0.1", bench.get(pod("1"), of("a")));
    }

    @Test
    void oneBadRecordIsEnoughToRefuse() {
        bench.get(pod("x"), of("b"));
        StateSnapshot before = bench.ipam.state().export();
        InvalidStateException refused = assertThrows(
                InvalidStateException.class, () -> bench.ipam.state().restore(bad(), RestoreMode.REFUSE));
        assertEquals(8, refused.problems().size());
        assertEquals(before, bench.ipam.state().export());
    }

    @Test
    void anExportIsRestoredAsItWas() {
        bench.get(pod("1"), on(of("a", "b"), "eth0", "net1"));
        bench.get(db("x"), of("b"));
        bench.ipam.release(pod("1"), "net1");
        var without = bench.ipam.catalog().without("b");
        bench.ipam.updateByForce(bench.ipam.catalog(), without);
        StateSnapshot export = bench.ipam.state().export();
        bench.with(bench.settings);
        bench.ipam.update(bench.ipam.catalog(), without);
        assertEquals(2, bench.ipam.state().restore(export, RestoreMode.REFUSE).held());
        assertEquals(export.pools(), bench.ipam.state().export().pools());
        assertEquals("eth0 10.2.0.1", bench.get(db("x"), of("b")));
        assertEquals(List.of(), bench.ipam.state().verify());
    }

    @Test
    void generationsAreNotGivenAgain() {
        long first = bench.ask(pod("1"), of("a")).orElseThrow().get(0).generation();
        StateSnapshot export = bench.ipam.state().export();
        long lost = bench.ask(pod("2"), of("a")).orElseThrow().get(0).generation();
        bench.with(bench.settings);
        bench.ipam.state().restore(export, RestoreMode.REFUSE);
        assertEquals(first, bench.ask(pod("1"), of("a")).orElseThrow().get(0).generation());
        assertTrue(bench.ask(pod("2"), of("a")).orElseThrow().get(0).generation() > lost);
    }

    @Test
    void recordsOfAnotherSystemGetGenerationsAndInterfaces() {
        bench.ipam
                .state()
                .restore(
                        StateSnapshot.of(List.of(PoolSnapshot.of(
                                "a",
                                List.of(
                                        new PoolSnapshot.Held(
                                                Address.parse("10.1.0.4"),
                                                pod("1"),
                                                "",
                                                PoolSnapshot.Held.NO_GENERATION),
                                        new PoolSnapshot.Held(
                                                Address.parse("10.1.0.3"),
                                                pod("1"),
                                                "",
                                                PoolSnapshot.Held.NO_GENERATION))))),
                        RestoreMode.REFUSE);
        assertEquals(List.of(), bench.ipam.state().verify());
        assertEquals(
                "eth0 10.1.0.3, net1 10.1.0.4, net2 10.1.0.1",
                bench.get(pod("1"), on(of("a"), "eth0", "net1", "net2")));
        assertEquals("eth0 10.1.0.3, net1 10.1.0.4", bench.get(pod("1"), on(of("a"), "eth0", "net1")));
        assertEquals(3, bench.ipam.release(pod("1")).size());
    }
}
