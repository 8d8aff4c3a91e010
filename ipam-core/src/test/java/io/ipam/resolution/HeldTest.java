package io.ipam.resolution;

import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Pools.v6;
import static io.ipam.resolution.Requests.candidates;
import static io.ipam.resolution.Requests.holding;
import static io.ipam.resolution.Requests.holds;
import static io.ipam.resolution.Requests.names;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.Holding;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The holdings of an owner under its current sources. */
class HeldTest {
    private static final Owner POD = Owner.stateless("shop", "cart-0", "u1");
    private static final Owner RECREATED = Owner.stateful("shop", "db-0", "u2");
    private static final Owner RUNNING = Owner.stateful("shop", "db-0", "u1");
    private static final Holding ON_ETH0 = holding("eth0", "a", "10.1.0.7", "u1");
    private static final PoolCatalog CATALOG = PoolCatalog.of(v4("a", 1), v4("b", 2), v6("six", 1));

    private static Resolution resolve(Owner owner, PoolSelections selections, Holding... holdings) {
        return resolve(CATALOG, owner, selections, holdings);
    }

    private static Resolution resolve(
            PoolCatalog catalog, Owner owner, PoolSelections selections, Holding... holdings) {
        return Requests.RESOLVER.resolve(Workload.of(owner), selections, catalog, holds(holdings));
    }

    /** "eth0 IPv4 held 10.1.0.7; eth0 IPv6 candidates six". */
    private static String answers(Resolution resolution) {
        return resolution.demands().stream()
                .map(demand -> demand.label()
                        + (demand instanceof DemandResolution.Held held
                                ? " held "
                                        + held.holdings().stream()
                                                .map(holding ->
                                                        holding.address().toString())
                                                .collect(Collectors.joining("+"))
                                : " candidates " + String.join("+", candidates(demand))))
                .collect(Collectors.joining("; "));
    }

    @Test
    void held_statelessOwner_keepsAddressesUnderAnySource() {
        for (PoolSelections selections : List.of(Requests.pod("a"), Requests.pod("b"), PoolSelections.none())) {
            Resolution resolution = resolve(POD, selections, ON_ETH0);
            assertEquals("eth0 IPv4 held 10.1.0.7", answers(resolution));
            assertTrue(resolution.servable());
            assertEquals(List.of(), resolution.releases());
        }
        PoolSelections six = PoolSelections.none().withPod(PoolNames.of(Family.IPV6, "six"));
        assertEquals("eth0 IPv4 held 10.1.0.7; eth0 IPv6 candidates six", answers(resolve(POD, six, ON_ETH0)));
    }

    @Test
    void held_poolNoLongerMatches_keepsAddresses() {
        Pool pool =
                v4("a", 1).toBuilder().disabled(true).terminating(Instant.EPOCH).build();
        for (Owner owner : List.of(POD, RECREATED, RUNNING)) {
            assertEquals(
                    "eth0 IPv4 held 10.1.0.7",
                    answers(resolve(PoolCatalog.of(pool), owner, Requests.pod("a"), ON_ETH0)));
            assertEquals(
                    "eth0 IPv4 held 10.1.0.7", answers(resolve(PoolCatalog.EMPTY, owner, Requests.pod("a"), ON_ETH0)));
        }
    }

    @Test
    void held_returningStatefulOwner_keepsAddressesOfNamedPools() {
        for (String name : List.of("a", "*", "?")) {
            Resolution resolution = resolve(RECREATED, Requests.pod("b", name), ON_ETH0);
            assertEquals("eth0 IPv4 held 10.1.0.7", answers(resolution), name);
        }
        Resolution moved = resolve(RECREATED, Requests.pod("b"), ON_ETH0);
        assertEquals("eth0 IPv4 candidates b", answers(moved));
        assertEquals(List.of(ON_ETH0), moved.releases());
    }

    @Test
    void held_sameStatefulIncarnation_keepsEverything() {
        Resolution resolution = resolve(RUNNING, Requests.pod("b"), ON_ETH0);
        assertEquals("eth0 IPv4 held 10.1.0.7", answers(resolution));
        assertEquals(List.of(), resolution.releases());
    }

    @Test
    void held_statefulOwnerWithoutUid_dependsOnSource() {
        Owner machine = Owner.stateful("shop", "vm", "");
        Holding held = holding("eth0", "a", "10.1.0.7", "");
        assertEquals("eth0 IPv4 held 10.1.0.7", answers(resolve(machine, Requests.pod("a"), held)));
        assertEquals("eth0 IPv4 candidates b", answers(resolve(machine, Requests.pod("b"), held)));
    }

