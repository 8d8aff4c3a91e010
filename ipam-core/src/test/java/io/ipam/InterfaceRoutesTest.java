package io.ipam;

import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Selections.of;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.address.Prefix;
import io.ipam.allocation.Allocation;
import io.ipam.allocation.RefusalReason;
import io.ipam.fixture.IpamFixture;
import io.ipam.pool.Pool;
import io.ipam.pool.Route;
import io.ipam.resolution.Note;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.ReadingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Each destination occurs once on an interface. */
class InterfaceRoutesTest {
    private static final Pool A = v4("a", 1, 3).toBuilder()
            .gateway("10.1.0.254")
            .route("10.9.0.0/16", "10.1.0.253")
            .build();

    private final IpamFixture fixture = new IpamFixture(A, v4("b", 2, 3));

    private static Route route(String destination, String gateway) {
        return new Route(Prefix.parse(destination), Address.parse(gateway));
    }

    private AllocationResult.Allocated allocate(ReadingMode mode, Route... custom) {
        PoolSelections selections = of("a").withCustomRoutes(List.of(custom)).withMode(mode);
        return (AllocationResult.Allocated) fixture.ask(pod("1"), selections);
    }

    private static List<String> notes(AllocationResult.Allocated result) {
        return result.notes().stream().map(Note::text).toList();
    }

    @Test
    void allocate_equalRoutes_areMerged() {
        Route own = route("10.9.0.0/16", "10.1.0.253");
        Route custom = route("10.7.0.0/16", "10.1.0.9");
        AllocationResult.Allocated result = allocate(ReadingMode.STRICT, own, custom, custom, own);
        assertEquals(
                Set.of(own, custom), new HashSet<>(result.allocations().get(0).routes()));
        assertEquals(2, result.allocations().get(0).routes().size());
        assertEquals(List.of(), notes(result));
    }

    @Test
    void allocate_customRouteToADestinationOfThePool_winsWithANote() {
        Route custom = route("10.9.0.0/16", "10.1.0.9");
        AllocationResult.Allocated result = allocate(ReadingMode.STRICT, custom);
        assertEquals(List.of(custom), result.allocations().get(0).routes());
        assertTrue(result.allocations().get(0).defaultRoute());
        assertEquals(
                List.of("eth0: the route 10.9.0.0/16 via 10.1.0.9 replaces 10.9.0.0/16 via 10.1.0.253 of pool a"),
                notes(result));
    }

    @Test
    void allocate_customDefaultRoute_replacesThatOfTheGateway() {
        Route custom = route("0.0.0.0/0", "10.1.0.9");
        AllocationResult.Allocated result = allocate(ReadingMode.STRICT, custom);
        Allocation allocation = result.allocations().get(0);
        assertEquals(List.of(route("10.9.0.0/16", "10.1.0.253"), custom), allocation.routes());
        assertFalse(allocation.defaultRoute());
        assertEquals(Optional.of(Address.parse("10.1.0.254")), allocation.gateway());
        assertEquals(
                List.of("eth0: the route 0.0.0.0/0 via 10.1.0.9 replaces 0.0.0.0/0 via 10.1.0.254 of pool a"),
                notes(result));
    }

    @Test
    void allocate_customDefaultRouteOverTheGateway_isTheDefaultRoute() {
        AllocationResult.Allocated result =
                allocate(ReadingMode.COMPATIBLE, route("0.0.0.0/0", "10.1.0.254"), route("0.0.0.0/0", "10.1.0.9"));
        Allocation allocation = result.allocations().get(0);
        assertEquals(List.of(route("10.9.0.0/16", "10.1.0.253")), allocation.routes());
        assertTrue(allocation.defaultRoute());
        assertEquals(
                List.of("the custom routes to 0.0.0.0/0 have the gateways 10.1.0.254 and 10.1.0.9;"
                        + " on one interface only the first is used"),
                notes(result));
    }

