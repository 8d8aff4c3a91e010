package io.ipam.resolution;

import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Pools.v6;
import static io.ipam.resolution.Requests.candidates;
import static io.ipam.resolution.Requests.names;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.ipam.address.Family;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.subnet.PoolSize;
import io.ipam.subnet.SubnetAnswer;
import io.ipam.subnet.SubnetSelection;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The source that decides for an interface, in every combination, and the sources with which it
 * must not be combined.
 */
class SourceTest {
    private static final ResolverSettings SETTINGS = ResolverSettings.defaults()
            .withSubnetPlanner((demand, catalog) -> new SubnetAnswer.Existing(List.of("subnet-pool")));
    private static final SubnetSelection SUBNET = new SubnetSelection(
            List.of(new SubnetSelection.Item("eth0", Map.of(Family.IPV4, List.of("s")))),
            false,
            PoolSize.flexible(1),
            true);
    private static final Map<Source, String> POOLS = Map.of(
            Source.SUBNET, "subnet-pool",
            Source.POD, "pod-pool",
            Source.NAMESPACE, "namespace-pool",
            Source.CNI, "cni-pool",
            Source.CLUSTER_DEFAULT, "default-pool");

    private static Resolution resolve(Set<Source> present) {
        List<Pool> pools = new ArrayList<>();
        for (Source source : Source.values()) {
            boolean isDefault = source == Source.CLUSTER_DEFAULT && present.contains(source);
            int net = source.ordinal() + 1;
            pools.add(v4(POOLS.get(source), net).toBuilder()
                    .defaultPool(isDefault)
                    .build());
        }
        PoolSelections selections = PoolSelections.none();
        if (present.contains(Source.SUBNET)) {
            selections = selections.withSubnet(SUBNET);
        }
        if (present.contains(Source.POD)) {
            selections = selections.withPod(PoolNames.of(Family.IPV4, "pod-pool"));
        }
        if (present.contains(Source.NAMESPACE)) {
            selections = selections.withNamespaceDefaults(PoolNames.of(Family.IPV4, "namespace-pool"));
        }
        if (present.contains(Source.CNI)) {
            InterfaceRequest eth0 = InterfaceRequest.of("eth0").withCniPools(PoolNames.of(Family.IPV4, "cni-pool"));
            selections = selections.withInterfaces(List.of(eth0));
        }
        return PoolResolver.of(SETTINGS)
                .resolve(Requests.cart(), selections, PoolCatalog.of(pools, List.of()), UsageView.none());
    }

    @TestFactory
    Stream<DynamicTest> source_severalPresent_firstDecides() {
        return IntStream.range(0, 1 << Source.values().length).mapToObj(bits -> {
            Set<Source> present = EnumSet.noneOf(Source.class);
            for (Source source : Source.values()) {
                if ((bits & 1 << source.ordinal()) != 0) {
                    present.add(source);
                }
            }
            return dynamicTest(present.toString(), () -> {
                Resolution resolution = resolve(present);
                if (present.isEmpty()) {
                    assertTrue(resolution.demands().isEmpty());
                    assertEquals(1, resolution.problems().size());
                    assertFalse(resolution.servable());
                    return;
                }
                Source first = present.iterator().next();
                assertTrue(resolution.servable(), resolution::explain);
                assertEquals(1, resolution.demands().size());
                assertEquals(first, resolution.demands().get(0).source());
                assertEquals(
                        List.of(POOLS.get(first)),
                        candidates(resolution.demands().get(0)));
            });
        });
    }

    @Test
    void source_podSelectionWithoutNames_decides() {
        PoolSelections selections =
                PoolSelections.none().withPod(PoolNames.none()).withNamespaceDefaults(PoolNames.of(Family.IPV4, "p"));
        Resolution resolution = Requests.resolve(selections, v4("p", 1));
        assertTrue(resolution.demands().isEmpty());
        assertEquals(1, resolution.problems().size());
        assertTrue(resolution.problems().get(0).message().contains("pod"), resolution::message);
    }

    @Test
    void source_namespaceListOfOneFamily_decidesForBoth() {
        PoolSelections selections = PoolSelections.none()
                .withInterfaces(List.of(InterfaceRequest.of("eth0").withCniPools(PoolNames.of(Family.IPV6, "six"))))
                .withNamespaceDefaults(PoolNames.of(Family.IPV4, "four"));
        Resolution resolution = Requests.resolve(selections, v4("four", 1), v6("six", 1));
        assertEquals(1, resolution.demands().size());
        assertEquals(Family.IPV4, resolution.demands().get(0).family());
        assertEquals(Source.NAMESPACE, resolution.demands().get(0).source());
    }

    @Test
    void source_cniConfiguration_isPerInterface() {
        PoolSelections selections = PoolSelections.none()
                .withInterfaces(List.of(
                        InterfaceRequest.of("eth0").withCniPools(PoolNames.of(Family.IPV4, "cni")),
                        InterfaceRequest.of("net1")));
        Resolution resolution = Requests.resolve(
                selections,
                v4("cni", 1),
                v4("default", 2).toBuilder().defaultPool(true).build());
        assertEquals(
                List.of(Source.CNI, Source.CLUSTER_DEFAULT),
                resolution.demands().stream().map(DemandResolution::source).toList());
    }

