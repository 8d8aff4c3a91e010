package io.ipam.resolution;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Prefix;
import io.ipam.pool.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A pod's custom routes, each assigned to the first result whose subnet contains its gateway.
 *
 * <p>Thread safety: immutable.
 *
 * @param byResult the custom routes of each result, in the order of the results; routes keep the
 *     given order, and repeated routes are kept
 * @param unmatched the routes without such a result, in the given order
 */
public record RouteGrouping(List<List<Route>> byResult, List<Route> unmatched) {
    /** Copies the lists. */
    public RouteGrouping {
        byResult =
                requireNonNull(byResult, "byResult").stream().map(List::copyOf).toList();
        unmatched = List.copyOf(requireNonNull(unmatched, "unmatched"));
    }

    /**
     * Groups routes by the subnets of results. Cost: O(routes x results).
     *
     * @param customRoutes the routes
     * @param subnets one per result, in the order of the interfaces
     * @return the grouping
     */
    public static RouteGrouping of(List<Route> customRoutes, List<Prefix> subnets) {
        return of(customRoutes, requireNonNull(subnets, "subnets"), Function.identity());
    }

    /**
     * Groups routes as {@link #of(List, List)} does, for results of any type that have a subnet.
     *
     * @param <T> the type of the results
     * @param customRoutes the routes
     * @param results the results
     * @param subnetOf returns the subnet of a result
     * @return the grouping
     */
    public static <T> RouteGrouping of(
            List<Route> customRoutes, List<T> results, Function<? super T, Prefix> subnetOf) {
        requireNonNull(customRoutes, "customRoutes");
        requireNonNull(subnetOf, "subnetOf");
        List<List<Route>> byResult =
                new ArrayList<>(requireNonNull(results, "results").size());
        List<Prefix> subnets = new ArrayList<>(results.size());
        for (T result : results) {
            byResult.add(new ArrayList<>(0));
            subnets.add(subnetOf.apply(result));
        }
        List<Route> unmatched = new ArrayList<>(0);
        for (Route route : customRoutes) {
            int index = firstThatHolds(subnets, route);
            (index < 0 ? unmatched : byResult.get(index)).add(route);
        }
        return new RouteGrouping(byResult, unmatched);
    }

    private static int firstThatHolds(List<Prefix> subnets, Route route) {
        for (int index = 0; index < subnets.size(); index++) {
            if (subnets.get(index).contains(route.gateway())) {
                return index;
            }
        }
        return -1;
    }
}