    @Test
    void allocate_twoGatewaysForOneDestination_isRefusedInStrictMode() {
        Route first = route("10.7.0.0/16", "10.1.0.9");
        Route second = route("10.7.0.0/16", "10.1.0.8");
        PoolSelections selections = of("a").withCustomRoutes(List.of(first, first, second));
        AllocationResult.Refused refused = fixture.refused(pod("1"), selections);
        assertEquals(RefusalReason.INVALID_REQUEST, refused.reason());
        assertEquals(
                "customRoutes[2]: \"10.7.0.0/16 via 10.1.0.8\": a destination must have one gateway, and an earlier"
                        + " route has 10.1.0.9; remove one of the two routes",
                refused.resolution().problems().get(0).message());
        AllocationResult.Allocated result = allocate(ReadingMode.COMPATIBLE, first, second);
        assertEquals(
                List.of(route("10.9.0.0/16", "10.1.0.253"), first),
                result.allocations().get(0).routes());
        assertEquals(1, result.notes().size());
    }

    @Provide
    Arbitrary<List<InterfaceRoutes.Part>> parts() {
        Arbitrary<Route> route = Combinators.combine(
                        Arbitraries.of("0.0.0.0/0", "10.7.0.0/16", "10.8.0.0/16", "::/0", "fd07::/64"),
                        Arbitraries.integers().between(1, 3))
                .as((destination, last) ->
                        route(destination, (destination.contains(":") ? "fd00::" : "10.1.0.") + last));
        Arbitrary<List<Route>> several = route.list().ofMaxSize(3);
        return Combinators.combine(
                        Arbitraries.of("eth0", "net1"),
                        Arbitraries.of("a", "b"),
                        several.map(list ->
                                list.stream().filter(one -> !one.isDefault()).toList()),
                        several,
                        route.map(one -> new Route(Prefix.masked(one.gateway(), 0), one.gateway()))
                                .optional())
                .as(InterfaceRoutes.Part::new)
                .list()
                .ofMaxSize(4);
    }

    /** All routes of an interface in the order of precedence; the model keeps the first of each. */
    @Property
    void merge_anyParts_keepsTheFirstOfEachDestination(@ForAll("parts") List<InterfaceRoutes.Part> parts) {
        List<Note> notes = new ArrayList<>();
        List<InterfaceRoutes.Merged> merged = InterfaceRoutes.merge(parts, notes);
        for (String name : List.of("eth0", "net1")) {
            int[] own = IntStream.range(0, parts.size())
                    .filter(i -> parts.get(i).interfaceName().equals(name))
                    .toArray();
            List<Route> expected = new ArrayList<>();
            int replaced = 0;
            for (int i : own) {
                parts.get(i).custom().forEach(route -> add(route, expected));
            }
            for (int i : own) {
                List<Route> ofPool = new ArrayList<>(parts.get(i).ofPool());
                parts.get(i).ofGateway().ifPresent(ofPool::add);
                for (Route route : ofPool) {
                    replaced += add(route, expected) ? 1 : 0;
                }
            }
            List<Route> actual = new ArrayList<>();
            for (int i : own) {
                actual.addAll(merged.get(i).routes());
                if (merged.get(i).defaultRoute()) {
                    actual.add(parts.get(i).ofGateway().orElseThrow());
                }
            }
            assertEquals(new HashSet<>(expected), new HashSet<>(actual));
            assertEquals(expected.size(), actual.size());
            assertEquals(
                    replaced,
                    notes.stream()
                            .map(Note.RouteReplaced.class::cast)
                            .filter(note -> note.interfaceName().equals(name))
                            .count());
        }
    }

    /** Returns whether a route to the same destination has another gateway. */
    private static boolean add(Route route, List<Route> routes) {
        for (Route other : routes) {
            if (other.destination().equals(route.destination())) {
                return !other.equals(route);
            }
        }
        routes.add(route);
        return false;
    }
}
