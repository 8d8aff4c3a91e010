package io.ipam.resolution;

import io.ipam.address.Address;
import io.ipam.allocation.Holding;
import io.ipam.pool.Route;
import io.ipam.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Formats the findings of a resolution as text. Thread safety: none. */
final class Explanation {
    /** The maximum number of reasons of one demand in a one-line message. */
    private static final int REASONS = 3;
    /** The maximum number of problems and demands in a one-line message. */
    private static final int PARTS = 10;
    /** The maximum number of lines of one list. */
    private static final int LISTED = 50;

    private final Workload workload;
    private final Findings findings;
    private final List<Remedy> remedies;
    private final StringBuilder text = new StringBuilder();

    Explanation(Workload workload, Findings findings, List<Remedy> remedies) {
        this.workload = workload;
        this.findings = findings;
        this.remedies = remedies;
    }

    /** One line: the reasons why the request cannot be served, and the nearest remedy. */
    String message() {
        if (findings.servable()) {
            return workload + ": " + counted(findings.demands().size(), "demand") + " can be served";
        }
        List<String> parts = new ArrayList<>();
        findings.problems().forEach(problem -> parts.add(problem.message()));
        for (DemandResolution demand : findings.demands()) {
            if (demand instanceof DemandResolution.Unserved unserved) {
                parts.add(parts.size() < PARTS ? reasons(unserved) : demand.label());
            }
        }
        return workload + " cannot be served: " + joined(parts, PARTS, "; ");
    }

    private String reasons(DemandResolution.Unserved demand) {
        List<String> reasons = new ArrayList<>();
        demand.problems().forEach(problem -> reasons.add(problem.message()));
        int shown = Math.min(REASONS, demand.rejections().size());
        for (Rejection rejection : demand.rejections().subList(0, shown)) {
            reasons.add(rejection.pool() + " " + rejection.reason());
        }
        if (shown < demand.rejections().size()) {
            reasons.add("and " + (demand.rejections().size() - shown) + " more");
        }
        if (reasons.isEmpty()) {
            demand.notes().forEach(note -> reasons.add(note.text()));
        }
        String remedy = remedies.stream()
                .filter(candidate -> isFor(candidate, demand))
                .findFirst()
                .map(nearest -> ". Remedy: " + nearest.text())
                .orElse("");
        return "no pool can serve " + demand.label() + ": " + joined(reasons, PARTS, ", ") + remedy;
    }

    private static String joined(List<String> parts, int most, String separator) {
        if (parts.size() <= most) {
            return String.join(separator, parts);
        }
        return String.join(separator, parts.subList(0, most)) + separator + "and " + (parts.size() - most) + " more";
    }

    /** The heading of a resolution. */
    String heading() {
        return workload + (findings.servable() ? ": can be served" : ": cannot be served");
    }

    /** All findings, as lines under a heading. */
    String text(String heading) {
        line(0, heading);
        lines(0, findings.problems(), (Problem problem) -> line(0, "problem: " + problem.message()));
        for (DemandResolution demand : findings.demands()) {
            demand(demand, demand.label() + ", from the " + demand.sourceTitle() + ": ");
        }
        lines(0, findings.releases(), (Holding holding) -> line(0, "to be released: " + holding));
        lines(0, findings.notes(), (Note note) -> line(0, "note: " + note.text()));
        return text.toString();
    }

    private void demand(DemandResolution demand, String title) {
        if (demand instanceof DemandResolution.Held held) {
            line(0, title + "held already");
            lines(1, held.holdings(), (Holding holding) -> line(1, held(holding)));
        } else if (demand instanceof DemandResolution.Candidates candidates) {
            line(0, title + counted(candidates.pools().size(), "candidate"));
            candidates(candidates);
        } else if (demand instanceof DemandResolution.PoolToCreate create) {
            line(
                    0,
                    title + "create pool " + create.plan().pool().name() + " from subnet "
                            + create.plan().subnet());
        } else if (demand instanceof DemandResolution.Unserved unserved) {
            line(0, title + "no pool can serve");
            lines(1, unserved.problems(), (Problem problem) -> line(1, "problem: " + problem.message()));
        }
        lines(
                1,
                demand.rejections(),
                (Rejection rejection) -> line(1, "dropped: " + rejection.pool() + " " + rejection.reason()));
        lines(1, demand.notes(), (Note note) -> line(1, "note: " + note.text()));
        remedies(demand);
    }

    private void candidates(DemandResolution.Candidates demand) {
        List<DemandResolution.Candidate> candidates = demand.candidates();
        for (int rank = 1; rank <= Math.min(LISTED, candidates.size()); rank++) {
            line(1, rank + ". " + described(candidates.get(rank - 1)));
        }
        more(1, candidates.size());
    }

    private void remedies(DemandResolution demand) {
        String lead = "remedy: ";
        for (Remedy remedy : remedies) {
            if (isFor(remedy, demand)) {
                line(1, lead + remedy.text());
                lead = "or: ";
            }
        }
    }

    private static boolean isFor(Remedy remedy, DemandResolution demand) {
        return remedy.interfaceName().equals(demand.interfaceName()) && remedy.family() == demand.family();
    }

    private static String held(Holding holding) {
        return holding.address() + " from " + holding.pool()
                + (holding.isInterfaceUnknown() ? ", adopted from a record without an interface" : "");
    }

    private static String described(DemandResolution.Candidate candidate) {
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

    private <T> void lines(int level, List<T> list, Consumer<T> writer) {
        list.subList(0, Math.min(LISTED, list.size())).forEach(writer);
        more(level, list.size());
    }

    private void more(int level, int size) {
        if (size > LISTED) {
            line(level, "and " + (size - LISTED) + " more");
        }
    }

    private void line(int level, String line) {
        text.append("  ".repeat(level)).append(line).append('\n');
    }
}
