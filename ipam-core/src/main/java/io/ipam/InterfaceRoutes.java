package io.ipam;

import io.ipam.address.Prefix;
import io.ipam.pool.Route;
import io.ipam.resolution.Note;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Merges the routes of allocations, so that each destination occurs once on an interface. A custom
 * route replaces the routes of pools and the default route of a gateway; otherwise the first route
 * is kept. Equal routes are merged. A note reports each route of a pool that is dropped for another
 * gateway.
 *
 * <p>Cost: O(routes). Thread safety: none; used for one request.
 */
final class InterfaceRoutes {
    private final List<Part> parts;
    private final List<Note> notes;
    private final Map<String, Map<Prefix, Kept>> byInterface = new HashMap<>(2);
    private final List<List<Route>> custom = new ArrayList<>();

    private InterfaceRoutes(List<Part> parts, List<Note> notes) {
        this.parts = parts;
        this.notes = notes;
    }

    /**
     * The routes of one allocation before the merge.
     *
     * @param interfaceName its interface
     * @param pool its pool
     * @param ofPool the routes of the pool
     * @param custom the custom routes whose gateway is in the subnet of the pool
     * @param ofGateway the default route of the gateway
     */
    record Part(String interfaceName, String pool, List<Route> ofPool, List<Route> custom, Optional<Route> ofGateway) {}

    /**
     * The routes of one allocation after the merge.
     *
     * @param routes those of the pool, then the custom ones
     * @param defaultRoute whether it keeps the default route of the gateway
     */
    record Merged(List<Route> routes, boolean defaultRoute) {}

    /**
     * A kept route; if it is the default route of a gateway, the index of its part, otherwise -1.
     */
    private record Kept(Route route, int ofGatewayOf) {}

    /** The routes of each part, in their order; adds the notes. */
    static List<Merged> merge(List<Part> parts, List<Note> notes) {
        InterfaceRoutes routes = new InterfaceRoutes(parts, notes);
        parts.forEach(part -> routes.custom.add(routes.customOf(part)));
        List<Merged> merged = new ArrayList<>(parts.size());
        for (int number = 0; number < parts.size(); number++) {
            merged.add(routes.merged(number));
        }
        return merged;
    }

    private Map<Prefix, Kept> kept(Part part) {
        return byInterface.computeIfAbsent(part.interfaceName, name -> new HashMap<>());
    }

    private List<Route> customOf(Part part) {
        List<Route> own = new ArrayList<>(part.custom.size());
        for (Route route : part.custom) {
            int gateway = route.isDefault() ? partOfGateway(part.interfaceName, route) : -1;
            if (kept(part).putIfAbsent(route.destination(), new Kept(route, gateway)) == null && gateway < 0) {
                own.add(route);
            }
        }
        return own;
    }

    /** The index of the first part whose gateway has this default route, or -1. */
    private int partOfGateway(String interfaceName, Route route) {
        for (int number = 0; number < parts.size(); number++) {
            Part part = parts.get(number);
            if (part.interfaceName.equals(interfaceName)
                    && part.ofGateway.filter(route::equals).isPresent()) {
                return number;
            }
        }
        return -1;
    }

    private Merged merged(int number) {
        Part part = parts.get(number);
        List<Route> routes = new ArrayList<>();
        for (Route route : part.ofPool) {
            if (isKept(part, route, -1)) {
                routes.add(route);
            }
        }
        routes.addAll(custom.get(number));
        Route ofGateway = part.ofGateway.orElse(null);
        return new Merged(routes, ofGateway != null && isKept(part, ofGateway, number));
    }

    /**
     * Whether a route of a pool or of its gateway is kept; adds a note if another one replaces it.
     */
    private boolean isKept(Part part, Route route, int number) {
        @Nullable Kept other = kept(part).putIfAbsent(route.destination(), new Kept(route, number));
        if (other != null && !other.route.equals(route)) {
            notes.add(new Note.RouteReplaced(part.interfaceName, other.route, part.pool, route));
        }
        return other == null || (number >= 0 && other.ofGatewayOf == number);
    }
}
