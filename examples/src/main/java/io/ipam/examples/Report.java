package io.ipam.examples;

import io.ipam.AllocationResult;
import io.ipam.allocation.Allocation;
import io.ipam.allocation.PoolUsage;
import io.ipam.allocation.Stray;
import io.ipam.pool.Application;
import io.ipam.pool.Route;
import io.ipam.problem.Problem;
import io.ipam.resolution.DemandResolution;
import io.ipam.resolution.Note;
import io.ipam.resolution.Rejection;
import io.ipam.resolution.Resolution;
import io.ipam.resolution.Workload;
import io.ipam.subnet.SubnetPlan;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Prints the outcome of each request as human-readable text. */
final class Report {
    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    /** The maximum number of lines of one kind before the first pod. */
    private static final int SHOWN = 10;

    /**
     * The facts before the first pod: bad records, kinds that are not read, pods without addresses,
     * held addresses.
     */
    void print(List<Problem> unfit, List<Stray> strays, Cluster cluster, List<PoolUsage> usages) {
        List<String> lines = new ArrayList<>();
        cluster.unreadable().forEach(problem -> lines.add("bad record: " + problem.message()));
        unfit.forEach(problem -> lines.add("bad record: " + problem.message()));
        add("stays taken: ", strays.stream().map(Stray::toString).toList(), lines);
        cluster.unused().forEach(kind -> lines.add("not read: " + kind));
        add("no address: ", cluster.idle(), lines);
        add("released: ", cluster.released(), lines);
        usages.stream()
                .filter(pool -> pool.held() > 0)
                .forEach(pool ->
                        lines.add("held already, by status.allocatedIPs: " + pool.held() + " of " + pool.pool()));
        lines.forEach(out::println);
        if (!lines.isEmpty()) {
            out.println();
        }
    }

    private static void add(String lead, List<String> entries, List<String> lines) {
        entries.stream().limit(SHOWN).forEach(entry -> lines.add(lead + entry));
        if (entries.size() > SHOWN) {
            lines.add(lead + "and " + (entries.size() - SHOWN) + " more");
        }
    }

    /** The changes to the pools of an application. */
    void print(Application application, SubnetPlan plan) {
        out.println(application.kind() + " " + application.namespace() + "/" + application.name());
        plan.steps().forEach(step -> out.println("  " + step.explain()));
        out.println();
    }

    /** The pod, the source that decided, and the addresses or the refusal. */
    void print(AllocationResult result) {
        out.println(pod(result.resolution()));
        out.println("  decided by " + sources(result.resolution()));
        if (result instanceof AllocationResult.Allocated allocated) {
            printAddresses(allocated);
        } else if (result instanceof AllocationResult.Refused refused) {
            printRefusal(Refusal.of(refused));
        }
        List<Note> notes = result instanceof AllocationResult.Allocated allocated
                ? allocated.notes()
                : result.resolution().notes();
        notes.forEach(note -> out.println("  note: " + note.text()));
        out.println();
    }

    /** The pod of a request, and its node. */
    static String pod(Resolution resolution) {
        Workload workload = resolution.workload();
        return workload.owner().qualifiedName() + (workload.node().isEmpty() ? "" : " on " + workload.node());
    }

    /** A line for each address; the first one of an interface begins with its name. */
    private void printAddresses(AllocationResult.Allocated allocated) {
        List<Allocation> allocations = allocated.allocations();
        int addressWidth = width(allocations, Allocation::addressWithPrefix);
        int gatewayWidth = width(allocations, Report::gateway);
        int poolWidth = width(allocations, Allocation::pool);
        String last = "";
        for (Allocation allocation : allocations) {
            boolean first = !allocation.interfaceName().equals(last);
            last = allocation.interfaceName();
            out.println("  " + padded(first ? last : "", last.length())
                    + "  " + padded(allocation.addressWithPrefix(), addressWidth)
                    + "  gateway " + padded(gateway(allocation), gatewayWidth)
                    + "  pool " + padded(allocation.pool(), poolWidth)
                    + "  routes " + routes(allocation));
        }
        Set<Route> told = new HashSet<>();
        for (Note note : allocated.resolution().notes()) {
            if (note instanceof Note.RouteWithoutInterface unmatched) {
                told.add(unmatched.route());
            }
        }
        for (Route route : allocated.unmatchedRoutes()) {
            if (!told.contains(route)) {
                out.println("  no interface matches the route " + route);
            }
        }
        for (DemandResolution demand : allocated.resolution().demands()) {
            printRejections(demand, "  passed over for " + demand.label() + ": ");
            demand.notes().forEach(note -> out.println("  note: " + note.text()));
        }
    }

    /** Every candidate pool with the reason, and the nearest remedy. */
    private void printRefusal(Refusal refusal) {
        out.println("  REFUSED, " + refusal.reason());
        refusal.reasons().forEach(reason -> out.println("    " + reason));
        refusal.remedy().ifPresent(remedy -> out.println("    remedy: " + remedy));
    }

    private void printRejections(DemandResolution demand, String before) {
        for (Rejection rejection : demand.rejections()) {
            out.println(before + rejection.pool() + " " + rejection.reason());
        }
    }

    private static String gateway(Allocation allocation) {
        return allocation.gateway().map(Object::toString).orElse("none");
    }

    private static String routes(Allocation allocation) {
        List<String> routes = new ArrayList<>();
        if (allocation.defaultRoute()) {
            allocation.gateway().ifPresent(gateway -> routes.add("default via " + gateway));
        }
        allocation.routes().forEach(route -> routes.add(route.toString()));
        return routes.isEmpty() ? "none" : String.join(", ", routes);
    }

    /** The deciding sources, with their interfaces if the sources differ. */
    static String sources(Resolution resolution) {
        Map<String, Set<String>> interfaces = new LinkedHashMap<>();
        for (DemandResolution demand : resolution.demands()) {
            interfaces
                    .computeIfAbsent(text(demand, resolution), source -> new LinkedHashSet<>())
                    .add(demand.interfaceName());
        }
        if (interfaces.isEmpty()) {
            return "no source";
        }
        if (Set.copyOf(interfaces.values()).size() == 1) {
            return String.join(" and ", interfaces.keySet());
        }
        return interfaces.entrySet().stream()
                .map(entry -> entry.getKey() + " (" + String.join(", ", entry.getValue()) + ")")
                .collect(Collectors.joining(" and "));
    }

    private static String text(DemandResolution demand, Resolution resolution) {
        return resolution.selections().label(demand.source()).title(demand.family());
    }

    private static int width(List<Allocation> allocations, Function<Allocation, String> column) {
        return allocations.stream()
                .mapToInt(row -> column.apply(row).length())
                .max()
                .orElse(0);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
