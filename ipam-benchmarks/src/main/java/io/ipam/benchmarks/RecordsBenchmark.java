package io.ipam.benchmarks;

import io.ipam.allocation.AllocationOrder;
import io.ipam.benchmarks.peers.HashMapRecords;
import io.ipam.benchmarks.peers.IpamRecords;
import io.ipam.benchmarks.peers.Pods;
import io.ipam.benchmarks.peers.RecordKeeper;
import io.ipam.benchmarks.peers.Turns;
import io.ipam.engine.state.RecordStructures;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
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
 * The records of a pool that is 99.99 % full. An owner releases all its addresses and gets one
 * again. Its record has owner, interface, and generation, and can be found by address and by owner.
 * {@code structures} must be at least 2.5 times as fast as {@code HashMap}s on a /16 and 1.5 times
 * on a /12. {@code transactions} does the same with whole transactions. Run with {@code java -jar
 * ipam-benchmarks/target/benchmarks.jar RecordsBenchmark -prof gc}.
 *
 * <p>The owner of each turn is drawn from all owners ({@link Turns}). So most accesses to records
 * miss the near caches, as they do in a cluster; the owners are prefetched. An invocation makes
 * 65,536 turns. One fork suffices because the time depends on memory more than on compiled code.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls setUp() first
public class RecordsBenchmark {
    private static final int TURNS = 1 << 16;
    private static final int PER_MYRIAD = 10_000;

    /** Bits of a position: a /16, a /12. */
    @Param({"16", "20"})
    int bits;

    private Turns turns;
    private RecordKeeper structures;
    private RecordKeeper transactions;
    private RecordKeeper hashMaps;

    /** Makes the same owners hold the same addresses in all contestants. */
    @Setup
    public void setUp() {
        int size = 1 << bits;
        int free = size / PER_MYRIAD + 1;
        Pool pool = Pool.builder("dense", "10.0.0.0/" + (32 - bits))
                .ips("10.0.0.0-10." + ((size - 1) >> 16) + ".255.255")
                .build();
        Owner[] owners = Pods.owners(size - free);
        turns = Turns.drawn(owners, 11);
        structures = new RecordStructures(pool);
        transactions = new IpamRecords(pool, AllocationOrder.LOWEST, 0);
        hashMaps = new HashMapRecords(pool);
        structures.load(owners);
        transactions.load(owners);
        hashMaps.load(owners);
    }

    /** The ledger and the owner table. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public long structures() {
        return turns.make(structures, TURNS);
    }

    /** One transaction that releases, and one that grants. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public long transactions() {
        return turns.make(transactions, TURNS);
    }

    /** The same facts in HashMaps. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public long hashMaps() {
        return turns.make(hashMaps, TURNS);
    }
}
