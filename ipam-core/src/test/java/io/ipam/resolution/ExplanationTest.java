package io.ipam.resolution;

import static io.ipam.fixture.Owners.CART;
import static io.ipam.fixture.Pools.disabled;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Pools.v6;
import static io.ipam.resolution.Requests.holding;
import static io.ipam.resolution.Requests.labels;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.address.Prefix;
import io.ipam.owner.Owner;
import io.ipam.pool.LabelSelector;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolAffinity;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.Route;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The whole human-readable text. */
class ExplanationTest {
    private static final Workload WORKLOAD = Workload.builder(CART)
            .labels(labels("app", "cart"))
            .node("node-a", labels("zone", "c"))
            .build();

    private static Resolution resolve(PoolSelections selections, UsageView usage, Pool... pools) {
        return Requests.RESOLVER.resolve(WORKLOAD, selections, PoolCatalog.of(pools), usage);
    }

    private static Pool zoned(String name, int net) {
        return v4(name, net, PoolAffinity.none().withNode(LabelSelector.of(Map.of("zone", "a"))));
    }

    @Test
    void explain_servableRequest_listsCandidates() {
        Pool blue = v4("blue", 1).toBuilder()
                .gateway("10.1.0.254")
                .route("10.9.0.0/16", "10.1.0.253")
                .build();
        PoolSelections selections = PoolSelections.none()
                .withPod(Requests.names(List.of("blue", "old", "blue", "b*", "x?"), List.of("six")))
                .withCustomRoutes(List.of(
                        new Route(Prefix.parse("10.7.0.0/16"), Address.parse("10.1.0.9")),
                        new Route(Prefix.parse("10.8.0.0/16"), Address.parse("10.77.0.9"))));
        Resolution resolution = resolve(selections, Requests.full("backup"), blue, v4("backup", 2), v6("six", 1));
        assertEquals("""
                shop/cart-0 (uid 7f3c) on node node-a: can be served
                eth0 IPv4, from the pod selection: 2 candidates
                  1. blue (10.1.0.0/24), default route via 10.1.0.254, route to 10.9.0.0/16 via 10.1.0.253
                  2. backup (10.2.0.0/24), no gateway
                  dropped: old does not exist
                  note: blue is named twice; only the first one is used
                  note: the pattern b* names blue again; only the first occurrence is used
                  note: the pattern x? matches no IPv4 pool
                  note: backup was full when it was checked: 10 of 10 held
                eth0 IPv6, from the pod selection: 1 candidate
                  1. six (2001:db8:1::/64), no gateway
                note: the custom route 10.8.0.0/16 via 10.77.0.9 matches no interface: no subnet has 10.77.0.9
                """, resolution.explain());
        assertEquals("shop/cart-0 (uid 7f3c) on node node-a: 2 demands can be served", resolution.message());
    }

    /** Each family has an annotation of its own. */
    @Test
    void explain_namespaceSource_namesDecidingAnnotation() {
        PoolSelections selections =
                PoolSelections.none().withNamespaceDefaults(Requests.names(List.of("blue"), List.of("six")));
        assertEquals(
                """
                shop/cart-0 (uid 7f3c) on node node-a: can be served
                eth0 IPv4, from the namespace default: 1 candidate
                  1. blue (10.1.0.0/24), no gateway
                eth0 IPv6, from the namespace default: 1 candidate
                  1. six (2001:db8:1::/64), no gateway
                """,
                resolve(selections, UsageView.none(), v4("blue", 1), v6("six", 1))
                        .explain());
    }

    @Test
    void explain_noPoolCanServe_namesTheNearestRemedy() {
        PoolSelections selections = PoolSelections.none()
                .withInterfaces(Requests.interfaces("eth0", "net1"))
                .withPod(new PodSelection.PerInterface(List.of(
                        PodSelection.Item.positional(PoolNames.of(Family.IPV4, "zoned", "off", "six", "gone")),
                        PodSelection.Item.positional(PoolNames.of(Family.IPV4, "free")))));
        Pool off = disabled(zoned("off", 2));
        Resolution resolution =
                resolve(selections, UsageView.none(), zoned("zoned", 1), off, v4("free", 3), v6("six", 1));
        assertEquals("""
                shop/cart-0 (uid 7f3c) on node node-a: cannot be served
                eth0 IPv4, from the pod selection[0]: no pool can serve
                  dropped: zoned requires zone in (a) (nodeAffinity), but the node has zone=c
                  dropped: off is disabled
                  dropped: six has IPv6 addresses, not IPv4
                  dropped: gone does not exist
                  remedy: pool zoned: label the node so that zone in (a), or change its nodeAffinity
                  or: name pool free, which can serve as it is
                  or: pool off: enable it; and label the node so that zone in (a), or change its nodeAffinity
                net1 IPv4, from the pod selection[1]: 1 candidate
                  1. free (10.3.0.0/24), no gateway
                """, resolution.explain());
        assertEquals(
                "shop/cart-0 (uid 7f3c) on node node-a cannot be served: no pool can serve eth0 IPv4: "
                        + "zoned requires zone in (a) (nodeAffinity), but the node has zone=c, off is disabled, "
                        + "six has IPv6 addresses, not IPv4, and 1 more. "
                        + "Remedy: pool zoned: label the node so that zone in (a), or change its nodeAffinity",
                resolution.message());
    }

