package io.ipam.benchmarks;

import io.ipam.bitmap.Bitmap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Creating a bitmap. The bound: a bitmap for ::/0 costs no more than one for a /24.
 *
 * <p>Run with {@code java -jar ipam-benchmarks/target/benchmarks.jar BitmapMakeBenchmark -prof gc}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class BitmapMakeBenchmark {
    long allOnes = -1;

    @Benchmark
    public Object slash24() {
        return Bitmap.covering(0, allOnes & 255);
    }

    @Benchmark
    public Object slash64() {
        return Bitmap.covering(0, allOnes);
    }

    @Benchmark
    public Object everything() {
        return Bitmap.covering(allOnes, allOnes);
    }
}
