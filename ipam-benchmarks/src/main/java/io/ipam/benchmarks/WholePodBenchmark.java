package io.ipam.benchmarks;

import io.ipam.benchmarks.peers.Cluster;
import io.ipam.benchmarks.peers.ReferencePod;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The whole request of a pod with two interfaces and both families, and its parts. It reads the
 * annotations, resolves among 100 pools, allocates four addresses with their records, and releases
 * them. Peer: a model of the computations of the reference system for the same four addresses.
 * Compare it with {@code allocateAndRelease}; it reads no annotation and resolves nothing. Run with
 * {@code java -jar ipam-benchmarks/target/benchmarks.jar WholePodBenchmark -prof gc}.
 *
 * <p>The benchmark cycles through 256 pods, so that consecutive calls have different owners and
 * hashes. Five seconds of warm-up, because a request runs through much code. Two forks, because the
 * compiler inlines it differently in each.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@SuppressWarnings("NullAway.Init") // JMH calls setUp() first
public class WholePodBenchmark {
    private static final int POOLS = 100;
    private static final int PODS = 256;
    private static final int POOLS_OF_A_POD = 4;

    /** Addresses held in each of the four pools. */
    @Param({"250", "5000"})
    int held;

    private Cluster cluster;
    private ReferencePod reference;

    /** Creates both sides and checks their results. */
    @Setup
    public void setUp() {
        cluster = new Cluster(POOLS, POOLS_OF_A_POD * held);
        cluster.check();
        reference = new ReferencePod(held);
        reference.check();
    }

    /** The whole request. */
    @Benchmark
    @OperationsPerInvocation(PODS)
    public long wholeWay() {
        return cluster.wholeWay(PODS);
    }

    /** Only reads the annotations. */
    @Benchmark
    @OperationsPerInvocation(PODS)
    public long read() {
        return cluster.read(PODS);
    }

    /** Only resolves. */
    @Benchmark
    @OperationsPerInvocation(PODS)
    public long resolve() {
        return cluster.resolve(PODS);
    }

    /** Only changes the state. */
    @Benchmark
    @OperationsPerInvocation(PODS)
    public long allocateAndRelease() {
        return cluster.bare(PODS);
    }

    /** The model of the reference system: allocation and release. */
    @Benchmark
    public long reference() {
        return reference.allocateAndRelease(1);
    }
}
