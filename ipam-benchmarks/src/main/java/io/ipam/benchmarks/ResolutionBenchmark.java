package io.ipam.benchmarks;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.address.Prefix;
import io.ipam.owner.Owner;
import io.ipam.pool.LabelSelector;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolAffinity;
import io.ipam.pool.PoolBuilder;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.Route;
import io.ipam.resolution.InterfaceRequest;
import io.ipam.resolution.PodSelection;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolResolver;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Resolution;
import io.ipam.resolution.ResolverSettings;
import io.ipam.resolution.UsageView;
import io.ipam.resolution.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Resolving a request: the cost depends on the number of named pools, not of existing pools. The
 * time at 10,000 pools must be at most 1.5 times that at 10. Run with {@code java -jar
 * ipam-benchmarks/target/benchmarks.jar ResolutionBenchmark -prof gc}.
 *
 * <p>Names are copied when the request is created, as a reader of annotations does, so a look-up
 * never compares a string with itself. Pools have affinities in the mix of a cluster with racks, so
 * that every filter has work. One fork suffices because only the ratio between catalogs of one run
 * is compared.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ResolutionBenchmark {
    private static final int NAMED = 3;

    @Param({"10", "100", "10000"})
    private int pools;

    private final PoolResolver resolver = PoolResolver.of(ResolverSettings.defaults());
    private final Workload workload = Workload.builder(Owner.stateless("shop", "cart-0", "7f3c"))
            .labels(Map.of("app", "cart"))
            .node("node-a", Map.of("zone", "a"))
            .namespaceLabels(Map.of("team", "web"))
            .build();
    private PoolCatalog catalog = PoolCatalog.EMPTY;
    private PoolSelections threeNamed = PoolSelections.none();
    private PoolSelections dualStackTwoInterfaces = PoolSelections.none();
    private PoolSelections oneRefused = PoolSelections.none();

    /** Half of the pools are IPv4; the names in use are spread over the whole catalog. */
    @Setup
    public void setUp() {
        List<Pool> all = new ArrayList<>();
        List<List<String>> names = List.of(new ArrayList<>(), new ArrayList<>());
        for (int index = 0; index < pools; index++) {
            Pool pool = pool(index);
            all.add(pool);
            names.get(index % 2).add(new String(pool.name()));
        }
        catalog = PoolCatalog.of(all, List.of());
        threeNamed = PoolSelections.none().withPod(PoolNames.of(family(0), spread(names.get(0))));
        PoolNames both = PoolNames.of(family(0), spread(names.get(0)).subList(0, 2))
                .with(family(1), spread(names.get(1)).subList(0, 2));
        dualStackTwoInterfaces = PoolSelections.none()
                .withInterfaces(List.of(InterfaceRequest.of("eth0"), InterfaceRequest.of("net1")))
                .withPod(new PodSelection.PerInterface(
                        List.of(PodSelection.Item.named("eth0", both), PodSelection.Item.named("net1", both))))
                .withCustomRoutes(List.of(new Route(Prefix.parse("10.200.0.0/16"), Address.parse("10.0.0.7"))));
        oneRefused = PoolSelections.none()
                .withPod(PoolNames.of(family(0), List.of(names.get(1).get(0))));
    }

    private static Family family(int index) {
        return Family.ofNumber(index % 2 == 0 ? 4 : 6).orElseThrow();
    }

    private static List<String> spread(List<String> names) {
        List<String> spread = new ArrayList<>();
        for (int index = 0; index < NAMED; index++) {
            spread.add(names.get(index * (names.size() - 1) / (NAMED - 1)));
        }
        return spread;
    }

    private static Pool pool(int index) {
        String name = "rack" + index / 10 + "-pool" + index;
        PoolBuilder builder = index % 2 == 0
                ? Pool.builder(name, "10." + (index >> 8) + "." + (index & 255) + ".0/24")
                        .ips("10." + (index >> 8) + "." + (index & 255) + ".10-10." + (index >> 8) + "." + (index & 255)
                                + ".250")
                : Pool.builder(name, "2001:db8:" + Integer.toHexString(index) + "::/64")
                        .ips("2001:db8:" + Integer.toHexString(index) + "::10-2001:db8:" + Integer.toHexString(index)
                                + "::ffff");
        PoolAffinity none = PoolAffinity.none();
        return builder.affinity(
                        switch (index % 3) {
                            case 0 -> none.withNode(LabelSelector.of(Map.of("zone", "a")));
                            case 1 -> none.withNamespaceNames(List.of("shop", "bank"));
                            default -> none.withPod(LabelSelector.of(Map.of("app", "cart")));
                        })
                .build();
    }

    /** One interface, one family, three names. */
    @Benchmark
    public Resolution threeNamed() {
        return resolver.resolve(workload, threeNamed, catalog, UsageView.none());
    }

    /** Two interfaces, two families, two names each: four demands. */
    @Benchmark
    public Resolution dualStackTwoInterfaces() {
        return resolver.resolve(workload, dualStackTwoInterfaces, catalog, UsageView.none());
    }

    /** A pool of the wrong family: a rejection without its text. */
    @Benchmark
    public Resolution oneRefused() {
        return resolver.resolve(workload, oneRefused, catalog, UsageView.none());
    }
}
