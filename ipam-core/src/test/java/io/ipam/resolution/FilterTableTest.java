package io.ipam.resolution;

import static io.ipam.fixture.Pools.v4;
import static io.ipam.resolution.Requests.labels;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.ipam.address.Family;
import io.ipam.fixture.Owners;
import io.ipam.fixture.Pools;
import io.ipam.owner.Owner;
import io.ipam.pool.Application;
import io.ipam.pool.LabelRequirement;
import io.ipam.pool.LabelSelector;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolAffinity;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.ReservedRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every filter with a pool that matches, one that does not, and one without the condition. */
class FilterTableTest {
    private static final Application CART = new Application("apps/v1", "Deployment", "shop", "cart", "u-1", 2);
    private static final Workload WORKLOAD = Workload.builder(Owners.CART)
            .labels(labels("app", "cart"))
            .node("node-a", labels("zone", "a"))
            .namespaceLabels(labels("team", "web"))
            .application(CART)
            .build();
    private static final InterfaceRequest ETH0 = InterfaceRequest.of("eth0").withAttachment("net/blue");
    private static final List<Row> ROWS = new ArrayList<>();

    private record Row(String name, Pool pool, Optional<Rejection> rejection) {}

    private static io.ipam.pool.PoolBuilder pool() {
        return v4("p", 0).toBuilder();
    }

    private static void passes(String name, Pool pool) {
        ROWS.add(new Row(name, pool, Optional.empty()));
    }

    private static void fails(String name, Pool pool, Rejection rejection) {
        ROWS.add(new Row(name, pool, Optional.of(rejection)));
    }

    private static LabelSelector is(String key, String value) {
        return LabelSelector.of(Map.of(key, value));
    }

    private static LabelRequirement in(String key, String value) {
        return new LabelRequirement(key, LabelRequirement.Operator.IN, List.of(value));
    }

    private static LabelSelector expression(String key, LabelRequirement.Operator operator, String... values) {
        return LabelSelector.of(Map.of(), List.of(new LabelRequirement(key, operator, List.of(values))));
    }

    private static Pool with(PoolAffinity affinity) {
        return pool().affinity(affinity).build();
    }

    static {
        PoolAffinity none = PoolAffinity.none();
        passes("nothing set", pool().build());
        fails("terminating", pool().terminating(Instant.EPOCH).build(), new Rejection.Terminating("p"));
        fails("disabled", pool().disabled(true).build(), new Rejection.Disabled("p"));
        fails(
                "family",
                Pools.pool("p", "2001:db8::/64", "2001:db8::1"),
                new Rejection.WrongFamily("p", Family.IPV4, Family.IPV6));

        passes("node name", with(none.withNodeNames(List.of("node-b", "node-a"))));
        fails(
                "node name",
                with(none.withNodeNames(List.of("node-b"))),
                new Rejection.NodeNameMismatch("p", List.of("node-b"), "node-a"));
        passes("node selector", with(none.withNode(is("zone", "a"))));
        passes("node selector that is empty", with(none.withNode(LabelSelector.everything())));
        fails(
                "node selector, other value",
                with(none.withNode(is("zone", "b"))),
                new Rejection.NodeSelectorMismatch("p", in("zone", "b"), "node-a", Optional.of("a")));
        fails(
                "node selector, no such label",
                with(none.withNode(is("rack", "7"))),
                new Rejection.NodeSelectorMismatch("p", in("rack", "7"), "node-a", Optional.empty()));
        passes(
                "node name beats selector",
                with(none.withNodeNames(List.of("node-a")).withNode(is("zone", "b"))));
        fails(
                "node name beats selector",
                with(none.withNodeNames(List.of("node-b")).withNode(is("zone", "a"))),
                new Rejection.NodeNameMismatch("p", List.of("node-b"), "node-a"));

        passes("namespace name", with(none.withNamespaceNames(List.of("shop"))));
        fails(
                "namespace name",
                with(none.withNamespaceNames(List.of("bank", "mail"))),
                new Rejection.NamespaceNameMismatch("p", List.of("bank", "mail"), "shop"));
        passes("namespace selector", with(none.withNamespace(is("team", "web"))));
        fails(
                "namespace selector",
                with(none.withNamespace(expression("team", LabelRequirement.Operator.DOES_NOT_EXIST))),
                new Rejection.NamespaceSelectorMismatch(
                        "p",
                        new LabelRequirement("team", LabelRequirement.Operator.DOES_NOT_EXIST, List.of()),
                        Optional.of("web")));
        passes("namespace selector on the name", with(none.withNamespace(is("kubernetes.io/metadata.name", "shop"))));
        fails(
                "namespace selector on the name",
                with(none.withNamespace(is("kubernetes.io/metadata.name", "bank"))),
                new Rejection.NamespaceSelectorMismatch(
                        "p", in("kubernetes.io/metadata.name", "bank"), Optional.of("shop")));
        passes(
                "namespace name beats selector",
                with(none.withNamespaceNames(List.of("shop")).withNamespace(is("team", "db"))));

        passes("pod selector", with(none.withPod(is("app", "cart"))));
        fails(
                "pod selector",
                with(none.withPod(is("app", "till"))),
                new Rejection.PodSelectorMismatch("p", in("app", "till"), Optional.of("cart")));

        passes("application", autoCreated(CART, List.of()));
        passes("application, network not asked", autoCreated(CART, List.of("net/other")));
        Application other = new Application("apps/v1", "Deployment", "shop", "till", "u-2", 2);
        fails(
                "application",
                autoCreated(other, List.of()),
                new Rejection.ApplicationMismatch("p", "apps/v1 Deployment shop/till", Optional.of(CART)));
        passes(
                "auto-created without podAffinity",
                pool().labels(Map.of(Pool.OWNER_APPLICATION_NAME_LABEL, "till")).build());

        passes("network", with(none.withAttachments(List.of("net/red", "net/blue"))));
        fails(
                "network",
                with(none.withAttachments(List.of("net/red", "bare"))),
                new Rejection.AttachmentMismatch("p", List.of("net/red", "kube-system/bare"), Optional.of("net/blue")));

        fails(
                "lists none",
                Pools.pool("p", "10.0.0.0/24"),
                new Rejection.NoUsableAddress("p", Rejection.NoUsableAddress.Cause.LISTS_NONE));
        fails(
                "all excluded",
                pool().excludeIps("10.0.0.0-10.0.0.200").build(),
                new Rejection.NoUsableAddress("p", Rejection.NoUsableAddress.Cause.ALL_EXCLUDED));
        fails(
                "all reserved",
                Pools.pool("p", "10.9.0.0/24", "10.9.0.1"),
                new Rejection.NoUsableAddress("p", Rejection.NoUsableAddress.Cause.ALL_RESERVED));
        passes("not all reserved", v4("p", 9, 2));
    }

