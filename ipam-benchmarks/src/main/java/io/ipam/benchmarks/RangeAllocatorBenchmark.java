package io.ipam.benchmarks;

import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import io.ipam.bitmap.Bitmap;
import io.ipam.number.Position;
import io.ipam.range.AddressCursor;
import io.ipam.range.RangeAllocator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * RangeAllocator with its lock, on a half-full /16. One operation allocates the lowest free address
 * and releases it.
 *
 * <p>Bound: two threads on one allocator take at most twice the time of a synchronized block around
 * the dense form. The bound refers to throughput on two idle processors. Run with {@code java -jar
 * ipam-benchmarks/target/benchmarks.jar RangeAllocatorBenchmark -prof gc}: 0 B/op.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RangeAllocatorBenchmark {
    private static final String RANGE = "10.6.0.0-10.6.255.255";
    private static final long BASE = 0x0A060000;
    private static final int HALF = 1 << 15;

    /** One allocator per thread. */
    @State(Scope.Thread)
    public static class Own {
        final RangeAllocator allocator = halfFull();
        final AddressCursor cursor = new AddressCursor();
    }

    /** One allocator for all threads. */
    @State(Scope.Benchmark)
    public static class Shared {
        final RangeAllocator allocator = halfFull();
        final Bitmap bitmap = Bitmap.covering(0, 65535);

        /** Allocates as many addresses in the bitmap. */
        public Shared() {
            bitmap.setRun(0, 0, 0, HALF - 1);
        }
    }

    /** The state of one thread, in addition to the shared state. */
    @State(Scope.Thread)
    public static class Cursors {
        final AddressCursor cursor = new AddressCursor();
        final Position position = new Position();
    }

    private static RangeAllocator halfFull() {
        RangeAllocator allocator = RangeAllocator.of(AddressSet.of(AddressRange.parse(RANGE)));
        for (int i = 0; i < HALF; i++) {
            allocator.take(0, BASE + i);
        }
        return allocator;
    }

    private static long turn(RangeAllocator allocator, AddressCursor cursor) {
        allocator.tryAllocate(cursor);
        allocator.release(cursor.high(), cursor.low());
        return cursor.low();
    }

    @Benchmark
    public long oneThread(Own own) {
        return turn(own.allocator, own.cursor);
    }

    @Benchmark
    @Threads(2)
    public long twoThreadsOnTwo(Own own) {
        return turn(own.allocator, own.cursor);
    }

    @Benchmark
    @Threads(2)
    public long twoThreadsOnOne(Shared shared, Cursors cursors) {
        return turn(shared.allocator, cursors.cursor);
    }

    @Benchmark
    @Threads(2)
    public long twoThreadsOnOneSynchronized(Shared shared, Cursors cursors) {
        Position at = cursors.position;
        synchronized (shared.bitmap) {
            shared.bitmap.setLowestClear(at);
        }
        synchronized (shared.bitmap) {
            shared.bitmap.clear(0, at.low());
        }
        return at.low();
    }

    @Benchmark
    public long oneThreadSynchronized(Shared shared, Cursors cursors) {
        return twoThreadsOnOneSynchronized(shared, cursors);
    }
}
