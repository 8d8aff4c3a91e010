package io.ipam.benchmarks;

import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import com.google.common.collect.TreeRangeSet;
import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv4.IPv4AddressSeqRangeList;
import io.ipam.bitmap.Bitmap;
import io.ipam.number.Position;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListSet;
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
import org.roaringbitmap.RoaringBitmap;

/**
 * The dense form in its steady state, and its peers in the same run. {@code churn} clears a random
 * position and sets the lowest clear one; {@code holes} sets the lowest clear position and clears
 * it again.
 *
 * <p>Bounds, as ratios of one run. Churn of a /16 at 99.99 %: 10x RoaringBitmap, 25x BitSet, 3x the
 * skip list; /12: 100x, 200x, 3x, and at most 2.5 times the /16. Up to 99 % on /24 and /16: at most
 * 2.5 times BitSet, which wins there.
 *
 * <p>Run with {@code java -jar ipam-benchmarks/target/benchmarks.jar BitmapDenseBenchmark -prof
 * gc}: 0 B/op. Short iterations suffice because the loops have no rare paths. One fork suffices
 * because only ratios are compared.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls prepare() first
public class BitmapDenseBenchmark {
    /** Bits of a position: a /24, a /16, a /12. */
    @Param({"8", "16", "20"})
    int bits;

    /** Share of the positions that are set, in percent. */
    @Param({"0", "50", "99", "99.99"})
    double percent;

    private final Position at = new Position();
    private Bitmap dense;
    private BitSet bitSet;
    private RoaringBitmap roaring;
    private ConcurrentSkipListSet<Integer> skipList;
    private RangeSet<Integer> rangeSet;
    private int mask;
    private long seed;

    /**
     * The list of ranges of inet.ipaddr for the clear positions; the address object of each
     * position exists before the run.
     */
    @State(Scope.Thread)
    public static class AddressList {
        final IPv4AddressSeqRangeList free = new IPv4AddressSeqRangeList();
        private IPv4Address[] addresses = {};

        /** Adds the positions of the benchmark. */
        @Setup
        public void prepare(BitmapDenseBenchmark benchmark) {
            addresses = new IPv4Address[benchmark.mask + 1];
            for (int i = 0; i < addresses.length; i++) {
                addresses[i] = new IPv4Address(i);
            }
            BitSet held = benchmark.bitSet;
            for (int from = held.nextClearBit(0); from < addresses.length; ) {
                int next = held.nextSetBit(from);
                int end = next < 0 ? addresses.length : next;
                free.add(addresses[from].spanWithRange(addresses[end - 1]));
                from = held.nextClearBit(end);
            }
        }

        private int take() {
            IPv4Address lowest = free.getSeqRange(0).getLower();
            free.remove(lowest);
            return lowest.intValue();
        }
    }

    /** Sets the same positions in all subjects. */
    @Setup
    public void prepare() {
        int size = 1 << bits;
        mask = size - 1;
        dense = Bitmap.covering(0, mask);
        bitSet = new BitSet(size);
        roaring = new RoaringBitmap();
        skipList = new ConcurrentSkipListSet<>();
        rangeSet = TreeRangeSet.create();
        SplittableRandom random = new SplittableRandom(1);
        int clear = Math.max(1, (int) Math.round(size * (100 - percent) / 100));
        BitSet chosen = new BitSet(size);
        while (chosen.cardinality() < clear) {
            chosen.set(clear == size ? chosen.cardinality() : random.nextInt(size));
        }
        for (int i = 0; i < size; i++) {
            if (chosen.get(i)) {
                skipList.add(i);
                rangeSet.add(Range.closedOpen(i, i + 1));
            } else {
                dense.set(0, i);
                bitSet.set(i);
                roaring.add(i);
            }
        }
    }

    private int random() {
        seed = seed * 6364136223846793005L + 1442695040888963407L;
        return (int) (seed >>> 33) & mask;
    }

    @Benchmark
    public long holesDense() {
        dense.setLowestClear(at);
        dense.clear(0, at.low());
        return at.low();
    }

    @Benchmark
    public int holesBitSet() {
        int i = bitSet.nextClearBit(0);
        bitSet.set(i);
        bitSet.clear(i);
        return i;
    }

    @Benchmark
    public long holesRoaring() {
        int i = (int) roaring.nextAbsentValue(0);
        roaring.add(i);
        roaring.remove(i);
        return i;
    }

    @Benchmark
    public int holesSkipList() {
        Integer lowest = skipList.pollFirst();
        int i = lowest == null ? -1 : lowest;
        skipList.add(i);
        return i;
    }

    @Benchmark
    public int holesRangeSet() {
        int i = rangeSet.span().lowerEndpoint();
        rangeSet.remove(Range.closedOpen(i, i + 1));
        rangeSet.add(Range.closedOpen(i, i + 1));
        return i;
    }

    @Benchmark
    public int holesAddressList(AddressList list) {
        int i = list.take();
        list.free.add(list.addresses[i]);
        return i;
    }

    @Benchmark
    public long churnDense() {
        if (dense.clear(0, random())) {
            dense.setLowestClear(at);
        }
        return at.low();
    }

    @Benchmark
    public int churnBitSet() {
        int i = random();
        if (bitSet.get(i)) {
            bitSet.clear(i);
            i = bitSet.nextClearBit(0);
            bitSet.set(i);
        }
        return i;
    }

    @Benchmark
    public int churnRoaring() {
        int i = random();
        if (roaring.checkedRemove(i)) {
            i = (int) roaring.nextAbsentValue(0);
            roaring.add(i);
        }
        return i;
    }

    @Benchmark
    public int churnSkipList() {
        int i = random();
        if (skipList.add(i)) {
            Integer lowest = skipList.pollFirst();
            return lowest == null ? -1 : lowest;
        }
        return i;
    }

    @Benchmark
    public int churnRangeSet() {
        int i = random();
        if (!rangeSet.contains(i)) {
            rangeSet.add(Range.closedOpen(i, i + 1));
            i = rangeSet.span().lowerEndpoint();
            rangeSet.remove(Range.closedOpen(i, i + 1));
        }
        return i;
    }

    @Benchmark
    public int churnAddressList(AddressList list) {
        int i = random();
        if (!list.free.contains(list.addresses[i])) {
            list.free.add(list.addresses[i]);
            i = list.take();
        }
        return i;
    }

    /** Exactly uniform. The bound at 99.9 % and above: 30 times as fast as probing. */
    @Benchmark
    public long randomDense() {
        dense.randomClear(seed++, at);
        return at.low();
    }

    /** Equally uniform: draws until a position is clear. */
    @Benchmark
    public int randomProbing() {
        int i = random();
        while (bitSet.get(i)) {
            i = random();
        }
        return i;
    }

    /** The bound: at most 1.2 times the time of BitSet. */
    @Benchmark
    public Object copyDense() {
        return dense.copy();
    }

    @Benchmark
    public Object copyBitSet() {
        return bitSet.clone();
    }
}