    @Test
    void held_interface_releasesAllOrNone() {
        Holding six = holding("eth0", "six", "2001:db8:1::7", "u1");
        Holding other = holding("net1", "a", "10.1.0.8", "u1");
        PoolSelections selections = PoolSelections.none()
                .withInterfaces(Requests.interfaces("eth0", "net1"))
                .withPod(new PodSelection.PerInterface(List.of(
                        PodSelection.Item.named("eth0", names(List.of("b"), List.of("six"))),
                        PodSelection.Item.named("net1", PoolNames.of(Family.IPV4, "a")))));
        Resolution resolution = resolve(RECREATED, selections, six, other, ON_ETH0);
        assertEquals("eth0 IPv4 candidates b; eth0 IPv6 candidates six; net1 IPv4 held 10.1.0.8", answers(resolution));
        assertEquals(List.of(ON_ETH0, six), resolution.releases());
    }

    @Test
    void held_familyNoLongerNamed_isReleased() {
        PoolSelections six = PoolSelections.none().withPod(PoolNames.of(Family.IPV6, "six"));
        Resolution resolution = resolve(RECREATED, six, ON_ETH0);
        assertEquals("eth0 IPv6 candidates six", answers(resolution));
        assertEquals(List.of(ON_ETH0), resolution.releases());
    }

    @Test
    void held_defaultPools_keepCurrentDefaults() {
        PoolCatalog isDefault =
                PoolCatalog.of(v4("a", 1).toBuilder().defaultPool(true).build(), v4("b", 2));
        PoolCatalog moved = PoolCatalog.of(
                v4("a", 1), v4("b", 2).toBuilder().defaultPool(true).build());
        assertEquals("eth0 IPv4 held 10.1.0.7", answers(resolve(isDefault, RECREATED, PoolSelections.none(), ON_ETH0)));
        assertEquals("eth0 IPv4 candidates b", answers(resolve(moved, RECREATED, PoolSelections.none(), ON_ETH0)));
    }

    @Test
    void held_interfaceNotRequested_isUnchanged() {
        Resolution resolution =
                resolve(RECREATED, Requests.pod("b").withInterfaces(Requests.interfaces("net1")), ON_ETH0);
        assertEquals("net1 IPv4 candidates b", answers(resolution));
        assertEquals(List.of(), resolution.releases());
    }

    @Test
    void held_recordsWithoutInterface_areAdoptedLowestFirst() {
        Holding low = holding("", "a", "10.1.0.3", "u1");
        Holding high = holding("", "a", "10.1.0.30", "u1");
        PoolSelections two = Requests.pod("b", "a").withInterfaces(Requests.interfaces("eth0", "net1", "net2"));
        Resolution resolution = resolve(POD, two, high, low);
        assertEquals(
                "eth0 IPv4 held 10.1.0.3; net1 IPv4 held 10.1.0.30; net2 IPv4 candidates b+a", answers(resolution));
        assertEquals(List.of(), resolution.notes());
    }

    @Test
    void held_recordWithoutInterface_isAdoptedByNamingDemand() {
        Holding record = holding("", "b", "10.2.0.3", "u1");
        PoolSelections selections = PoolSelections.none()
                .withInterfaces(Requests.interfaces("eth0", "net1"))
                .withPod(new PodSelection.PerInterface(List.of(
                        PodSelection.Item.positional(PoolNames.of(Family.IPV4, "a")),
                        PodSelection.Item.positional(PoolNames.of(Family.IPV4, "b")))));
        for (Owner owner : List.of(POD, RECREATED)) {
            assertEquals(
                    "eth0 IPv4 candidates a; net1 IPv4 held 10.2.0.3", answers(resolve(owner, selections, record)));
        }
        Resolution nobody = resolve(RECREATED, Requests.pod("a"), record);
        assertEquals("eth0 IPv4 candidates a", answers(nobody));
        assertEquals(List.of(new Note.RecordNotAdopted(record)), nobody.notes());
    }

    @Test
    void held_knownInterface_precedesRecordWithoutInterface() {
        Holding record = holding("", "a", "10.1.0.3", "u1");
        PoolSelections two = Requests.pod("a").withInterfaces(Requests.interfaces("eth0", "net1"));
        assertEquals("eth0 IPv4 held 10.1.0.7; net1 IPv4 held 10.1.0.3", answers(resolve(POD, two, record, ON_ETH0)));
        Resolution one = resolve(POD, Requests.pod("a"), record, ON_ETH0);
        assertEquals("eth0 IPv4 held 10.1.0.7", answers(one));
        assertInstanceOf(Note.RecordNotAdopted.class, one.notes().get(0));
    }

