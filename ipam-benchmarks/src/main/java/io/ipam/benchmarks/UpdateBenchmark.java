package io.ipam.benchmarks;

import io.ipam.Ipam;
import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.benchmarks.peers.Pods;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A catalog update while addresses are held. A /16 with 65,280 held addresses loses its free /24
 * and regains it. The baseline is a snapshot of the pool; {@code loseAndRegain} consists of two
 * updates. {@code -prof gc} shows the garbage: at most 64 kB for each update.
 *
 * <p>Run with {@code java -jar ipam-benchmarks/target/benchmarks.jar UpdateBenchmark -prof gc}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls prepare() first
public class UpdateBenchmark {
    private static final int HELD = 65_280;

    private Ipam ipam;
    private PoolCatalog whole;
    private PoolCatalog smaller;

    /** Fills the pool up to its last /24. */
    @Setup
    public void prepare() {
        Pool pool =
                Pool.builder("a", "10.1.0.0/16").ips("10.1.0.0-10.1.255.255").build();
        whole = PoolCatalog.of(pool);
        smaller = PoolCatalog.of(
                Pool.builder("a", "10.1.0.0/16").ips("10.1.0.0-10.1.254.255").build());
        AddressSet addresses = pool.addresses();
        Owner[] owners = Pods.owners(HELD);
        List<PoolSnapshot.Held> held = new ArrayList<>(HELD);
        for (int i = 0; i < HELD; i++) {
            Address address = addresses.addressAt(BigInteger.valueOf(i));
            held.add(new PoolSnapshot.Held(address, owners[i], "eth0", i + 1L));
        }
        ipam = Ipam.of(whole);
        ipam.state().restore(StateSnapshot.of(List.of(PoolSnapshot.of("a", held))), RestoreMode.REFUSE);
    }

    /** {@return the snapshot of the pool} */
    @Benchmark
    public StateSnapshot snapshot() {
        return ipam.state().export();
    }

    /** {@return the number of pools that the updates changed} */
    @Benchmark
    public int loseAndRegain() {
        return ipam.update(whole, smaller).orElseThrow().changed().size()
                + ipam.update(smaller, whole).orElseThrow().changed().size();
    }
}
