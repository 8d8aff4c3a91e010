package io.ipam.examples;

import io.ipam.AllocationResult;
import io.ipam.Ipam;
import io.ipam.IpamSettings;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.RestoreReport;
import io.ipam.store.StoreException;
import io.ipam.subnet.ApplicationPlanner;
import io.ipam.tables.PoolTable;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the manifests of a cluster, resolves and allocates for every pod, and prints the addresses
 * or the refusal of each. Then it prints the pools as {@code kubectl get sp -o wide} does.
 */
public final class Quickstart {
    private Quickstart() {}

    /**
     * Runs the quickstart. A broken manifest, or a file that is not a store, ends the program with
     * exit code 1 and one message.
     *
     * @param args the directory with the manifests; by default the shipped examples are read.
     *     {@code --store=FILE} keeps the state in a file for the next run, and {@code
     *     --report=FILE.html} writes a page with all pools and refusals
     */
    public static void main(String[] args) {
        try {
            Options options = Options.parse(args);
            Mistakes mistakes = new Mistakes();
            List<Manifest> manifests = options.manifests()
                    .map(directory -> ManifestReader.directory(directory, mistakes))
                    .orElseGet(ManifestReader::shipped);
            run(manifests, mistakes, options, System.out);
        } catch (BrokenManifestException | StoreException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /** Runs on these manifests. */
    static void run(List<Manifest> manifests, PrintStream out) {
        run(manifests, new Mistakes(), Options.NONE, out);
    }

    /** Runs on the shipped manifests, with a file that keeps the state. */
    static void run(Path store, PrintStream out) {
        run(ManifestReader.shipped(), new Mistakes(), Options.NONE.withStore(store), out);
    }

    /** Runs on these manifests, with options other than their directory. */
    static void run(List<Manifest> manifests, Mistakes mistakes, Options options, PrintStream out) {
        Cluster cluster = ClusterReader.read(manifests, mistakes);
        ApplicationPlanner planner = ApplicationPlanner.of(cluster.subnets());
        IpamSettings settings = settings(cluster).withSubnetPlanner(planner);
        Report report = new Report(out);
        if (options.store().isEmpty()) {
            Ipam ipam = Ipam.of(cluster.catalog(), settings);
            RestoreReport restored = ipam.state().restore(cluster.held(), RestoreMode.HOLD);
            report.print(restored.problems(), ipam.state().strays(), cluster, ipam.usage());
            ReportPage page = serve(cluster, ipam, planner, report, out);
            options.report().ifPresent(page::write);
            return;
        }
        StoreFile store = new StoreFile(options.store().get(), out);
        try (Ipam ipam = store.open(cluster, settings)) {
            report.print(List.of(), ipam.state().strays(), cluster, store.isNew() ? ipam.usage() : List.of());
            ReportPage page = serve(cluster, ipam, planner, report, out);
            options.report().ifPresent(page::write);
            store.printKept(ipam);
        }
    }

    private static ReportPage serve(
            Cluster cluster, Ipam ipam, ApplicationPlanner planner, Report report, PrintStream out) {
        new Applications(ipam, planner, report).makePools(cluster.requests());
        List<Refusal> refusals = new ArrayList<>();
        int pods = cluster.requests().size();
        for (PodRequest request : cluster.requests()) {
            AllocationResult result = ipam.allocate(request.workload(), request.selections());
            report.print(result);
            if (result instanceof AllocationResult.Refused refused) {
                refusals.add(Refusal.of(refused));
            }
        }
        out.println(pods - refusals.size() + " of " + pods + " pods have addresses.");
        out.println();
        out.print(PoolTable.wide(ipam.catalog(), ipam.usage()));
        return new ReportPage(ipam, pods, refusals);
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
