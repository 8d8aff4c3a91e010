package io.ipam.annotations;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.address.InvalidAddressException;
import io.ipam.address.Prefix;
import io.ipam.json.Expected;
import io.ipam.json.JsonKeys;
import io.ipam.json.JsonKind;
import io.ipam.json.JsonMembers;
import io.ipam.json.JsonReader;
import io.ipam.pool.Route;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The annotation {@code ipam.spidernet.io/routes}: routes in addition to those of the pools.
 *
 * <pre>
 * routes = null | [ { route , } [ route ] ]
 * route  = { "dst" : CIDR  "gw" : address }       in any order, both of one family
 * </pre>
 *
 * <p>Host bits of {@code dst} are cleared. IPv4-mapped text is refused in both fields. {@code
 * STRICT} refuses a second gateway for one destination; equal routes are accepted.
 */
final class RoutesAnnotation {
    private static final int DESTINATION = 0;
    private static final int GATEWAY = 1;
    private static final JsonKeys KEYS = JsonKeys.of("dst", "gw")
            .alsoCalled("dst", "to", "dest", "destination", "cidr", "network", "subnet")
            .alsoCalled("gw", "via", "nexthop", "gateway");

    private static final String EXAMPLE = "{\"dst\":\"10.70.0.0/16\",\"gw\":\"10.71.0.1\"}";
    private static final Expected ROUTES = Expected.of("the value must be a list of routes, such as [" + EXAMPLE + "]")
            .hint(JsonKind.OBJECT, "put the route into a list: [{...}]")
            .otherwise("write [" + EXAMPLE + "]");
    private static final Expected ROUTE =
            Expected.of("a route must be an object, such as " + EXAMPLE).otherwise("write " + EXAMPLE);
    private static final Expected DESTINATION_TEXT =
            Expected.of("dst must be a string, such as \"10.70.0.0/16\"").otherwise("write a CIDR in double quotes");
    private static final Expected GATEWAY_TEXT =
            Expected.of("gw must be a string, such as \"10.71.0.1\"").otherwise("write an address in double quotes");

    private final boolean strict;
    private final List<Route> routes = new ArrayList<>();
    /** The first gateway of each destination. */
    private final Map<Prefix, Address> gateways = new HashMap<>();

    private RoutesAnnotation(boolean strict) {
        this.strict = strict;
    }

    static List<Route> read(JsonReader in, Reading reading) {
        RoutesAnnotation annotation = new RoutesAnnotation(reading.strict());
        if (in.beginArray(ROUTES)) {
            while (in.nextElement()) {
                Route route = annotation.route(in);
                if (route != null) {
                    annotation.routes.add(route);
                }
            }
        }
        return annotation.routes;
    }

    private @Nullable Route route(JsonReader in) {
        JsonMembers members = in.members(KEYS, ROUTE);
        if (members == null) {
            if (in.isNull()) {
                in.problem(ProblemType.REQUIRED, "null", ROUTE.rule(), "remove this element");
            }
            return null;
        }
        Prefix destination = null;
        Address gateway = null;
        for (int key = members.next(); key != JsonReader.END; key = members.next()) {
            if (key == DESTINATION) {
                destination = parsed(in, DESTINATION_TEXT, Prefix::parseMasked);
            } else {
                gateway = parsed(in, GATEWAY_TEXT, Address::parse);
            }
        }
        if (!members.isClean()) {
            return null;
        }
        if (destination == null || gateway == null) {
            missing(members, destination, gateway);
            return null;
        }
        if (destination.family() != gateway.family()) {
            members.problem(
                    ProblemType.INVALID,
                    destination + " via " + gateway,
                    "destination and gateway must have one family",
                    "use a gateway of the family " + destination.family().label());
            return null;
        }
        Address earlier = gateways.putIfAbsent(destination, gateway);
        if (strict && earlier != null && !earlier.equals(gateway)) {
            members.problem(
                    ProblemType.DUPLICATE,
                    destination + " via " + gateway,
                    "a destination must have one gateway, and an earlier route has " + earlier,
                    "remove one of the two routes");
        }
        return new Route(destination, gateway);
    }

    /** The proposals have the family of the fields that are present. */
    private static void missing(JsonMembers members, @Nullable Prefix destination, @Nullable Address gateway) {
        if (destination == null) {
            boolean sixth = gateway != null && gateway.family() == Family.IPV6;
            String proposal = sixth ? "fd70::/64" : "10.70.0.0/16";
            members.missing(DESTINATION, "a route must have a destination", "write \"dst\":\"" + proposal + "\"");
        }
        if (gateway == null) {
            boolean sixth = destination != null && destination.family() == Family.IPV6;
            String proposal = sixth ? "fd71::1" : "10.71.0.1";
            members.missing(GATEWAY, "a route must have a gateway", "write \"gw\":\"" + proposal + "\"");
        }
    }

    /** The result of {@code parse} for the string; its problems are reported at the string. */
    private static <T> @Nullable T parsed(JsonReader in, Expected expected, Function<String, T> parse) {
        String text = in.string(expected);
        if (text == null) {
            return null;
        }
        try {
            return parse.apply(text);
        } catch (InvalidAddressException refused) {
            refused.problems()
                    .forEach(
                            problem -> in.problem(problem.type(), problem.offending(), problem.rule(), problem.hint()));
            return null;
        }
    }
}
