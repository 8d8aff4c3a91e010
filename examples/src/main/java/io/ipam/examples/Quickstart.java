package io.ipam.examples;

import io.ipam.AllocationResult;
import io.ipam.Ipam;
import io.ipam.IpamSettings;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.RestoreReport;
import io.ipam.problem.Problem;
import io.ipam.subnet.ApplicationPlanner;
import io.ipam.tables.PoolTable;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the manifests of a cluster, resolves and allocates for every pod, and prints what each one
 * got, or why it was refused; then the pools as {@code kubectl get sp -o wide} prints them.
 */
public final class Quickstart {
    private Quickstart() {}

    /**
     * Runs the quickstart. A manifest that is broken ends the program with exit code 1 and one
     * message.
     *
     * @param args at most one: the directory with the manifests; without it the shipped examples
     *     are read
     */
    public static void main(String[] args) {
        try {
            Mistakes mistakes = new Mistakes();
            run(manifests(args, mistakes), mistakes, System.out);
        } catch (BrokenManifestException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static List<Manifest> manifests(String[] args, Mistakes mistakes) {
        return switch (args.length) {
            case 0 -> ManifestReader.shipped();
            case 1 -> ManifestReader.directory(Path.of(args[0]), mistakes);
            default ->
                throw new BrokenManifestException("arguments", "", "at most one, the directory with the manifests");
        };
    }

    /** Does the work on these manifests. */
    static void run(List<Manifest> manifests, PrintStream out) {
        run(manifests, new Mistakes(), out);
    }

    private static void run(List<Manifest> manifests, Mistakes mistakes, PrintStream out) {
        Cluster cluster = ClusterReader.read(manifests, mistakes);
        ApplicationPlanner planner = ApplicationPlanner.of(cluster.subnets());
        Ipam ipam = Ipam.of(cluster.catalog(), settings(cluster).withSubnetPlanner(planner));
        RestoreReport restored = ipam.state().restore(cluster.held(), RestoreMode.HOLD);
        List<Problem> unfit = new ArrayList<>(cluster.unreadable());
        unfit.addAll(restored.problems());

        Report report = new Report(out);
        report.print(unfit, restored.strays(), cluster, ipam.usage());
        new Applications(ipam, planner, report).makePools(cluster.requests());
        int served = 0;
        for (PodRequest request : cluster.requests()) {
            AllocationResult result = ipam.allocate(request.workload(), request.selections());
            report.print(result);
            served += result.isAllocated() ? 1 : 0;
        }
        out.println(served + " of " + cluster.requests().size() + " pods have addresses.");
        out.println();
        out.print(PoolTable.wide(ipam.catalog(), ipam.usage()));
    }

    private static IpamSettings settings(Cluster cluster) {
        IpamSettings settings = IpamSettings.defaults()
                .withFamilies(cluster.families())
                .withSystemNamespace(cluster.networks().systemNamespace());
        return cluster.networks()
                .clusterNetwork()
                .map(settings::withClusterNetwork)
                .orElse(settings);
    }
}
