package io.ipam.resolution;

import static io.ipam.fixture.Pools.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.Holding;
import io.ipam.owner.Owner;
import io.ipam.pool.PoolCatalog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Holdings against a model that assigns them one by one. */
class HeldPropertyTest {
    private static final List<String> INTERFACES = List.of("eth0", "net1", "net2");
    private static final PoolCatalog CATALOG = PoolCatalog.of(v4("a", 1), v4("b", 2), v4("c", 3));

    /**
     * The holdings (address 10.0.0.n by index), the pools that each interface names, the given
     * addresses, and the owner.
     */
    record Case(List<Holding> holdings, Map<String, List<String>> named, Map<String, Address> given, Owner owner) {}

    @Provide
    Arbitrary<Case> cases() {
        Arbitrary<String> pool = Arbitraries.of("a", "b", "c");
        Arbitrary<Holding> holding = Combinators.combine(
                        Arbitraries.of("", "", "eth0", "net1", "net2", "lost"), pool, Arbitraries.of("u1", "u2"))
                .as((name, from, uid) -> Requests.holding(name, from, "10.0.0.1", uid));
        Arbitrary<List<Holding>> holdings = holding.list()
                .ofMaxSize(6)
                .flatMap(list -> Arbitraries.shuffle(List.of(1, 2, 3, 4, 5, 6)).map(order -> numbered(list, order)));
        Arbitrary<List<String>> names = pool.list().ofMinSize(1).ofMaxSize(2);
        Arbitrary<Owner> owner = Arbitraries.of(
                Owner.stateless("shop", "x", "u1"), Owner.stateful("shop", "x", "u1"), Owner.stateful("shop", "x", ""));
        return Combinators.combine(holdings, names, names, names, given(), owner)
                .as((held, first, second, third, given, who) ->
                        new Case(held, Map.of("eth0", first, "net1", second, "net2", third), given, who))
                .withoutEdgeCases();
    }

    /** Different addresses for some interfaces, held ones and others. */
    private static Arbitrary<Map<String, Address>> given() {
        return Combinators.combine(
                        Arbitraries.shuffle(List.of(1, 2, 3, 4, 5, 6, 7)),
                        Arbitraries.subsetOf(INTERFACES).ofMaxSize(2))
                .as((numbers, names) -> {
                    Map<String, Address> given = new HashMap<>();
                    names.forEach(name -> given.put(name, Address.parse("10.0.0." + numbers.get(given.size()))));
                    return given;
                });
    }

    private static List<Holding> numbered(List<Holding> list, List<Integer> order) {
        List<Holding> numbered = new ArrayList<>();
        for (Holding one : list) {
            Address address = Address.parse("10.0.0." + order.get(numbered.size()));
            numbered.add(new Holding(one.interfaceName(), Family.IPV4, one.pool(), address, 1, one.uid()));
        }
        return numbered;
    }

    private static Resolution resolve(Case given, List<Holding> holdings) {
        List<PodSelection.Item> items = INTERFACES.stream()
                .map(name -> PodSelection.Item.named(name, PoolNames.of(Family.IPV4, given.named.get(name))))
                .toList();
        PoolSelections selections = PoolSelections.none()
                .withInterfaces(Requests.interfaces(INTERFACES.toArray(String[]::new)))
                .withPod(new PodSelection.PerInterface(items))
                .withGiven(given.given.entrySet().stream()
                        .map(entry -> new PoolSelections.GivenAddress(entry.getKey(), entry.getValue()))
                        .toList());
        UsageView view = Requests.holds(holdings.toArray(Holding[]::new));
        return Requests.RESOLVER.resolve(Workload.of(given.owner), selections, CATALOG, view);
    }

