package io.ipam.resolution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ipam.address.Address;
import io.ipam.address.Prefix;
import io.ipam.pool.Route;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Custom routes are neither lost nor duplicated, and go to the first result that can use them. */
class RouteGroupingTest {

    @Provide
    Arbitrary<Route> routes() {
        return Arbitraries.integers()
                .between(0, 5)
                .map(net -> new Route(Prefix.parse("10.200.0.0/16"), Address.parse("10." + net + ".0.9")));
    }

    @Provide
    Arbitrary<Prefix> subnets() {
        return Arbitraries.of("10.0.0.0/16", "10.1.0.0/16", "10.2.0.0/16", "10.0.0.0/14", "::/0")
                .map(Prefix::parse);
    }

    @Property
    void of_anyRoutes_assignsEachToTheFirstSubnetWithItsGateway(
            @ForAll List<@net.jqwik.api.From("routes") Route> routes,
            @ForAll List<@net.jqwik.api.From("subnets") Prefix> subnets) {
        RouteGrouping grouping = RouteGrouping.of(routes, subnets);
        List<List<Route>> expected = new ArrayList<>();
        List<Route> left = new ArrayList<>(routes);
        for (Prefix subnet : subnets) {
            List<Route> here = left.stream()
                    .filter(route -> subnet.contains(route.gateway()))
                    .toList();
            expected.add(here);
            left.removeIf(route -> subnet.contains(route.gateway()));
        }
        assertEquals(expected, grouping.byResult());
        assertEquals(left, grouping.unmatched());
    }
}