    @Test
    void explain_nameMisspelt_namesTheNearestFirst() {
        Resolution resolution =
                resolve(Requests.pod("bleu-v4"), UsageView.none(), v4("another", 1), v4("blue-v4", 2), v4("third", 3));
        assertEquals("""
                shop/cart-0 (uid 7f3c) on node node-a: cannot be served
                eth0 IPv4, from the pod selection: no pool can serve
                  dropped: bleu-v4 does not exist; the nearest name is blue-v4
                  remedy: pool bleu-v4: correct the name to blue-v4, or create it
                  or: name pool another, which can serve as it is
                  or: name pool blue-v4, which can serve as it is
                """, resolution.explain());
        assertEquals(
                resolution.demands(),
                resolve(Requests.pod("bleu-v4"), UsageView.none(), v4("another", 1), v4("blue-v4", 2), v4("third", 3))
                        .demands());
    }

    /** A text that names thousands of unknown pools costs at most 16 searches. */
    @Test
    void explain_manyNamesMisspelt_searchesTheFirst() {
        String[] names = IntStream.range(0, 40)
                .mapToObj(i -> "blue-v4" + (char) ('a' + i / 20) + (char) ('a' + i % 20))
                .toArray(String[]::new);
        List<String> dropped = resolve(Requests.pod(names), UsageView.none(), v4("blue-v4", 1))
                .explain()
                .lines()
                .filter(line -> line.contains("does not exist"))
                .toList();
        assertEquals(40, dropped.size());
        for (int i = 0; i < 40; i++) {
            assertEquals(i < 16, dropped.get(i).endsWith("; the nearest name is blue-v4"), dropped.get(i));
        }
    }

    @Test
    void explain_noSource_statesIt() {
        Resolution resolution = resolve(PoolSelections.none(), UsageView.none(), v4("a", 1));
        assertEquals("""
                shop/cart-0 (uid 7f3c) on node node-a: cannot be served
                problem: interface eth0: "eth0": an interface must request at least one enabled family; \
                no source names a pool: name one, or make a pool of IPv4 or IPv6 a default pool
                """, resolution.explain());
    }

    @Test
    void explain_heldAndReleased_listsBoth() {
        Workload back = Workload.of(Owner.stateful("shop", "db-0", "u2"));
        UsageView usage = Requests.holds(holding("eth0", "a", "10.1.0.7", "u1"), holding("", "b", "10.2.0.7", "u1"));
        PoolSelections two = Requests.pod("b").withInterfaces(Requests.interfaces("eth0", "net1"));
        Resolution resolution = Requests.RESOLVER.resolve(back, two, PoolCatalog.of(v4("a", 1), v4("b", 2)), usage);
        assertEquals("""
                shop/db-0 (uid u2): can be served
                eth0 IPv4, from the pod selection: held already
                  10.2.0.7 from b, adopted from a record without an interface
                net1 IPv4, from the pod selection: 1 candidate
                  1. b (10.2.0.0/24), no gateway
                to be released: eth0 10.1.0.7 from a
                """, resolution.explain());
    }

    @Test
    void remedies_manyPoolsCanServe_areThreePerDemand() {
        PoolSelections selections = Requests.pod("q");
        Resolution resolution =
                resolve(selections, UsageView.none(), v4("a", 1), v4("b", 2), v4("c", 3), v4("d", 4), zoned("e", 5));
        assertEquals(
                List.of(
                        "name pool a, which can serve as it is",
                        "name pool b, which can serve as it is",
                        "name pool c, which can serve as it is"),
                resolution.remedies().stream().map(Remedy::text).toList());
    }
}
