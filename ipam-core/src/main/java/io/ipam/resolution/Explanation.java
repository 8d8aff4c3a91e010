package io.ipam.resolution;

import io.ipam.address.Address;
import io.ipam.allocation.Holding;
import io.ipam.pool.Route;
import io.ipam.problem.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts a resolution into words. Thread safety: none. */
final class Explanation {
    /** The most reasons in a message of one line. */
    private static final int REASONS = 3;

    private final Resolution resolution;
    private final List<WayOut> waysOut;
    private final StringBuilder text = new StringBuilder();

    Explanation(Resolution resolution) {
        this.resolution = resolution;
        this.waysOut = resolution.waysOut();
    }

    /** One line: what stands in the way, and the shortest way out. */
    String message() {
        if (resolution.servable()) {
            return resolution.workload() + ": " + counted(resolution.demands().size(), "demand") + " can be served";
        }
        List<String> parts = new ArrayList<>();
        for (Problem problem : resolution.problems()) {
            parts.add(problem.message());
        }
        for (DemandResolution demand : resolution.demands()) {
            if (demand instanceof DemandResolution.Unserved unserved) {
                parts.add(reasons(unserved));
            }
        }
        return resolution.workload() + " cannot be served: " + String.join("; ", parts);
    }

    private String reasons(DemandResolution.Unserved demand) {
        List<String> reasons = new ArrayList<>();
        demand.problems().forEach(problem -> reasons.add(problem.message()));
        for (Rejection rejection : demand.rejections()) {
            if (reasons.size() == REASONS) {
                reasons.add("and " + (demand.rejections().size() - REASONS) + " more");
                break;
            }
            reasons.add(rejection.pool() + " " + rejection.reason());
        }
        if (reasons.isEmpty()) {
            demand.notes().forEach(note -> reasons.add(note.text()));
        }
        String way = waysOut.stream()
                .filter(candidate -> isFor(candidate, demand))
                .findFirst()
                .map(shortest -> ". Shortest way out: " + shortest.text())
                .orElse("");
        return "no pool is left for " + demand.label() + ": " + String.join(", ", reasons) + way;
    }

    /** The whole story. */
    String text() {
        line(0, resolution.workload() + (resolution.servable() ? ": can be served" : ": cannot be served"));
        resolution.problems().forEach(problem -> line(0, "problem: " + problem.message()));
        Map<String, InterfaceChoice> choices = choices();
        for (DemandResolution demand : resolution.demands()) {
            InterfaceChoice choice = choices.get(demand.interfaceName());
            String title = choice == null
                    ? resolution.selections().label(demand.source()).title(demand.family())
                    : choice.title(demand.family());
            demand(demand, demand.label() + ", from the " + title + ": ");
        }
        resolution.releases().forEach(holding -> line(0, "to be released: " + holding));
        resolution.notes().forEach(note -> line(0, "note: " + note.text()));
        return text.toString();
    }

    private Map<String, InterfaceChoice> choices() {
        Map<String, InterfaceChoice> choices = new HashMap<>();
        for (InterfaceChoice choice : SourceChooser.choose(resolution.selections(), new ArrayList<>())) {
            choices.put(choice.request().name(), choice);
        }
        return choices;
    }

    private void demand(DemandResolution demand, String title) {
        if (demand instanceof DemandResolution.Held held) {
            line(0, title + "held already");
            held.holdings().forEach(holding -> line(1, held(holding)));
        } else if (demand instanceof DemandResolution.Candidates candidates) {
            line(0, title + counted(candidates.candidates().size(), "candidate"));
            int rank = 1;
            for (Candidate candidate : candidates.candidates()) {
                line(1, rank++ + ". " + described(candidate));
            }
        } else if (demand instanceof DemandResolution.PoolToCreate create) {
            line(
                    0,
                    title + "pool " + create.plan().pool().name() + " is to be created from subnet "
                            + create.plan().subnet());
        } else {
            line(0, title + "no pool is left");
            ((DemandResolution.Unserved) demand)
                    .problems()
                    .forEach(problem -> line(1, "problem: " + problem.message()));
        }
        demand.rejections().forEach(rejection -> line(1, "dropped: " + rejection.pool() + " " + rejection.reason()));
        demand.notes().forEach(note -> line(1, "note: " + note.text()));
        ways(demand);
    }

    private void ways(DemandResolution demand) {
        String lead = "shortest way out: ";
        for (WayOut way : waysOut) {
            if (isFor(way, demand)) {
                line(1, lead + way.text());
                lead = "or: ";
            }
        }
    }

    private static boolean isFor(WayOut way, DemandResolution demand) {
        return way.interfaceName().equals(demand.interfaceName()) && way.family() == demand.family();
    }

    private static String held(Holding holding) {
        return holding.address() + " from " + holding.pool()
                + (holding.isInterfaceUnknown() ? ", taken over from a record without an interface" : "");
    }

    private static String described(Candidate candidate) {
        StringBuilder line = new StringBuilder(candidate.pool().name());
        line.append(" (").append(candidate.pool().subnet()).append(')');
        Address gateway = candidate.pool().gateway().orElse(null);
        if (gateway == null) {
            line.append(", no gateway");
        } else {
            line.append(candidate.defaultRoute() ? ", default route via " : ", no default route, gateway ");
            line.append(gateway);
        }
        for (Route route : candidate.routes()) {
            line.append(", route to ")
                    .append(route.destination())
                    .append(" via ")
                    .append(route.gateway());
        }
        return line.toString();
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private void line(int level, String line) {
        text.append("  ".repeat(level)).append(line).append('\n');
    }
}
