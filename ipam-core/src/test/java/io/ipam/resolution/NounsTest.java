package io.ipam.resolution;

import static io.ipam.fixture.Owners.CART;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.owner.Owner;
import io.ipam.subnet.PoolSize;
import io.ipam.subnet.SubnetSelection;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The checks of the small values, and that later changes of their arguments do not affect them. */
class NounsTest {

    @Test
    void poolNames_laterChange_hasNoEffect() {
        List<String> list = new ArrayList<>(List.of("a"));
        Map<Family, List<String>> map = new EnumMap<>(Family.class);
        map.put(Family.IPV4, list);
        map.put(Family.IPV6, List.of());
        PoolNames names = new PoolNames(map);
        list.add("b");
        map.clear();
        assertEquals(PoolNames.of(Family.IPV4, "a"), names);
        assertEquals(Set.of(Family.IPV4), names.byFamily().keySet(), "a family without a name is omitted");
        assertThrows(UnsupportedOperationException.class, () -> names.byFamily().clear());
        assertEquals(List.of(), names.names(Family.IPV6));
        assertFalse(names.isEmpty());
        assertTrue(names.with(Family.IPV4, List.of()).isEmpty());
        assertEquals(PoolNames.none(), PoolNames.of(Family.IPV6, List.of()));
        assertThrows(NullPointerException.class, () -> names.with(Family.IPV6, java.util.Arrays.asList("a", null)));
    }

    @Test
    void selections_laterChangeOrDuplicate_hasNoEffectOrThrows() {
        List<InterfaceRequest> interfaces = new ArrayList<>(Requests.interfaces("eth0", "net1"));
        PoolSelections selections = PoolSelections.none().withInterfaces(interfaces);
        interfaces.clear();
        assertEquals(2, selections.interfaces().size());
        assertTrue(selections.hasInterface("net1"));
        assertFalse(selections.hasInterface("net2"));
        assertEquals(List.of(), selections.withInterfaces(List.of()).interfaces());
        assertThrows(
                IllegalArgumentException.class,
                () -> selections.withInterfaces(Requests.interfaces("eth0", "net1", "eth0")));
        assertThrows(IllegalArgumentException.class, () -> InterfaceRequest.of(""));
        PoolSelections all = selections
                .withPod(PoolNames.of(Family.IPV4, "a"))
                .withNamespaceDefaults(PoolNames.of(Family.IPV6, "b"))
                .withGiven(List.of(new PoolSelections.GivenAddress("eth0", Address.parse("10.0.0.1"))))
                .withMode(ReadingMode.COMPATIBLE);
        assertEquals(selections.interfaces(), all.interfaces());
        assertEquals(
                new PodSelection.AllInterfaces(PoolNames.of(Family.IPV4, "a")),
                all.pod().orElseThrow());
        assertEquals(ReadingMode.COMPATIBLE, all.mode());
        assertEquals(1, all.given().size());
    }

    @Test
    void namespaceLabels_always_containTheNameOfTheNamespace() {
        Map<String, String> named = Map.of("kubernetes.io/metadata.name", "shop");
        assertEquals(named, Workload.of(CART).namespaceLabels());
        Workload.Builder builder = Workload.builder(CART);
        assertEquals(
                Map.of("team", "web", "kubernetes.io/metadata.name", "shop"),
                builder.namespaceLabels(Map.of("team", "web")).build().namespaceLabels());
        assertEquals(
                named,
                builder.namespaceLabels(Map.of("kubernetes.io/metadata.name", "bank"))
                        .build()
                        .namespaceLabels());
        assertEquals(Map.of(), Workload.of(Owner.stateless("", "vm-1", "u-1")).namespaceLabels());
    }

    @Test
    void workload_laterChange_hasNoEffect() {
        Map<String, String> labels = new HashMap<>(Map.of("app", "cart"));
        Workload workload = Workload.builder(CART)
                .labels(labels)
                .node("node-a", labels)
                .namespaceLabels(labels)
                .build();
        labels.clear();
        assertEquals(Map.of("app", "cart"), workload.labels());
        assertEquals(Map.of("app", "cart"), workload.nodeLabels());
        assertEquals(Map.of("app", "cart", "kubernetes.io/metadata.name", "shop"), workload.namespaceLabels());
        assertEquals("shop", workload.namespace());
        assertEquals("shop/cart-0 (uid 7f3c) on node node-a", workload.toString());
        assertEquals("shop/cart-0 (uid 7f3c)", Requests.cart().toString());
    }

    @Test
    void subnetSelection_laterChange_hasNoEffect() {
        Map<Family, List<String>> subnets = new HashMap<>(Map.of(Family.IPV4, List.of("s"), Family.IPV6, List.of()));
        SubnetSelection.Item item = new SubnetSelection.Item("eth0", subnets);
        subnets.clear();
        assertEquals(Map.of(Family.IPV4, List.of("s")), item.subnets());
        assertEquals(List.of(), item.names(Family.IPV6));
        assertEquals("+2", PoolSize.flexible(2).toString());
        assertEquals("5", PoolSize.fixed(5).toString());
        assertThrows(IllegalArgumentException.class, () -> PoolSize.fixed(-1));
    }

    @Test
    void settings_laterChangeOrNoFamily_hasNoEffectOrThrows() {
        assertThrows(
                IllegalArgumentException.class,
                () -> ResolverSettings.defaults().withEnabledFamilies(Set.of()));
        List<PoolFilter> filters = new ArrayList<>();
        ResolverSettings settings = ResolverSettings.defaults().withFilters(filters);
        filters.add((pool, demand) -> java.util.Optional.empty());
        assertEquals(List.of(), settings.filters());
        assertEquals(settings, PoolResolver.of(settings).settings());
    }
}
