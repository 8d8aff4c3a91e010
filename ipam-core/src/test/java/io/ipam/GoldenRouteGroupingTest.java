package io.ipam;

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
import io.ipam.resolution.Note;
import io.ipam.resolution.RouteGrouping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Custom routes against the recorded groups, compared by value: the recorded texts have the
 * notation of the inputs.
 */
class GoldenRouteGroupingTest {

    @Test
    void routeGrouping_goldenVectors_match() {
        GoldenRun.of("route_grouping.json")
                .rule(
                        "route-of-two-families",
                        (input, expected) -> hasRouteOfTwoFamilies(input.get("routes")),
                        input -> assertThrows(RuntimeException.class, () -> routes(input.get("routes"))))
                .ruleElsewhere(new Rule(
                        "malformed-route",
                        (input, expected) -> hasMalformedRoute(input.get("routes")),
                        input -> assertThrows(InvalidInputException.class, () -> routes(input.get("routes")))))
                .rule(
                        "each-destination-once",
                        (input, expected) -> !Json.isError(expected) && hasRepeat(expected.get("results")),
                        GoldenRouteGroupingTest::checkOnce)
                .run(GoldenRouteGroupingTest::check);
    }

    private static void check(JsonNode input, JsonNode expected) {
        List<Route> custom = routes(input.get("routes"));
        if (Json.isError(expected)) {
            assertThrows(InvalidInputException.class, () -> subnets(input.get("results")));
            return;
        }
        // Without a custom route the reference system does not parse the addresses either.
        List<Prefix> subnets = custom.isEmpty() ? List.of() : subnets(input.get("results"));
        RouteGrouping grouping = RouteGrouping.of(custom, subnets);
        assertEquals(routes(expected.get("unmatched")), grouping.unmatched());
        List<InterfaceRoutes.Merged> merged = merged(input, grouping, new ArrayList<>());
        for (int index = 0; index < merged.size(); index++) {
            assertEquals(
                    routes(expected.get("results").get(index).get("routes")),
                    merged.get(index).routes(),
                    "result " + index);
        }
    }

    private static List<InterfaceRoutes.Merged> merged(JsonNode input, RouteGrouping grouping, List<Note> notes) {
        List<InterfaceRoutes.Part> parts = new ArrayList<>();
        for (JsonNode result : input.get("results")) {
            List<Route> custom = grouping.byResult().isEmpty()
                    ? List.of()
                    : grouping.byResult().get(parts.size());
            String nic = result.get("nic").asText();
            parts.add(new InterfaceRoutes.Part(nic, "p", routes(result.get("poolRoutes")), custom, Optional.empty()));
        }
        return InterfaceRoutes.merge(parts, notes);
    }

    /** Each destination of an interface once; a custom route, and else the first of a pool. */
    private static void checkOnce(JsonNode input) {
        List<Route> custom = routes(input.get("routes"));
        RouteGrouping grouping = RouteGrouping.of(custom, custom.isEmpty() ? List.of() : subnets(input.get("results")));
        List<Note> notes = new ArrayList<>();
        List<InterfaceRoutes.Merged> merged = merged(input, grouping, notes);
        Map<String, Map<Prefix, Route>> expected = new HashMap<>();
        Map<String, Map<Prefix, Route>> actual = new HashMap<>();
        Map<String, Integer> count = new HashMap<>();
        for (int index = 0; index < merged.size(); index++) {
            String nic = input.get("results").get(index).get("nic").asText();
            Map<Prefix, Route> first = expected.computeIfAbsent(nic, name -> new HashMap<>());
            if (!custom.isEmpty()) {
                grouping.byResult().get(index).forEach(route -> first.putIfAbsent(route.destination(), route));
            }
            Map<Prefix, Route> kept = actual.computeIfAbsent(nic, name -> new HashMap<>());
            merged.get(index).routes().forEach(route -> kept.put(route.destination(), route));
            count.merge(nic, merged.get(index).routes().size(), Integer::sum);
        }
        for (JsonNode result : input.get("results")) {
            Map<Prefix, Route> first = expected.get(result.get("nic").asText());
            routes(result.get("poolRoutes")).forEach(route -> first.putIfAbsent(route.destination(), route));
        }
        assertEquals(expected, actual);
        count.forEach((nic, routes) -> assertEquals(expected.get(nic).size(), routes, nic));
    }

    /** Whether an interface has two recorded routes to one destination. */
    private static boolean hasRepeat(JsonNode results) {
        Map<String, Set<Prefix>> seen = new HashMap<>();
        for (JsonNode result : results) {
            Set<Prefix> here = seen.computeIfAbsent(result.get("nic").asText(), name -> new HashSet<>());
            for (JsonNode route : result.get("routes")) {
                if (!here.add(Prefix.parseMasked(route.get("dst").asText()))) {
                    return true;
                }
            }
        }
        return false;
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

    /** A gateway of the other family, including an IPv4 address in IPv6 notation. */
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
