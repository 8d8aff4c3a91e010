package io.ipam;

import static io.ipam.fixture.Owners.db;
import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Selections.given;
import static io.ipam.fixture.Selections.of;
import static io.ipam.fixture.Selections.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.allocation.InvalidStateException;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.RestoreReport;
import io.ipam.allocation.StateSnapshot;
import io.ipam.allocation.Stray;
import io.ipam.fixture.IpamFixture;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RestoreTest {
    private final IpamFixture fixture = new IpamFixture(v4("a", 1, 5), v4("b", 2, 5)).coolingFor(Duration.ofHours(1));

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
    void restore_badRecords_keepsTheirAddressesTaken() {
        RestoreReport report = fixture.ipam.state().restore(bad(), RestoreMode.HOLD);
        assertEquals(2, report.held());
        assertEquals(2, report.cooling());
        assertEquals("0 held, 1 cooling, 0 reserved, 4 free", fixture.usage("b"));
        assertEquals(
                List.of(
                        "pools[0].held[1]",
                        "pools[0].held[2]",
                        "pools[0].held[3]",
                        "pools[0].held[4]",
                        "pools[0].cooling[0]",
                        "pools[0].cooling[2]",
                        "pools[1]"),
                report.problems().stream().map(Problem::where).toList());
        assertEquals(List.of("10.1.0.9", "10.7.0.1", "10.9.0.1"), addresses(report.strays()));
        assertEquals(report.strays(), fixture.ipam.state().strays());
        assertEquals(List.of(), fixture.ipam.state().verify());
        assertEquals("eth0 10.1.0.1", fixture.get(pod("1"), of("a")));
        assertEquals("eth0 10.1.0.2", fixture.get(pod("2"), of("a")));
    }

    private static List<String> addresses(List<Stray> strays) {
        return strays.stream().map(stray -> stray.address().toString()).toList();
    }

    @Test
    void restore_oneInvalidRecord_isRefused() {
        fixture.get(pod("x"), of("b"));
        StateSnapshot before = fixture.ipam.state().export();
        InvalidStateException refused = assertThrows(
                InvalidStateException.class, () -> fixture.ipam.state().restore(bad(), RestoreMode.REFUSE));
        assertEquals(7, refused.problems().size());
        assertEquals(before, fixture.ipam.state().export());
    }

    @Test
    void restore_export_isEqual() {
        fixture.get(pod("1"), on(of("a", "b"), "eth0", "net1"));
        fixture.get(db("x"), of("b"));
        fixture.ipam.release(pod("1"), "net1");
        var without = fixture.ipam.catalog().without("b");
        fixture.ipam.updateByForce(fixture.ipam.catalog(), without);
        StateSnapshot export = fixture.ipam.state().export();
        fixture.with(fixture.settings);
        fixture.ipam.update(fixture.ipam.catalog(), without);
        assertEquals(2, fixture.ipam.state().restore(export, RestoreMode.REFUSE).held());
        assertEquals(export.pools(), fixture.ipam.state().export().pools());
        assertEquals("eth0 10.2.0.1", fixture.get(db("x"), of("b")));
        assertEquals(List.of(), fixture.ipam.state().verify());
    }

    @Test
    void restore_emptyDetachedPool_isIgnored() {
        var pool = v4("gone", 1, 5);
        var cooling =
                new PoolSnapshot.Cooling(Address.parse("10.1.0.2"), pod("9"), Instant.ofEpochMilli(fixture.clock));
        StateSnapshot snapshot = StateSnapshot.of(
                List.of(new PoolSnapshot("gone", Optional.of(pool), Optional.empty(), List.of(), List.of(cooling))));
        assertEquals(
                1, fixture.ipam.state().restore(snapshot, RestoreMode.REFUSE).cooling());
        assertTrue(fixture.ipam.usage("gone").isEmpty());
        assertEquals("0 held, 1 cooling, 0 reserved, 4 free", fixture.usage("a"));
        assertEquals(List.of(), fixture.ipam.state().verify());
    }

    @Test
    void restore_overlappingDetachedPool_quarantinesHeldOnly() {
        var pool = v4("gone", 1, 5);
        var cooling =
                new PoolSnapshot.Cooling(Address.parse("10.1.0.2"), pod("9"), Instant.ofEpochMilli(fixture.clock));
        StateSnapshot snapshot = new StateSnapshot(
                9,
                List.of(new PoolSnapshot(
                        "gone",
                        Optional.of(pool),
                        Optional.empty(),
                        List.of(held("10.1.0.1", pod("1"), 4)),
                        List.of(cooling))));
        RestoreReport report = fixture.ipam.state().restore(snapshot, RestoreMode.HOLD);
        assertEquals(
                List.of("pools[0].detached"),
                report.problems().stream().map(Problem::where).toList());
        assertEquals(List.of("10.1.0.1"), addresses(report.strays()));
        assertEquals("1 held, 1 cooling, 0 reserved, 3 free", fixture.usage("a"));
        assertEquals(
                "eth0 IPv4: cannot allocate 10.1.0.1: it is held by shop/pod-1 (uid 1), noted in pool gone",
                fixture.refused(pod("2"), given(of("a"), "10.1.0.1")).message());
        assertEquals("eth0 10.1.0.3", fixture.get(pod("2"), of("a")));
    }

    @Test
    void restore_coolingAndHeldAddress_isQuarantined() {
        StateSnapshot snapshot = new StateSnapshot(
                9,
                List.of(
                        new PoolSnapshot(
                                "a",
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                List.of(new PoolSnapshot.Cooling(
                                        Address.parse("10.2.0.1"), pod("9"), Instant.ofEpochMilli(fixture.clock)))),
                        PoolSnapshot.of("b", List.of(held("10.2.0.1", pod("1"), 4)))));
        RestoreReport report = fixture.ipam.state().restore(snapshot, RestoreMode.HOLD);
        assertEquals(
                List.of("pools[0].cooling[0]"),
                report.problems().stream().map(Problem::where).toList());
        assertEquals(1, report.held());
        assertEquals(0, report.cooling());
    }

    @Test
    void restore_repeatedDetachedPool_isRefused() {
        var pool = v4("gone", 7, 5);
        PoolSnapshot one = new PoolSnapshot(
                "gone", Optional.of(pool), Optional.empty(), List.of(held("10.7.0.1", pod("1"), 4)), List.of());
        PoolSnapshot two = new PoolSnapshot(
                "gone", Optional.of(pool), Optional.empty(), List.of(held("10.7.0.2", pod("2"), 5)), List.of());
        RestoreReport report = fixture.ipam.state().restore(new StateSnapshot(9, List.of(one, two)), RestoreMode.HOLD);
        assertEquals(
                List.of("pools[1]"),
                report.problems().stream().map(Problem::where).toList());
        assertEquals(List.of("10.7.0.2"), addresses(report.strays()));
        assertEquals("2 held, 0 cooling, 0 reserved, 3 free", fixture.usage("gone"));
    }

    @Test
    void restore_repeatedPool_isMerged() {
        var early =
                new PoolSnapshot.Cooling(Address.parse("10.1.0.2"), pod("8"), Instant.ofEpochMilli(fixture.clock - 2));
        var late =
                new PoolSnapshot.Cooling(Address.parse("10.1.0.2"), pod("9"), Instant.ofEpochMilli(fixture.clock - 1));
        StateSnapshot snapshot = StateSnapshot.of(List.of(
                new PoolSnapshot("a", Optional.empty(), Optional.empty(), List.of(), List.of(late)),
                new PoolSnapshot("a", Optional.empty(), Optional.empty(), List.of(), List.of(early))));
        fixture.ipam.state().restore(snapshot, RestoreMode.REFUSE);
        assertEquals(List.of(late), fixture.ipam.state().export().pools().get(0).cooling());
        assertEquals(List.of(), fixture.ipam.state().verify());
    }

    @Test
    void restore_laterGrants_getNewGenerations() {
        long first = fixture.ask(pod("1"), of("a")).orElseThrow().get(0).generation();
        StateSnapshot export = fixture.ipam.state().export();
        long lost = fixture.ask(pod("2"), of("a")).orElseThrow().get(0).generation();
        fixture.with(fixture.settings);
        fixture.ipam.state().restore(export, RestoreMode.REFUSE);
        assertEquals(first, fixture.ask(pod("1"), of("a")).orElseThrow().get(0).generation());
        assertTrue(fixture.ask(pod("2"), of("a")).orElseThrow().get(0).generation() > lost);
    }

    @Test
    void restore_recordsOfOtherSystem_getGenerationsAndInterfaces() {
        fixture.ipam
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
        assertEquals(List.of(), fixture.ipam.state().verify());
        assertEquals(
                "eth0 10.1.0.3, net1 10.1.0.4, net2 10.1.0.1",
                fixture.get(pod("1"), on(of("a"), "eth0", "net1", "net2")));
        assertEquals("eth0 10.1.0.3, net1 10.1.0.4", fixture.get(pod("1"), on(of("a"), "eth0", "net1")));
        assertEquals(3, fixture.ipam.release(pod("1")).size());
    }

    /** It would leave no token for the next grant, and no export of earlier grants. */
    @Test
    void restore_unassignedGeneration_isQuarantined() {
        StateSnapshot snapshot = new StateSnapshot(
                Long.MAX_VALUE,
                List.of(PoolSnapshot.of(
                        "a", List.of(held("10.1.0.1", pod("1"), Long.MAX_VALUE), held("10.1.0.2", pod("2"), 7)))));
        InvalidStateException refused = assertThrows(
                InvalidStateException.class, () -> fixture.ipam.state().restore(snapshot, RestoreMode.REFUSE));
        assertEquals(
                List.of("lastGeneration", "pools[0].held[0]"),
                refused.problems().stream().map(Problem::where).toList());
        RestoreReport report = fixture.ipam.state().restore(snapshot, RestoreMode.HOLD);
        assertEquals(2, report.held());
        fixture.get(pod("3"), of("a"));
        assertEquals(List.of(), fixture.ipam.state().verify());
        assertEquals(
                3,
                fixture.ipam
                        .state()
                        .restore(fixture.ipam.state().export(), RestoreMode.REFUSE)
                        .held());
    }

    /** The highest token is valid, and it is assigned once. */
    @Test
    void restore_highestGeneration_isAcceptedOnce() {
        long highest = 3L << 61;
        PoolSnapshot one = PoolSnapshot.of("a", List.of(held("10.1.0.1", pod("1"), highest)));
        assertEquals(
                1,
                fixture.ipam
                        .state()
                        .restore(new StateSnapshot(highest, List.of(one)), RestoreMode.REFUSE)
                        .held());
        PoolSnapshot two =
                PoolSnapshot.of("a", List.of(held("10.1.0.1", pod("1"), highest), held("10.1.0.2", pod("2"), highest)));
        assertEquals(List.of("a generation must be unique: "), quarantined(two));
    }

    /**
     * The same uid adopts a record without an interface, even if its source names another pool;
     * other records are kept.
     */
    @Test
    void allocate_recordsWithoutInterface_adoptsOneForEachDemand() {
        PoolSnapshot two = PoolSnapshot.of("a", List.of(unknown("10.1.0.1", 4), unknown("10.1.0.2", 5)));
        fixture.ipam.state().restore(StateSnapshot.of(List.of(two)), RestoreMode.REFUSE);
        assertEquals("eth0 10.1.0.1", fixture.get(pod("1"), of("b")));
        assertEquals("2 held, 0 cooling, 0 reserved, 3 free", fixture.usage("a"));
        assertEquals("net1 10.1.0.2", fixture.get(pod("1"), on(of("a"), "net1")));
        assertEquals(List.of(), fixture.ipam.state().verify());
    }

    private static PoolSnapshot.Held unknown(String address, long generation) {
        return new PoolSnapshot.Held(Address.parse(address), pod("1"), "", generation);
    }

    @Test
    void restore_badRecord_statesTheFix() {
        assertEquals(
                List.of(
                        "must be an address of pool a: list it in the pool, or remove it from the exclusions",
                        "must be an address of pool a: the subnet is 10.1.0.0/24"),
                quarantined(
                        PoolSnapshot.of("a", List.of(held("10.1.0.9", pod("1"), 4), held("10.7.0.1", pod("2"), 5)))));
        assertEquals(
                List.of("the pool of the records must be in the catalog: create the pool first"),
                quarantined(PoolSnapshot.of("gone", List.of(held("10.9.0.1", pod("1"), 4)))));
        assertEquals(
                List.of("a detached pool must not have an address of another pool: "),
                quarantined(detached(v4("gone", 1, 5), "10.1.0.1")));
        assertEquals(
                List.of("a detached pool must have the name of its records: "),
                quarantined(detached(v4("other", 9, 5), "10.9.0.1")));
        assertEquals(List.of(), quarantined(detached(v4("gone", 9, 5), "10.9.0.1")));
    }

    private static PoolSnapshot detached(Pool pool, String address) {
        List<PoolSnapshot.Held> held = List.of(held(address, pod("1"), 4));
        return new PoolSnapshot("gone", Optional.of(pool), Optional.empty(), held, List.of());
    }

    /** The rule and the hint of each problem. */
    private List<String> quarantined(PoolSnapshot pool) {
        return fixture
                .ipam
                .state()
                .restoreDroppingGrants(StateSnapshot.of(List.of(pool)), RestoreMode.HOLD)
                .problems()
                .stream()
                .map(problem -> problem.rule() + ": " + problem.hint())
                .toList();
    }

    private static StateSnapshot onlyStrays(Stray... strays) {
        return new StateSnapshot(0, List.of(), List.of(strays), Set.of());
    }

    /** The address stays taken. */
    @Test
    void restore_addressHeldNowIsAStrayOfTheSnapshot_isAllowedUnlessItNamesAnotherOwner() {
        fixture.get(pod("1"), of("a"));
        Stray ofAnother = Stray.of("gone", held("10.1.0.1", pod("2"), 4));
        InvalidStateException refused = assertThrows(
                InvalidStateException.class,
                () -> fixture.ipam.state().restore(onlyStrays(ofAnother), RestoreMode.HOLD));
        assertEquals("10.1.0.1", refused.problems().get(0).offending());
        Stray ofTheOwner = Stray.of("gone", held("10.1.0.1", pod("1"), 4));
        assertEquals(
                List.of(ofTheOwner),
                fixture.ipam
                        .state()
                        .restore(onlyStrays(ofTheOwner), RestoreMode.HOLD)
                        .strays());
    }

    @Test
    void restore_addressHeldNowHasNoOwnerInTheSnapshot_isAllowed() {
        fixture.get(pod("1"), of("a"));
        Stray unowned = Stray.unowned("a", Address.parse("10.1.0.1"), "unreadable");
        assertEquals(
                List.of(unowned),
                fixture.ipam
                        .state()
                        .restore(onlyStrays(unowned), RestoreMode.HOLD)
                        .strays());
    }

    @Test
    void restore_manyGrantsLost_namesFiftyAndCountsTheRest() {
        fixture.ipam = Ipam.of(PoolCatalog.of(v4("a", 1, 60)), fixture.settings);
        for (int i = 1; i <= 50; i++) {
            fixture.get(pod("" + i), of("a"));
        }
        assertEquals(50, problemsOfAnEmptyRestore().size());
        fixture.get(pod("51"), of("a"));
        fixture.get(pod("52"), of("a"));
        List<Problem> problems = problemsOfAnEmptyRestore();
        assertEquals(51, problems.size());
        assertEquals("10.1.0.50", problems.get(49).offending());
        assertEquals("and 2 more grants would be dropped", problems.get(50).rule());
    }

    private List<Problem> problemsOfAnEmptyRestore() {
        return assertThrows(
                        InvalidStateException.class,
                        () -> fixture.ipam.state().restore(StateSnapshot.empty(), RestoreMode.REFUSE))
                .problems();
    }

    @Test
    void restore_straysThatFitAgain_areAllocationsWithUniqueGenerations() {
        PoolSnapshot allocation = PoolSnapshot.of("a", List.of(held("10.1.0.3", pod("3"), 5)));
        List<Stray> strays = List.of(
                Stray.of("a", held("10.1.0.1", pod("1"), 4)),
                Stray.of("a", held("10.1.0.2", pod("2"), 4)),
                Stray.of("a", held("10.1.0.3", pod("4"), 6)));
        StateSnapshot snapshot = new StateSnapshot(6, List.of(allocation), strays, Set.of());
        assertEquals(
                3, fixture.ipam.state().restore(snapshot, RestoreMode.REFUSE).held());
        List<PoolSnapshot.Held> held =
                fixture.ipam.state().export().pools().get(0).held();
        assertEquals(held("10.1.0.1", pod("1"), 4), held.get(0));
        assertTrue(held.get(1).generation() > 6, held::toString);
        assertEquals(held("10.1.0.3", pod("3"), 5), held.get(2));
        assertEquals(List.of(), fixture.ipam.state().verify());
    }

    @Test
    void restore_heldAddressOfADetachedPoolCools_isRefused() {
        PoolSnapshot gone = new PoolSnapshot(
                "gone",
                Optional.of(v4("gone", 7, 5)),
                Optional.empty(),
                List.of(held("10.7.0.1", pod("1"), 4)),
                List.of(new PoolSnapshot.Cooling(Address.parse("10.7.0.1"), pod("9"), Instant.EPOCH)));
        assertEquals(List.of("an address must be held or cooling, not both: "), quarantined(gone));
    }

    @Test
    void restore_highestGenerationOfARecord_isTheLastAssigned() {
        long highest = 3L << 61;
        PoolSnapshot one = PoolSnapshot.of("a", List.of(held("10.1.0.1", pod("1"), highest)));
        fixture.ipam.state().restore(StateSnapshot.of(List.of(one)), RestoreMode.REFUSE);
        assertEquals(highest, fixture.ipam.state().export().lastGeneration());
    }

    /** The order NEXT continues there. */
    @Test
    void export_lastGrantedAddressReleased_namesItStill() {
        fixture.get(pod("1"), of("a"));
        fixture.get(pod("2"), of("a"));
        fixture.ipam.release(pod("2"));
        assertEquals(
                Optional.of(Address.parse("10.1.0.2")),
                fixture.ipam.state().export().pools().get(0).lastGranted());
    }
}
