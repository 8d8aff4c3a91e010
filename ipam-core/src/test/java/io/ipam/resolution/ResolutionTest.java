package io.ipam.resolution;

import static io.ipam.fixture.Pools.disabled;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Pools.v6;
import static io.ipam.resolution.Requests.candidates;
import static io.ipam.resolution.Requests.holding;
import static io.ipam.resolution.Requests.interfaces;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.address.Prefix;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.Route;
import io.ipam.subnet.PoolPlan;
import io.ipam.subnet.PoolSize;
import io.ipam.subnet.SubnetAnswer;
import io.ipam.subnet.SubnetPlanner;
import io.ipam.subnet.SubnetSelection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Whole resolutions: the effect of one demand on the request, and facts that belong to no demand.
 */
class ResolutionTest {
    private static final Route CUSTOM = new Route(Prefix.parse("10.200.0.0/16"), Address.parse("10.1.0.254"));

    private static SubnetSelection subnets(String... interfaces) {
        List<SubnetSelection.Item> items = java.util.Arrays.stream(interfaces)
                .map(name -> new SubnetSelection.Item(name, Map.of(Family.IPV4, List.of("s"))))
                .toList();
        return new SubnetSelection(items, true, PoolSize.flexible(1), true);
    }

    private static Resolution planned(PoolSelections selections, SubnetPlanner planner) {
        return PoolResolver.of(ResolverSettings.defaults().withSubnetPlanner(planner))
                .resolve(Requests.cart(), selections, PoolCatalog.EMPTY, UsageView.none());
    }

    @Test
    void resolve_oneDemandWithoutPool_failsRequest() {
        PoolSelections selections = PoolSelections.none()
                .withInterfaces(interfaces("eth0", "net1"))
                .withPod(new PodSelection.PerInterface(List.of(
                        PodSelection.Item.positional(PoolNames.of(Family.IPV4, "a")),
                        PodSelection.Item.positional(PoolNames.of(Family.IPV4, "off")))));
        Resolution resolution = Requests.resolve(selections, v4("a", 1), disabled(v4("off", 2)));
        assertEquals(List.of("a"), candidates(resolution.demands().get(0)));
        assertEquals(List.of(), candidates(resolution.demands().get(1)));
        assertFalse(resolution.servable());
        assertEquals(
                "shop/cart-0 (uid 7f3c) cannot be served: no pool can serve net1 IPv4: off is disabled. "
                        + "Remedy: pool off: enable it",
                resolution.toString());
    }

    @Test
    void remedies_severalDemands_belongToTheirDemand() {
        PoolSelections selections = PoolSelections.none().withPod(Requests.names(List.of("four"), List.of("six")));
        Resolution resolution = Requests.resolve(selections, disabled(v4("four", 1)), disabled(v6("six", 1)));
        assertEquals(
                "shop/cart-0 (uid 7f3c) cannot be served: "
                        + "no pool can serve eth0 IPv4: four is disabled. Remedy: pool four: enable it; "
                        + "no pool can serve eth0 IPv6: six is disabled. Remedy: pool six: enable it",
                resolution.message());
    }

    @Test
    void resolve_poolOfWrongFamily_isRejected() {
        Resolution resolution = Requests.resolve(
                PoolSelections.none().withPod(Requests.names(List.of("six", "four"), List.of("six"))),
                v4("four", 1),
                v6("six", 1));
        assertTrue(resolution.servable());
        assertEquals(
                List.of(new Rejection.WrongFamily("six", Family.IPV4, Family.IPV6)),
                resolution.demands().get(0).rejections());
        assertEquals(List.of("six"), candidates(resolution.demands().get(1)));
    }

    @Test
    void resolve_onlyPatternsWithoutMatch_areTheReason() {
        Resolution resolution = Requests.resolve(Requests.pod("q*"), v6("q1", 1));
        assertEquals(
                "shop/cart-0 (uid 7f3c) cannot be served: "
                        + "no pool can serve eth0 IPv4: the pattern q* matches no IPv4 pool",
                resolution.message());
    }

    @Test
    void resolve_manyRepeats_areCounted() {
        Note.NamedTwice note = new Note.NamedTwice(
                IntStream.range(0, 7).mapToObj(index -> "p" + index).toList(), "p*");
        assertEquals(
                "the pattern p* names p0, p1, p2, p3, p4 and 2 more again; only the first occurrence is used",
                note.text());
        assertEquals(
                "the pattern p* names p0 again; only the first occurrence is used",
                new Note.NamedTwice(List.of("p0"), "p*").text());
    }

