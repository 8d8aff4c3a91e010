package io.ipam.resolution;

import io.ipam.address.Prefix;
import io.ipam.pool.Route;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Custom routes with two gateways for one destination. They are a problem in {@code STRICT} mode,
 * otherwise a note. Cost: O(routes).
 */
final class CustomRouteCheck {
    private CustomRouteCheck() {}

    static void check(PoolSelections selections, List<Problem> problems, List<Note> notes) {
        List<Route> routes = selections.customRoutes();
        if (routes.size() < 2) {
            return;
        }
        Map<Prefix, Route> first = new HashMap<>();
        for (int index = 0; index < routes.size(); index++) {
            Route route = routes.get(index);
            Route earlier = first.putIfAbsent(route.destination(), route);
            if (earlier == null || earlier.equals(route)) {
                continue;
            }
            if (selections.mode() == ReadingMode.STRICT) {
                problems.add(problem(index, route, earlier));
            } else {
                notes.add(new Note.TwoGateways(earlier, route));
            }
        }
    }

    private static Problem problem(int index, Route route, Route earlier) {
        return Problem.of(
                ProblemType.DUPLICATE,
                "customRoutes[" + index + "]",
                route.toString(),
                "a destination must have one gateway, and an earlier route has " + earlier.gateway(),
                "remove one of the two routes");
    }
}