    @Test
    void source_disabledFamily_isOmittedWithANote() {
        PoolResolver four = PoolResolver.of(ResolverSettings.defaults().withEnabledFamilies(Set.of(Family.IPV4)));
        PoolCatalog catalog = PoolCatalog.of(v4("four", 1), v6("six", 1));
        PoolSelections both = PoolSelections.none().withPod(names(List.of("four"), List.of("six")));
        Resolution resolution = four.resolve(Requests.cart(), both, catalog, UsageView.none());
        assertTrue(resolution.servable());
        assertEquals(1, resolution.demands().size());
        assertEquals(List.of(new Note.DisabledFamilyNamed("eth0", Family.IPV6, List.of("six"))), resolution.notes());

        PoolSelections six = PoolSelections.none().withPod(names(List.of(), List.of("six")));
        Resolution refused = four.resolve(Requests.cart(), six, catalog, UsageView.none());
        assertFalse(refused.servable());
        assertTrue(refused.demands().isEmpty());
    }

    @Test
    void source_oneFamilyOnDualStack_isAccepted() {
        Resolution resolution = Requests.resolve(Requests.pod("four"), v4("four", 1), v6("six", 1));
        assertTrue(resolution.servable());
        assertEquals(1, resolution.demands().size());
    }

    @Test
    void source_subnetsWithoutPlanner_isAProblem() {
        Resolution resolution = Requests.resolve(PoolSelections.none().withSubnet(SUBNET), v4("p", 1));
        assertFalse(resolution.servable());
        DemandResolution.Unserved demand =
                (DemandResolution.Unserved) resolution.demands().get(0);
        assertEquals("subnet.ipv4", demand.problems().get(0).where());
        assertTrue(resolution.message().contains("subnet planner"), resolution::message);
    }

    @Test
    void planner_eachOutcome_isReported() {
        io.ipam.subnet.PoolPlan plan = new io.ipam.subnet.PoolPlan("s", v4("auto4-cart", 7));
        DemandResolution toCreate = bySubnet((demand, catalog) -> new SubnetAnswer.ToCreate(plan));
        assertEquals(
                new DemandResolution.PoolToCreate(
                        "eth0", Family.IPV4, Source.SUBNET, toCreate.sourceTitle(), false, plan),
                toCreate);
        io.ipam.problem.Problem problem =
                io.ipam.problem.Problem.of(io.ipam.problem.ProblemType.INVALID, "", "s", "a subnet exists");
        DemandResolution.Unserved refused =
                (DemandResolution.Unserved) bySubnet((demand, catalog) -> new SubnetAnswer.Refused(problem));
        assertEquals("a subnet exists", refused.problems().get(0).rule());
        DemandResolution.Unserved failed = (DemandResolution.Unserved) bySubnet((demand, catalog) -> {
            throw new IllegalStateException("boom");
        });
        assertTrue(failed.problems().get(0).rule().contains("boom"));
    }

    private static DemandResolution bySubnet(io.ipam.subnet.SubnetPlanner planner) {
        return PoolResolver.of(ResolverSettings.defaults().withSubnetPlanner(planner))
                .resolve(Requests.cart(), PoolSelections.none().withSubnet(SUBNET), PoolCatalog.EMPTY, UsageView.none())
                .demands()
                .get(0);
    }

    @Test
    void source_subnet_isOnlyForItsInterface() {
        PoolSelections two = PoolSelections.none()
                .withInterfaces(Requests.interfaces("eth0", "net1"))
                .withSubnet(SUBNET);
        Resolution resolution = Requests.resolve(two);
        assertEquals(1, resolution.problems().size());
        assertEquals("net1", resolution.problems().get(0).offending());
        PoolSelections other = PoolSelections.none()
                .withInterfaces(Requests.interfaces("net1"))
                .withSubnet(SUBNET);
        assertEquals(2, Requests.resolve(other).problems().size());
    }

    @Test
    void cleanGateway_itemOrCniConfiguration_isUsed() {
        InterfaceRequest cleaned = InterfaceRequest.of("eth0").withCleanGateway(true);
        Pool pool = v4("p", 1).toBuilder().gateway("10.1.0.254").build();
        PoolSelections byCni = Requests.pod("p").withInterfaces(List.of(cleaned));
        assertEquals(Optional.empty(), firstCandidate(byCni, pool).defaultGateway());
        assertEquals(pool.gateway(), firstCandidate(Requests.pod("p"), pool).defaultGateway());
        PodSelection.Item item = new PodSelection.Item(Optional.of("eth0"), PoolNames.of(Family.IPV4, "p"), false);
        PoolSelections byItem = byCni.withPod(new PodSelection.PerInterface(List.of(item)));
        assertEquals(pool.gateway(), firstCandidate(byItem, pool).defaultGateway());
        assertFalse(firstCandidate(Requests.pod("q"), v4("q", 2)).defaultRoute());
    }

    private static DemandResolution.Candidate firstCandidate(PoolSelections selections, Pool pool) {
        DemandResolution demand = Requests.resolve(selections, pool).demands().get(0);
        return ((DemandResolution.Candidates) demand).candidates().get(0);
    }
}
