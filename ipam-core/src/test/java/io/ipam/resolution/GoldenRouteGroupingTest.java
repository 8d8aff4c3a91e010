package io.ipam.resolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import io.ipam.address.Address;
import io.ipam.address.Prefix;
import io.ipam.golden.GoldenRun;
import io.ipam.golden.Json;
import io.ipam.golden.Rule;
import io.ipam.pool.Route;
import io.ipam.problem.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Custom routes against the recorded groups, compared by value: the recorded texts are as the
 * inputs wrote them.
 */
class GoldenRouteGroupingTest {

    @Test
    void routeGrouping() {
        GoldenRun.of("route_grouping.json")
                .rule(
                        "route-of-two-families",
                        (input, expected) -> hasRouteOfTwoFamilies(input.get("routes")),
                        input -> assertThrows(RuntimeException.class, () -> routes(input.get("routes"))))
                .ruleElsewhere(new Rule(
                        "malformed-route",
                        (input, expected) -> hasMalformedRoute(input.get("routes")),
                        input -> assertThrows(InvalidInputException.class, () -> routes(input.get("routes")))))
                .run(GoldenRouteGroupingTest::check);
    }

    private static void check(JsonNode input, JsonNode expected) {
        List<Route> custom = routes(input.get("routes"));
        if (Json.isError(expected)) {
            assertThrows(InvalidInputException.class, () -> subnets(input.get("results")));
            return;
        }
        // Without a custom route the reference system does not read the addresses either.
        List<Prefix> subnets = custom.isEmpty() ? List.of() : subnets(input.get("results"));
        RouteGrouping grouping = RouteGrouping.of(custom, subnets);
        assertEquals(routes(expected.get("unmatched")), grouping.unmatched());
        for (int index = 0; index < input.get("results").size(); index++) {
            List<Route> all = routes(input.get("results").get(index).get("poolRoutes"));
            all.addAll(custom.isEmpty() ? List.of() : grouping.byResult().get(index));
            assertEquals(routes(expected.get("results").get(index).get("routes")), all, "result " + index);
        }
    }

    private static List<Prefix> subnets(JsonNode results) {
        List<Prefix> subnets = new ArrayList<>();
        results.forEach(
                result -> subnets.add(Prefix.parseMasked(result.get("address").asText())));
        return subnets;
    }

    private static List<Route> routes(JsonNode routes) {
        List<Route> read = new ArrayList<>();
        for (JsonNode route : routes) {
            Prefix destination = Prefix.parseMasked(route.path("dst").asText(""));
            read.add(new Route(destination, Address.parse(route.path("gw").asText(""))));
        }
        return read;
    }

    /** A gateway of the other family, also one that hides an IPv4 address in IPv6 text. */
    private static boolean hasRouteOfTwoFamilies(JsonNode routes) {
        for (JsonNode route : routes) {
            IPAddress gateway = new IPAddressString(route.path("gw").asText("")).getAddress();
            boolean mapped = gateway != null
                    && gateway.isIPv6()
                    && gateway.toIPv6().isIPv4Mapped()
                    && route.path("gw").asText("").contains(".");
            if (mapped || (gateway != null && hasOtherFamily(route.path("dst").asText(""), gateway))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasOtherFamily(String destination, IPAddress gateway) {
        IPAddress prefix = new IPAddressString(destination).getAddress();
        return prefix != null && prefix.isIPv4() != gateway.isIPv4();
    }

    private static boolean hasMalformedRoute(JsonNode routes) {
        for (JsonNode route : routes) {
            String gateway = route.path("gw").asText("");
            String destination = route.path("dst").asText("");
            if (!isAddress(gateway)
                    || !destination.contains("/")
                    || !isAddress(destination.split("/", 2)[0])) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAddress(String text) {
        return !text.isBlank() && !text.contains("/") && new IPAddressString(text).isValid();
    }
}
