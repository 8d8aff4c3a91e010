package io.ipam.benchmarks;

import io.ipam.bitmap.Bitmap;
import io.ipam.number.Position;
import java.util.BitSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.roaringbitmap.RoaringBitmap;

/**
 * Filling a /16, lowest first, per address; the time includes the creation of the structure.
 *
 * <p>Bounds: 30x RoaringBitmap, 80x BitSet. Run with {@code java -jar
 * ipam-benchmarks/target/benchmarks.jar BitmapFillBenchmark}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(BitmapFillBenchmark.SIZE)
@Fork(1)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class BitmapFillBenchmark {
    static final int SIZE = 1 << 16;

    private final Position at = new Position();

    @Benchmark
    public Object dense() {
        return fill(Bitmap.covering(0, SIZE - 1));
    }

    /** The sparse form, in a /64. */
    @Benchmark
    public Object sparse() {
        return fill(Bitmap.covering(0, -1));
    }

    private Bitmap fill(Bitmap bitmap) {
        for (int i = 0; i < SIZE; i++) {
            bitmap.setLowestClear(at);
        }
        return bitmap;
    }

    @Benchmark
    public Object bitSet() {
        BitSet bits = new BitSet(SIZE);
        for (int i = 0; i < SIZE; i++) {
            bits.set(bits.nextClearBit(0));
        }
        return bits;
    }

    @Benchmark
    public Object roaring() {
        RoaringBitmap bits = new RoaringBitmap();
        for (int i = 0; i < SIZE; i++) {
            bits.add((int) bits.nextAbsentValue(0));
        }
        return bits;
    }

    /** A peer that holds the free positions, which are all present at the start. */
    @Benchmark
    public Object skipList() {
        ConcurrentSkipListSet<Integer> free = new ConcurrentSkipListSet<>();
        for (int i = 0; i < SIZE; i++) {
            free.add(i);
        }
        for (int i = 0; i < SIZE; i++) {
            free.pollFirst();
        }
        return free;
    }
}
