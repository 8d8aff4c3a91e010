package io.ipam.benchmarks;

import io.ipam.bitmap.Bitmap;
import io.ipam.number.Position;
import java.net.Inet6Address;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Set;
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
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * The sparse form with live positions at random, and its peers in the same run. {@code churn}
 * clears a random live position and sets a random new one. HashSet and Roaring64 hold the last 64
 * bits of the positions.
 *
 * <p>Bounds at a million in 64 bits: 3x a HashSet of Inet6Address, 5x Roaring64; 64, 80 and 128
 * bits within 2x of one another.
 *
 * <p>Run with {@code java -jar ipam-benchmarks/target/benchmarks.jar BitmapSparseBenchmark -p
 * live=1000000 -prof gc}. Each fork creates only one subject because several would compete for the
 * cache.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls prepare() first
public class BitmapSparseBenchmark {
    @Param({"1000", "1000000"})
    int live;

    private final Position at = new Position();
    private long[] highs;
    private long[] lows;
    private long seed;

    /** One form per fork, so that a fork holds only one subject. */
    @State(Scope.Thread)
    @SuppressWarnings("NullAway.Init") // JMH calls prepare() first
    public static class Sparse {
        /** Bits of a position: a /64, a /48, ::/0. */
        @Param({"64", "80", "128"})
        int bits;

        Bitmap bitmap;
        long highMask;

        /** Sets the positions of the benchmark. */
        @Setup
        public void prepare(BitmapSparseBenchmark benchmark) {
            highMask = bits == 64 ? 0 : -1L >>> (128 - bits);
            bitmap = Bitmap.covering(highMask, -1);
            for (int i = 0; i < benchmark.live; i++) {
                bitmap.set(benchmark.highs[i] & highMask, benchmark.lows[i]);
            }
        }
    }

    /** The usual solution: a hash set of addresses. */
    @State(Scope.Thread)
    public static class Hashed {
        final Set<Inet6Address> set = new HashSet<>();

        /** Adds the positions of the benchmark. */
        @Setup
        public void prepare(BitmapSparseBenchmark benchmark) {
            for (long low : benchmark.lows) {
                set.add(address(low));
            }
        }
    }

    /** A compressed bitmap of longs. */
    @State(Scope.Thread)
    public static class Roaring {
        final Roaring64Bitmap set = new Roaring64Bitmap();

        /** Adds the positions of the benchmark. */
        @Setup
        public void prepare(BitmapSparseBenchmark benchmark) {
            for (long low : benchmark.lows) {
                set.addLong(low);
            }
        }
    }

    /** Draws the live positions. */
    @Setup
    public void prepare() {
        highs = new long[live];
        lows = new long[live];
        for (int i = 0; i < live; i++) {
            highs[i] = random();
            lows[i] = random();
        }
    }

    private long random() {
        seed += 0x9E3779B97F4A7C15L;
        long z = (seed ^ (seed >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private int victim() {
        return (int) (((random() >>> 32) * live) >>> 32);
    }

    private static Inet6Address address(long low) {
        byte[] bytes = new byte[16];
        bytes[0] = 0x20;
        for (int i = 0; i < 8; i++) {
            bytes[8 + i] = (byte) (low >>> (56 - 8 * i));
        }
        try {
            return Inet6Address.getByAddress(null, bytes, -1);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @Benchmark
    public boolean churnSparse(Sparse subject) {
        int i = victim();
        subject.bitmap.clear(highs[i] & subject.highMask, lows[i]);
        highs[i] = random();
        lows[i] = random();
        return subject.bitmap.set(highs[i] & subject.highMask, lows[i]);
    }

    @Benchmark
    public boolean churnHashSet(Hashed subject) {
        int i = victim();
        subject.set.remove(address(lows[i]));
        lows[i] = random();
        return subject.set.add(address(lows[i]));
    }

    @Benchmark
    public long churnRoaring64(Roaring subject) {
        int i = victim();
        subject.set.removeLong(lows[i]);
        lows[i] = random();
        subject.set.addLong(lows[i]);
        return lows[i];
    }

    /** A free position, drawn uniformly. */
    @Benchmark
    public long randomSparse(Sparse subject) {
        subject.bitmap.randomClear(seed++, at);
        return at.low();
    }
}
