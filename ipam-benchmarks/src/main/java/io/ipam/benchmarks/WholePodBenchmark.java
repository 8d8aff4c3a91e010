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
 * The whole way of a pod with two interfaces and both families, and its parts: read the
 * annotations, resolve among 100 pools, allocate four addresses with their records, release them.
 * Peer: a model of what the reference system computes for the same four addresses, which is to be
 * compared with {@code allocateAndRelease}; it reads no annotation and resolves nothing. Run with
 * {@code java -jar ipam-benchmarks/target/benchmarks.jar WholePodBenchmark -prof gc}.
 *
 * <p>256 pods in turn, so that owners and their hashes are not those of the call before. Five
 * seconds of warm-up, since the way leads through much code; two forks, since the compiler inlines
 * it differently from one to the next.
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

    /** Makes both sides and checks their answers. */
    @Setup
    public void setUp() {
        cluster = new Cluster(POOLS, POOLS_OF_A_POD * held);
        cluster.check();
        reference = new ReferencePod(held);
        reference.check();
    }

    /** All of it. */
    @Benchmark
    @OperationsPerInvocation(PODS)
    public long wholeWay() {
        return cluster.wholeWay(PODS);
    }

    /** Only the annotations. */
    @Benchmark
    @OperationsPerInvocation(PODS)
    public long read() {
        return cluster.read(PODS);
    }

    /** Only the pools to choose from. */
    @Benchmark
    @OperationsPerInvocation(PODS)
    public long resolve() {
        return cluster.resolve(PODS);
    }

    /** Only what changes the state. */
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