    @Property
    void held_anyRequest_agreesWithModel(@ForAll("cases") Case given) {
        Resolution resolution = resolve(given, given.holdings);
        Map<String, List<Holding>> expected = new HashMap<>();
        Set<Holding> released = new HashSet<>();
        Set<String> moving = new HashSet<>();
        for (String name : INTERFACES) {
            List<Holding> own = new ArrayList<>(given.holdings);
            own.removeIf(holding -> !holding.interfaceName().equals(name));
            boolean keeps = own.stream().allMatch(holding -> keeps(given, name, holding));
            if (keeps && moves(given, name, own)) {
                moving.add(name);
                keeps = false;
            }
            if (!keeps) {
                released.addAll(own);
            }
            expected.put(name, keeps ? sorted(own) : List.of());
        }
        List<Holding> records = new ArrayList<>(sorted(given.holdings));
        records.removeIf(holding -> !holding.interfaceName().isEmpty());
        for (Holding record : List.copyOf(records)) {
            for (String name : INTERFACES) {
                if (expected.get(name).isEmpty()
                        && record.address().equals(given.given.get(name))
                        && given.named.get(name).contains(record.pool())) {
                    expected.put(name, List.of(record));
                    records.remove(record);
                }
            }
        }
        for (String name : INTERFACES) {
            if (expected.get(name).isEmpty() && !moving.contains(name)) {
                Holding lowest = records.stream()
                        .filter(record -> given.named.get(name).contains(record.pool()))
                        .findFirst()
                        .orElse(null);
                if (lowest != null) {
                    expected.put(name, List.of(lowest));
                    records.remove(lowest);
                }
            }
        }
        for (Holding record : List.copyOf(records)) {
            String name = INTERFACES.stream()
                    .filter(other -> expected.get(other).isEmpty())
                    .filter(other -> !moving.contains(other) || record.address().equals(given.given.get(other)))
                    .findFirst()
                    .orElse(null);
            if (name != null && record.uid().equals(given.owner.uid())) {
                expected.put(name, List.of(record));
                records.remove(record);
            }
        }
        for (DemandResolution demand : resolution.demands()) {
            List<Holding> actual = demand instanceof DemandResolution.Held held ? held.holdings() : List.of();
            assertEquals(expected.get(demand.interfaceName()), actual, demand::label);
        }
        assertEquals(released, new HashSet<>(resolution.releases()));
        assertEquals(records.stream().map(Note.RecordNotAdopted::new).toList(), resolution.notes());
    }

    private static boolean keeps(Case given, String name, Holding holding) {
        boolean same = !given.owner.uid().isEmpty() && given.owner.uid().equals(holding.uid());
        return !given.owner.stateful() || same || given.named.get(name).contains(holding.pool());
    }

    private static boolean moves(Case given, String name, List<Holding> own) {
        Address wanted = given.given.get(name);
        return wanted != null
                && given.owner.stateful()
                && !own.isEmpty()
                && own.stream().noneMatch(holding -> holding.address().equals(wanted));
    }

    private static List<Holding> sorted(List<Holding> holdings) {
        return holdings.stream()
                .sorted((a, b) -> a.address().compareTo(b.address()))
                .toList();
    }

    @Property
    void held_anyRequest_usesEachAddressOnce(@ForAll("cases") Case given) {
        Set<Holding> seen = new HashSet<>();
        Resolution resolution = resolve(given, given.holdings);
        resolution.releases().forEach(holding -> assertTrue(seen.add(holding)));
        for (DemandResolution demand : resolution.demands()) {
            if (demand instanceof DemandResolution.Held held) {
                held.holdings().forEach(holding -> assertTrue(seen.add(holding)));
                long adopted = held.holdings().stream()
                        .filter(Holding::isInterfaceUnknown)
                        .count();
                assertFalse(adopted > 1 || (adopted == 1 && held.holdings().size() > 1));
            }
        }
    }

    @Property
    void held_permutedHoldings_isEqual(@ForAll("cases") Case given) {
        List<Holding> reversed = new ArrayList<>(given.holdings);
        java.util.Collections.reverse(reversed);
        Resolution one = resolve(given, given.holdings);
        Resolution other = resolve(given, reversed);
        assertEquals(one.demands(), other.demands());
        assertEquals(one.releases(), other.releases());
        assertEquals(one.notes(), other.notes());
    }
}
