package io.ipam;

import static io.ipam.fixture.Owners.db;
import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.disabled;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Pools.v6;
import static io.ipam.fixture.Selections.given;
import static io.ipam.fixture.Selections.of;
import static io.ipam.fixture.Selections.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.AllocationEvent;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.RefusalReason;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.fixture.IpamFixture;
import io.ipam.owner.Owner;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.PoolSelections.GivenAddress;
import io.ipam.resolution.ResolverSettings;
import io.ipam.resolution.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stateful owner that requires another given address than the one that it holds. */
class GivenAddressMoveTest {
    private static final PoolSelections DUAL = PoolSelections.none()
            .withPod(new PoolNames(Map.of(Family.IPV4, List.of("a"), Family.IPV6, List.of("six"))));

    private final IpamFixture fixture = new IpamFixture(v4("a", 1, 5), v4("b", 2, 5), v6("six", 1, 5));

    @AfterEach
    void theStateIsSound() {
        assertEquals(List.of(), fixture.ipam.state().verify());
    }

    private static PoolSelections givenOn(PoolSelections selections, String... given) {
        return selections.withGiven(Arrays.stream(given)
                .map(text -> text.split(" "))
                .map(parts -> new GivenAddress(parts[0], Address.parse(parts[1])))
                .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "y", ""})
    void allocate_statefulWithAnotherGivenAddress_movesThere(String uid) {
        fixture.get(db("x"), given(of("a"), "10.1.0.3"));
        List<AllocationEvent> events = listen();
        assertEquals("eth0 10.1.0.5", fixture.get(db(uid), given(of("a"), "10.1.0.5")));
        assertEquals("1 held, 0 cooling, 0 reserved, 4 free", fixture.usage("a"));
        assertEquals(
                List.of("Released", "Granted"),
                events.stream().map(event -> event.getClass().getSimpleName()).toList());
        assertEquals("eth0 10.1.0.5", fixture.get(db(uid), of("a")), "a repeat keeps it");
        assertEquals("eth0 10.1.0.5", fixture.get(db(uid), given(of("a"), "10.1.0.5")), "and so with the address");
        assertEquals("eth0 10.1.0.3", fixture.get(pod("1"), given(of("a"), "10.1.0.3")), "the old one is free");
    }

    private List<AllocationEvent> listen() {
        StateSnapshot state = fixture.ipam.state().export();
        List<AllocationEvent> events = new ArrayList<>();
        fixture.with(fixture.settings.withListener(events::add));
        fixture.ipam.state().restore(state, RestoreMode.REFUSE);
        return events;
    }

    @Test
    void allocate_givenAddressOfAnotherPool_movesThere() {
        fixture.get(db("x"), of("a"));
        assertEquals("eth0 10.2.0.4", fixture.get(db("y"), given(of("a", "b"), "10.2.0.4")));
        assertEquals("0 held, 0 cooling, 0 reserved, 5 free", fixture.usage("a"));
        assertEquals("eth0 10.1.0.2", fixture.get(db("y"), given(of("a"), "10.1.0.2")), "and back");
    }

    @Test
    void allocate_givenAddressOfOneFamily_keepsTheOther() {
        fixture.get(db("x"), DUAL);
        long six = fixture.ask(db("x"), DUAL).orElseThrow().get(1).generation();
        assertEquals("eth0 10.1.0.4, eth0 2001:db8:1::1", fixture.get(db("x"), givenOn(DUAL, "eth0 10.1.0.4")));
        assertEquals(six, fixture.ask(db("x"), DUAL).orElseThrow().get(1).generation());
    }

    @Test
    void allocate_givenAddressOfAnother_keepsTheOldOne() {
        fixture.get(pod("1"), given(of("a"), "10.1.0.3"));
        fixture.get(db("x"), of("a"));
        assertUnchanged(
                RefusalReason.CONFLICT,
                "eth0 IPv4: cannot allocate 10.1.0.3: it is held by shop/pod-1 (uid 1)",
                db("y"),
                given(of("a"), "10.1.0.3"));
    }

    @Test
    void allocate_givenAddressOutsideThePools_keepsTheOldOne() {
        fixture.get(db("x"), of("a"));
        assertUnchanged(
                RefusalReason.CONFLICT,
                "eth0 IPv4: cannot allocate 10.2.0.1: it is in the subnet of none of the pools that may serve eth0 IPv4",
                db("y"),
                given(of("a"), "10.2.0.1"));
    }

    @Test
    void allocate_otherDemandExhausted_keepsTheOldOne() {
        IpamFixture small = new IpamFixture(v4("a", 1, 5), v4("b", 2, 1));
        small.get(pod("1"), of("b"));
        small.get(db("x"), on(of("a"), "eth0"));
        PoolSelections both = on(PoolSelections.none(), "eth0", "net1")
                .withPod(new io.ipam.resolution.PodSelection.PerInterface(List.of(
                        new io.ipam.resolution.PodSelection.Item(
                                Optional.of("eth0"), PoolNames.of(Family.IPV4, "a"), false),
                        new io.ipam.resolution.PodSelection.Item(
                                Optional.of("net1"), PoolNames.of(Family.IPV4, "b"), false))));
        StateSnapshot before = small.ipam.state().export();
        assertEquals(
                RefusalReason.EXHAUSTED,
                small.refused(db("y"), givenOn(both, "eth0 10.1.0.4")).reason());
        assertEquals(before, small.ipam.state().export());
    }

