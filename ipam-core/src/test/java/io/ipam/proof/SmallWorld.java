package io.ipam.proof;

import static io.ipam.fixture.Pools.disabled;
import static io.ipam.fixture.Pools.v4;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.InterfaceRequest;
import io.ipam.resolution.PodSelection;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Workload;
import java.util.List;
import java.util.Optional;

/**
 * Two pools of two addresses and one, four catalogs, and three owners, one of which has two uids.
 * The world is so small that any few calls interact and "exhausted" occurs often.
 */
final class SmallWorld {
    static final Family V4 = Family.ofNumber(4).orElseThrow();

    /**
     * One interface and the pools that may serve it, first choice first; {@code ?} represents all
     * pools, by name.
     */
    record Item(String interfaceName, List<String> pools) {}

    /** A pool of a catalog: addresses 1 to last. */
    record Definition(String name, int last, boolean enabled) {}

    static final List<List<Item>> WISHES = List.of(
            List.of(eth0("a")),
            List.of(eth0("b")),
            List.of(eth0("a", "b")),
            List.of(eth0("b", "a")),
            List.of(eth0("?")),
            List.of(eth0("a", "b"), net1("a")),
            List.of(eth0("a"), net1("b")),
            List.of(eth0("b"), net1("a")),
            List.of(net1("a")),
            List.of(net1("b")));

    static final List<List<Definition>> CATALOGS = List.of(
            List.of(new Definition("a", 2, true), new Definition("b", 1, true)),
            List.of(new Definition("a", 1, true), new Definition("b", 1, true)),
            List.of(new Definition("a", 2, true)),
            List.of(new Definition("a", 2, false), new Definition("b", 1, true)));

    /** In the order of {@link #address}. */
    static final List<String> ADDRESS_NAMES = List.of("a1", "a2", "b1");

    /** Numbers 2 and 3 are two incarnations of one stateful owner. */
    private static final List<Workload> WORKLOADS = List.of(
            Workload.of(Owner.stateless("shop", "p", "p")),
            Workload.of(Owner.stateless("shop", "q", "q")),
            Workload.of(Owner.stateful("shop", "db", "db/1")),
            Workload.of(Owner.stateful("shop", "db", "db/2")));

    private static final List<PoolCatalog> REAL_CATALOGS =
            CATALOGS.stream().map(SmallWorld::catalog).toList();
    private static final List<PoolSelections> SELECTIONS =
            WISHES.stream().map(SmallWorld::selections).toList();
    private static final List<Address> ADDRESSES =
            ADDRESS_NAMES.stream().map(name -> Address.parse(text(name))).toList();

    private SmallWorld() {}

    private static Item eth0(String... pools) {
        return new Item("eth0", List.of(pools));
    }

    private static Item net1(String... pools) {
        return new Item("net1", List.of(pools));
    }

    /** {@code a1} is 10.1.0.1, {@code b1} 10.2.0.1. */
    private static String text(String name) {
        return "10." + (name.charAt(0) - 'a' + 1) + ".0." + name.substring(1);
    }

    private static PoolCatalog catalog(List<Definition> definitions) {
        return PoolCatalog.of(definitions.stream().map(SmallWorld::pool).toArray(Pool[]::new));
    }

    private static Pool pool(Definition definition) {
        Pool pool = v4(definition.name, definition.name.charAt(0) - 'a' + 1, definition.last);
        return definition.enabled ? pool : disabled(pool);
    }

    private static PoolSelections selections(List<Item> items) {
        return PoolSelections.none()
                .withInterfaces(items.stream()
                        .map(item -> InterfaceRequest.of(item.interfaceName))
                        .toList())
                .withPod(new PodSelection.PerInterface(items.stream()
                        .map(item -> new PodSelection.Item(
                                Optional.of(item.interfaceName), PoolNames.of(V4, item.pools), false))
                        .toList()));
    }

    static Workload workload(int who) {
        return WORKLOADS.get(who);
    }

    static Owner owner(int who) {
        return WORKLOADS.get(who).owner();
    }

    static PoolSelections selections(int request) {
        return SELECTIONS.get(request);
    }

    /** The request with a given address for eth0. */
    static PoolSelections given(int request, int address) {
        return SELECTIONS
                .get(request)
                .withGiven(List.of(new PoolSelections.GivenAddress("eth0", ADDRESSES.get(address))));
    }

    static PoolCatalog catalog(int index) {
        return REAL_CATALOGS.get(index);
    }

    static Address address(int index) {
        return ADDRESSES.get(index);
    }

    static String name(Address address) {
        return ADDRESS_NAMES.get(ADDRESSES.indexOf(address));
    }
}
