package io.ipam.benchmarks;

import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.PoolNamePattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
 * Creating and changing a catalog. The baseline of a change is the creation of the whole catalog.
 * The bounds are 50 us for {@code add} at 10,000 pools and well under a second for {@code load}.
 * {@code -prof gc} shows the copied arrays.
 *
 * <p>Layout {@code ONE} is the worst case for a change: all pools are in one subnet. Each has two
 * ranges, so the subnet's array of ranges has its maximum length. Run with {@code java -jar
 * ipam-benchmarks/target/benchmarks.jar CatalogBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls prepare() first
public class CatalogBenchmark {
    /** The distribution of the pools. */
    public enum Layout {
        /** Each pool has a /24 of its own. */
        MANY,
        /** All pools are in one /8. */
        ONE
    }

    @Param({"10", "100", "1000", "10000"})
    int pools;

    @Param({"MANY", "ONE"})
    Layout layout;

    private final PoolNamePattern pattern = PoolNamePattern.parse("pool-1?");
    private List<Pool> definitions;
    private PoolCatalog catalog;
    private Pool one;
    private Pool disabled;

    /** Creates the pools. */
    @Setup
    public void prepare() {
        definitions = new ArrayList<>();
        for (int i = 0; i < pools; i++) {
            definitions.add(pool(i));
        }
        catalog = PoolCatalog.of(definitions, List.of());
        one = pool(pools);
        disabled = definitions.get(pools / 2).toBuilder().disabled(true).build();
    }

    private Pool pool(int index) {
        String net = "10." + index / 250 + "." + index % 250 + ".";
        return Pool.builder("pool-" + index, layout == Layout.MANY ? net + "0/24" : "10.0.0.0/8")
                .ips(net + "10-" + net + "200")
                .excludeIps(net + "100")
                .gateway(net + "1")
                .build();
    }

    /** Every pool from its texts, then the catalog. */
    @Benchmark
    public PoolCatalog load() {
        List<Pool> loaded = new ArrayList<>();
        for (int i = 0; i < pools; i++) {
            loaded.add(pool(i));
        }
        return PoolCatalog.of(loaded, List.of());
    }

    /** The catalog from pools that exist. */
    @Benchmark
    public PoolCatalog of() {
        return PoolCatalog.of(definitions, List.of());
    }

    /** Adds one pool. */
    @Benchmark
    public PoolCatalog add() {
        return catalog.with(one);
    }

    /** Replaces one pool by one with the same addresses. */
    @Benchmark
    public PoolCatalog replace() {
        return catalog.with(disabled);
    }

    /** Removes one pool. */
    @Benchmark
    public PoolCatalog remove() {
        return catalog.without(disabled.name());
    }

    /** A look-up by name. */
    @Benchmark
    public Optional<Pool> find() {
        return catalog.pool(disabled.name());
    }

    /** A pattern with a literal start. */
    @Benchmark
    public List<Pool> matching() {
        return catalog.matching(pattern, one.family());
    }
}