    @Test
    void allocate_poolOfTheGivenAddressDisabled_keepsTheOldOne() {
        fixture.get(db("x"), of("a"));
        PoolCatalog catalog = fixture.ipam.catalog();
        fixture.ipam
                .update(catalog, catalog.with(disabled(catalog.pool("a").orElseThrow())))
                .orElseThrow();
        StateSnapshot before = fixture.ipam.state().export();
        assertEquals(
                RefusalReason.NO_CANDIDATE,
                fixture.refused(db("y"), given(of("a"), "10.1.0.4")).reason());
        assertEquals(before, fixture.ipam.state().export());
        assertEquals("eth0 10.1.0.1", fixture.get(db("y"), of("a")));
    }

    @Test
    void allocate_twoInterfacesSwapTheirAddresses_bothMove() {
        fixture.get(db("x"), on(of("a"), "eth0", "net1"));
        assertEquals(
                "eth0 10.1.0.2, net1 10.1.0.1",
                fixture.get(db("y"), givenOn(on(of("a"), "eth0", "net1"), "eth0 10.1.0.2", "net1 10.1.0.1")));
    }

    @Test
    void allocate_givenAddressOfItsOtherInterface_keepsBoth() {
        fixture.get(db("x"), on(of("a"), "eth0", "net1"));
        assertUnchanged(
                RefusalReason.CONFLICT,
                "eth0 IPv4: cannot allocate 10.1.0.2: it is held by shop/db-0 (uid x)",
                db("x"),
                givenOn(on(of("a"), "eth0", "net1"), "eth0 10.1.0.2"));
    }

    @Test
    void allocate_coolDown_coolsTheOldOne() {
        fixture.coolingFor(Duration.ofSeconds(30));
        fixture.get(db("x"), of("a"));
        assertEquals("eth0 10.1.0.5", fixture.get(db("x"), given(of("a"), "10.1.0.5")));
        assertEquals("1 held, 1 cooling, 0 reserved, 3 free", fixture.usage("a"));
        assertEquals("eth0 10.1.0.1", fixture.get(db("x"), given(of("a"), "10.1.0.1")), "its own one cools for itself");
    }

    @Test
    void allocate_statelessWithAnotherGivenAddress_isRefused() {
        fixture.get(pod("1"), of("a"));
        assertUnchanged(
                RefusalReason.CONFLICT,
                "eth0 IPv4: cannot allocate 10.1.0.2: eth0 IPv4 holds 10.1.0.1",
                pod("1"),
                given(of("a"), "10.1.0.2"));
    }

    @Test
    void allocate_familyDisabled_keepsTheOldOne() {
        fixture.get(db("x"), DUAL);
        StateSnapshot state = fixture.ipam.state().export();
        fixture.with(
                fixture.settings.withResolver(ResolverSettings.defaults().withEnabledFamilies(Set.of(Family.IPV4))));
        fixture.ipam.state().restore(state, RestoreMode.REFUSE);
        assertUnchanged(
                RefusalReason.CONFLICT,
                "eth0 IPv6: cannot allocate 2001:db8:1::4: eth0 IPv6 holds 2001:db8:1::1",
                db("x"),
                givenOn(DUAL, "eth0 2001:db8:1::4"));
    }

    @Test
    void allocate_interfaceUnknown_isNotMoved() {
        restore(db("x"), "10.1.0.1", "");
        assertUnchanged(
                RefusalReason.CONFLICT,
                "eth0 IPv4: cannot allocate 10.1.0.2: eth0 IPv4 holds 10.1.0.1",
                db("x"),
                given(of("a"), "10.1.0.2"));
    }

    @Test
    void allocate_givenAddressHeldForAnUnknownInterface_isAdoptedByTheMove() {
        restore(db("x"), "10.1.0.1", "eth0", "10.1.0.2", "", "10.1.0.3", "");
        assertEquals("eth0 10.1.0.3", fixture.get(db("x"), given(of("a"), "10.1.0.3")));
        assertEquals(
                List.of("10.1.0.2 ", "10.1.0.3 eth0"),
                fixture.ipam.state().export().pools().get(0).held().stream()
                        .map(held -> held.address() + " " + held.interfaceName())
                        .toList());
    }

    @Test
    void resolve_anotherGivenAddress_announcesTheRelease() {
        fixture.get(db("x"), of("a"));
        String text = fixture.ipam
                .resolve(Workload.of(db("y")), given(of("a"), "10.1.0.4"))
                .explain();
        assertTrue(text.contains("to be released: eth0 10.1.0.1 from a"), text);
    }

    private void restore(Owner owner, String... addressesAndInterfaces) {
        List<PoolSnapshot.Held> held = new ArrayList<>();
        for (int i = 0; i < addressesAndInterfaces.length; i += 2) {
            held.add(new PoolSnapshot.Held(
                    Address.parse(addressesAndInterfaces[i]), owner, addressesAndInterfaces[i + 1], i + 1));
        }
        PoolSnapshot pool = new PoolSnapshot("a", Optional.empty(), Optional.empty(), held, List.of());
        fixture.ipam.state().restore(new StateSnapshot(100, List.of(pool)), RestoreMode.REFUSE);
    }

    private void assertUnchanged(RefusalReason reason, String message, Owner owner, PoolSelections selections) {
        StateSnapshot before = fixture.ipam.state().export();
        AllocationResult.Refused refused = fixture.refused(owner, selections);
        assertEquals(message, refused.message());
        assertEquals(reason, refused.reason());
        assertEquals(before, fixture.ipam.state().export());
    }
}
