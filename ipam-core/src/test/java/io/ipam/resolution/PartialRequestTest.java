package io.ipam.resolution;

import static io.ipam.fixture.Owners.CART;
import static io.ipam.fixture.Pools.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.Ipam;
import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.address.Prefix;
import io.ipam.allocation.Allocation;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.Route;
import io.ipam.subnet.PoolSize;
import io.ipam.subnet.SubnetSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Requests for some interfaces of a workload. */
class PartialRequestTest {
    private static final List<Pool> POOLS =
            IntStream.range(0, 5).mapToObj(i -> v4("p" + i, i + 1)).toList();
    private static final PoolCatalog CATALOG = PoolCatalog.of(POOLS, List.of());

    private static String interfaceAt(int position) {
        return position == 0 ? "eth0" : "net" + position;
    }

    private static PoolSelections items(int count, boolean isNamed) {
        List<PodSelection.Item> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            PoolNames pools = PoolNames.of(Family.IPV4, "p" + i);
            items.add(isNamed ? PodSelection.Item.named(interfaceAt(i), pools) : PodSelection.Item.positional(pools));
        }
        return PoolSelections.none().withPod(new PodSelection.PerInterface(items));
    }

    private static PoolSelections one(PoolSelections all, String name) {
        return all.withInterfaces(Requests.interfaces(name)).withPartial(true);
    }

    private static Resolution resolve(PoolSelections selections) {
        return Requests.RESOLVER.resolve(Workload.of(CART), selections, CATALOG, UsageView.none());
    }

    private static Map<String, String> allocate(Ipam ipam, Owner owner, PoolSelections selections) {
        Map<String, String> byInterface = new TreeMap<>();
        for (Allocation one : ipam.allocate(Workload.of(owner), selections).orElseThrow()) {
            byInterface.put(one.interfaceName(), one.address().toString());
        }
        return byInterface;
    }

    /** One request per interface, in any order, has the same result as one request for all. */
    @Property(tries = 200)
    void allocate_oneInterfaceAtATime_returnsTheSame(
            @ForAll @IntRange(min = 1, max = 5) int interfaces,
            @ForAll boolean isNamed,
            @ForAll boolean isStateful,
            @ForAll @IntRange(max = 4) int start) {
        PoolSelections all = items(interfaces, isNamed);
        Ipam whole = Ipam.of(CATALOG);
        Ipam parts = Ipam.of(CATALOG);
        String[] names = IntStream.range(0, interfaces)
                .mapToObj(PartialRequestTest::interfaceAt)
                .toArray(String[]::new);
        for (String uid : List.of("u1", "u2")) {
            Owner owner = isStateful ? Owner.stateful("shop", "db-0", uid) : Owner.stateless("shop", "cart-0", uid);
            Map<String, String> expected = allocate(whole, owner, all.withInterfaces(Requests.interfaces(names)));
            Map<String, String> found = new TreeMap<>();
            for (int i = 0; i < interfaces; i++) {
                found.putAll(allocate(parts, owner, one(all, interfaceAt((start + i) % interfaces))));
            }
            assertEquals(expected, found);
            assertEquals(whole.heldBy(owner).size(), parts.heldBy(owner).size());
        }
    }

    @Test
    void resolve_itemsForOtherInterfaces_areProblemsUnlessPartial() {
        PoolSelections two = items(2, true).withInterfaces(Requests.interfaces("net1"));
        assertFalse(resolve(two).servable());
        assertTrue(resolve(two.withPartial(true)).servable());
        assertTrue(two.withPartial(true).isPartial());
        assertFalse(two.isPartial());
    }

    @Test
    void resolve_interfaceWithoutItem_isAProblem() {
        for (String name : List.of("net2", "net01", "net0", "net99999999999", "eth1", "NET1", "")) {
            if (!name.isEmpty()) {
                Resolution resolution = resolve(one(items(2, false), name));
                assertEquals(
                        List.of("every requested interface must have an item"),
                        resolution.problems().stream()
                                .map(problem -> problem.rule())
                                .toList(),
                        name);
            }
        }
        assertFalse(resolve(one(items(2, true), "net2")).servable());
    }

    @Test
    void resolve_givenAddressAndRouteOfAnotherInterface_areIgnored() {
        PoolSelections all = items(2, true)
                .withGiven(List.of(
                        new PoolSelections.GivenAddress("net1", Address.parse("10.2.0.7")),
                        new PoolSelections.GivenAddress("eth0", Address.parse("10.1.0.7"))))
                .withCustomRoutes(List.of(new Route(Prefix.parse("10.99.0.0/16"), Address.parse("10.2.0.9"))));
        Resolution resolution = resolve(one(all, "eth0"));
        assertTrue(resolution.servable(), resolution::explain);
        assertEquals(List.of(), resolution.notes());
        assertEquals(Map.of("eth0", "10.1.0.7"), allocate(Ipam.of(CATALOG), CART, one(all, "eth0")));
        assertEquals(Map.of("net1", "10.2.0.7"), allocate(Ipam.of(CATALOG), CART, one(all, "net1")));
    }

    @Test
    void resolve_subnetsForOtherInterfaces_areIgnored() {
        List<SubnetSelection.Item> items = List.of(
                new SubnetSelection.Item("eth0", Map.of(Family.IPV4, List.of("s0"))),
                new SubnetSelection.Item("net1", Map.of(Family.IPV4, List.of("s1"))));
        PoolSelections selections = PoolSelections.none()
                .withSubnet(new SubnetSelection(items, true, PoolSize.flexible(1), true))
                .withInterfaces(Requests.interfaces("net1"));
        assertEquals(
                1,
                resolve(selections).problems().stream()
                        .filter(problem -> problem.where().endsWith(".interface"))
                        .count());
        assertEquals(
                0,
                resolve(selections.withPartial(true)).problems().stream()
                        .filter(problem -> problem.where().endsWith(".interface"))
                        .count());
    }

    @Test
    void equals_partialOrNot_differs() {
        assertFalse(PoolSelections.none().withPartial(true).equals(PoolSelections.none()));
        assertEquals(
                PoolSelections.none(), PoolSelections.none().withPartial(true).withPartial(false));
    }
}