    private static Pool autoCreated(Application owner, List<String> networks) {
        return pool().labels(Map.of(Pool.OWNER_APPLICATION_NAME_LABEL, owner.name()))
                .affinity(PoolAffinity.none()
                        .withPod(LabelSelector.of(owner.affinityLabels()))
                        .withAttachments(networks))
                .build();
    }

    private static DemandResolution resolve(Workload workload, InterfaceRequest request, Pool pool) {
        PoolCatalog catalog =
                PoolCatalog.of(List.of(pool), List.of(ReservedRange.parse("r", Family.IPV4, List.of("10.9.0.1"))));
        PoolSelections selections = Requests.pod("p").withInterfaces(List.of(request));
        return Requests.RESOLVER
                .resolve(workload, selections, catalog, UsageView.none())
                .demands()
                .get(0);
    }

    @TestFactory
    Stream<DynamicTest> filter_eachRow_hasItsOutcome() {
        return ROWS.stream()
                .map(row -> dynamicTest(row.name + (row.rejection.isEmpty() ? ": passes" : ": fails"), () -> {
                    DemandResolution demand = resolve(WORKLOAD, ETH0, row.pool);
                    assertEquals(row.rejection.stream().toList(), demand.rejections());
                    assertEquals(row.rejection.isEmpty() ? List.of("p") : List.of(), Requests.candidates(demand));
                    demand.rejections().forEach(rejection -> {
                        assertEquals(false, rejection.reason().isBlank());
                        assertEquals(false, rejection.remedy().isBlank());
                    });
                }));
    }

    /** A workload without properties passes only if a pool has no condition. */
    @Test
    void filter_unknownWorkload_matchesNoCondition() {
        Workload unknown = Workload.of(Owner.stateless("", "x", "y"));
        InterfaceRequest bare = InterfaceRequest.of("eth0");
        PoolAffinity none = PoolAffinity.none();
        assertEquals(List.of("p"), Requests.candidates(resolve(unknown, bare, pool().build())));
        for (PoolAffinity affinity : List.of(
                none.withNodeNames(List.of("node-a")),
                none.withNode(is("zone", "a")),
                none.withNamespaceNames(List.of("shop")),
                none.withNamespace(is("team", "web")),
                none.withPod(is("app", "cart")),
                none.withAttachments(List.of("net/blue")))) {
            assertEquals(1, resolve(unknown, bare, with(affinity)).rejections().size(), affinity::toString);
        }
        assertEquals(
                1,
                resolve(unknown, bare, autoCreated(CART, List.of()))
                        .rejections()
                        .size());
    }

    /**
     * The first of several obstacles in the fixed order is the reason; the remedies name all of
     * them.
     */
    @Test
    void filter_severalObstacles_firstIsTheReason() {
        Pool pool = pool().disabled(true)
                .affinity(PoolAffinity.none()
                        .withNodeNames(List.of("node-b"))
                        .withPod(is("app", "till"))
                        .withAttachments(List.of("net/red")))
                .build();
        DemandResolution demand = resolve(WORKLOAD, ETH0, pool);
        assertEquals(List.of(new Rejection.Disabled("p")), demand.rejections());
        Resolution resolution = Requests.RESOLVER.resolve(
                WORKLOAD, Requests.pod("p").withInterfaces(List.of(ETH0)), PoolCatalog.of(pool), UsageView.none());
        assertEquals(
                List.of(
                        Rejection.Disabled.class,
                        Rejection.NodeNameMismatch.class,
                        Rejection.PodSelectorMismatch.class,
                        Rejection.AttachmentMismatch.class),
                resolution.remedies().get(0).obstacles().stream()
                        .map(Object::getClass)
                        .toList());
    }
}