    @Test
    void resolve_version_isThatOfTheCatalog() {
        PoolCatalog catalog = PoolCatalog.of(v4("a", 1));
        Resolution resolution =
                Requests.RESOLVER.resolve(Requests.cart(), Requests.pod("a"), catalog, UsageView.none());
        assertEquals(catalog.version(), resolution.catalogVersion());
        assertEquals(Requests.pod("a"), resolution.selections());
        assertEquals("shop/cart-0 (uid 7f3c): 1 demand can be served", resolution.toString());
    }

    @Test
    void customRoute_heldNamedOrPlannedPool_fits() {
        PoolSelections named = Requests.pod("a").withCustomRoutes(List.of(CUSTOM));
        PoolCatalog catalog = PoolCatalog.of(v4("a", 1), v4("b", 2));
        assertEquals(List.of(), notes(named, catalog, UsageView.none()));
        assertEquals(
                List.of(new Note.RouteWithoutInterface(CUSTOM)),
                notes(named.withPod(PoolNames.of(Family.IPV4, "b")), catalog, UsageView.none()));
        assertEquals(List.of(), notes(named, catalog, Requests.holds(holding("eth0", "a", "10.1.0.7", "7f3c"))));
        assertEquals(
                List.of(new Note.RouteWithoutInterface(CUSTOM)),
                notes(named, catalog, Requests.holds(holding("eth0", "b", "10.2.0.7", "7f3c"))));
        assertEquals(
                List.of(),
                notes(named, catalog, Requests.holds(holding("eth0", "gone", "10.3.0.7", "7f3c"))),
                "the subnet of a removed pool is unknown");
        PoolSelections planned =
                PoolSelections.none().withSubnet(subnets("eth0")).withCustomRoutes(List.of(CUSTOM));
        assertEquals(List.of(), planned(planned, toCreate(1)).notes());
        assertEquals(
                List.of(new Note.RouteWithoutInterface(CUSTOM)),
                planned(planned, toCreate(2)).notes());
    }

    private static SubnetPlanner toCreate(int net) {
        return (demand, catalog) -> new SubnetAnswer.ToCreate(new PoolPlan("s", v4("auto4-cart", net)));
    }

    private static List<Note> notes(PoolSelections selections, PoolCatalog catalog, UsageView usage) {
        return Requests.RESOLVER
                .resolve(Requests.cart(), selections, catalog, usage)
                .notes();
    }

    @Test
    void explain_subnets_areListed() {
        PoolSelections selections = PoolSelections.none().withSubnet(subnets("eth0"));
        assertEquals("""
                shop/cart-0 (uid 7f3c): can be served
                eth0 IPv4, from the subnet selection[0]: \
                create pool auto4-cart from subnet s
                """, planned(selections, toCreate(1)).explain());
        assertEquals("""
                shop/cart-0 (uid 7f3c): cannot be served
                eth0 IPv4, from the subnet selection[0]: no pool can serve
                  problem: subnet[0].ipv4: "s": a request that names subnets requires a subnet \
                planner; name pools, or set a planner
                """, Requests.resolve(selections).explain());
    }

    @Test
    void resolve_subnetItems_areForOneInterface() {
        PoolSelections two = PoolSelections.none().withInterfaces(interfaces("eth0", "net1"));
        Resolution resolution = planned(two.withSubnet(subnets("net1", "eth0")), toCreate(1));
        assertTrue(resolution.servable());
        assertEquals(2, resolution.demands().size());
        Resolution twice = planned(two.withSubnet(subnets("eth0", "eth0")), toCreate(1));
        assertEquals(
                List.of("subnet[1].interface", "subnet"),
                twice.problems().stream().map(problem -> problem.where()).toList());
        Resolution stranger = planned(two.withSubnet(subnets("eth0", "net1", "net7")), toCreate(1));
        assertEquals("net7", stranger.problems().get(0).offending());
        assertEquals(1, stranger.problems().size());
    }

    @Test
    void resolve_plannedPool_isFilteredLikeNamed() {
        PoolCatalog catalog = PoolCatalog.of(disabled(v4("auto4-cart", 1)));
        SubnetPlanner planner = (demand, pools) -> new SubnetAnswer.Existing(List.of("auto4-cart"));
        Resolution resolution = PoolResolver.of(ResolverSettings.defaults().withSubnetPlanner(planner))
                .resolve(Requests.cart(), PoolSelections.none().withSubnet(subnets("eth0")), catalog, UsageView.none());
        assertEquals(
                List.of(new Rejection.Disabled("auto4-cart")),
                resolution.demands().get(0).rejections());
    }
}