    @Test
    void held_givenRecord_isAdoptedByItsDemand() {
        Holding low = holding("", "a", "10.1.0.3", "u1");
        Holding high = holding("", "a", "10.1.0.4", "u1");
        PoolSelections two = Requests.pod("a")
                .withInterfaces(Requests.interfaces("eth0", "net1"))
                .withGiven(List.of(new PoolSelections.GivenAddress("net1", Address.parse("10.1.0.3"))));
        assertEquals("eth0 IPv4 held 10.1.0.4; net1 IPv4 held 10.1.0.3", answers(resolve(POD, two, low, high)));
    }

    /** A running owner keeps its holdings, even a record that was imported without an interface. */
    @Test
    void adopt_sameUidAndNoSourceNamesThePool_assignsToTheFirstDemandWithoutAnAddress() {
        Holding record = holding("", "b", "10.2.0.3", "u1");
        PoolSelections two = Requests.pod("a").withInterfaces(Requests.interfaces("eth0", "net1"));
        for (Owner owner : List.of(POD, RUNNING)) {
            Resolution resolution = resolve(owner, two, record, ON_ETH0);
            assertEquals("eth0 IPv4 held 10.1.0.7; net1 IPv4 held 10.2.0.3", answers(resolution));
            assertEquals(List.of(), resolution.notes());
        }
    }

    @Test
    void adopt_sameUidButPoolRemoved_notesTheRecord() {
        Holding record = holding("", "gone", "10.9.0.3", "u1");
        Resolution resolution = resolve(POD, Requests.pod("a"), record);
        assertEquals("eth0 IPv4 candidates a", answers(resolution));
        assertEquals(List.of(new Note.RecordNotAdopted(record)), resolution.notes());
    }

    /**
     * A source names a pool whether or not its family is enabled; the disabled family is a note.
     */
    @Test
    void settle_familyOfAHoldingDisabled_keepsTheAddressesThatTheSourceNames() {
        Holding six = holding("eth0", "six", "2001:db8:1::7", "u1");
        PoolSelections both = PoolSelections.none().withPod(names(List.of("a"), List.of("six")));
        for (Owner owner : List.of(POD, RUNNING, RECREATED)) {
            for (Family enabled : Family.values()) {
                PoolResolver one = PoolResolver.of(ResolverSettings.defaults().withEnabledFamilies(Set.of(enabled)));
                Resolution kept = one.resolve(Workload.of(owner), both, CATALOG, holds(ON_ETH0, six));
                assertEquals("eth0 IPv4 held 10.1.0.7; eth0 IPv6 held 2001:db8:1::7", answers(kept));
                assertEquals(List.of(), kept.releases());
                assertInstanceOf(Note.DisabledFamilyNamed.class, kept.notes().get(0));
            }
        }
    }

    @Test
    void settle_familyDisabledAndPoolNoLongerNamed_releasesTheAddressesOfTheInterface() {
        PoolResolver six = PoolResolver.of(ResolverSettings.defaults().withEnabledFamilies(Set.of(Family.IPV6)));
        PoolSelections moved = PoolSelections.none().withPod(names(List.of("b"), List.of("six")));
        Resolution back = six.resolve(Workload.of(RECREATED), moved, CATALOG, holds(ON_ETH0));
        assertEquals("eth0 IPv6 candidates six", answers(back));
        assertEquals(List.of(ON_ETH0), back.releases());
        Resolution running = six.resolve(Workload.of(RUNNING), moved, CATALOG, holds(ON_ETH0));
        assertEquals("eth0 IPv4 held 10.1.0.7; eth0 IPv6 candidates six", answers(running));
    }

    @Test
    void settle_familyDisabledAndDefaultPool_keepsTheAddress() {
        PoolCatalog isDefault = PoolCatalog.of(
                v4("a", 1).toBuilder().defaultPool(true).build(),
                v6("six", 1).toBuilder().defaultPool(true).build());
        PoolResolver six = PoolResolver.of(ResolverSettings.defaults().withEnabledFamilies(Set.of(Family.IPV6)));
        Resolution back = six.resolve(Workload.of(RECREATED), PoolSelections.none(), isDefault, holds(ON_ETH0));
        assertEquals("eth0 IPv4 held 10.1.0.7; eth0 IPv6 candidates six", answers(back));
    }
}
