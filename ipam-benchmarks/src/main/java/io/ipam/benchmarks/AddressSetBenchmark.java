package io.ipam.benchmarks;

import com.google.common.collect.ImmutableRangeSet;
import com.google.common.collect.Range;
import com.google.common.collect.TreeRangeSet;
import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv4.IPv4AddressSeqRangeList;
import io.ipam.address.Address;
import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
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
 * Sets of addresses: membership, conversion between address and ordinal, and difference. The peers
 * are sorted disjoint ranges, too: Guava's range sets and the range list of inet.ipaddr. The
 * address objects of the latter exist before the run. Run with {@code java -jar
 * ipam-benchmarks/target/benchmarks.jar AddressSetBenchmark -prof gc}.
 *
 * <p>The benchmark cycles through 4,096 addresses, half of them in the set, so that the branch
 * predictor cannot memorize them. Most pools have one range; 1000 ranges model a pool that was
 * patched for years. One fork and short iterations suffice because the loops have no rare paths.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls setUp() first
public class AddressSetBenchmark {
    private static final int ASKED = 4096;
    private static final int BASE = 10 << 24;
    private static final int STRIDE = 64;

    @Param({"1", "10", "1000"})
    private int ranges;

    private final Address[] asked = new Address[ASKED];
    private final Long[] numbers = new Long[ASKED];
    private final IPv4Address[] objects = new IPv4Address[ASKED];
    private final long[] ordinals = new long[ASKED];
    private AddressSet ours;
    private AddressSet hole;
    private ImmutableRangeSet<Long> guava;
    private ImmutableRangeSet<Long> guavaHole;
    private IPv4AddressSeqRangeList list;
    private IPv4AddressSeqRangeList listHole;
    private int next;

    /** Ranges of 32 addresses, every 64. */
    @Setup
    public void setUp() {
        Family family = Address.parse("10.0.0.0").family();
        List<AddressRange> parts = new ArrayList<>();
        TreeRangeSet<Long> tree = TreeRangeSet.create();
        list = new IPv4AddressSeqRangeList();
        for (int i = 0; i < ranges; i++) {
            long first = BASE + (long) STRIDE * i;
            long last = first + STRIDE / 2 - 1;
            parts.add(new AddressRange(new Address(family, 0, first), new Address(family, 0, last)));
            tree.add(Range.closedOpen(first, last + 1));
            list.add(new IPv4Address((int) first).spanWithRange(new IPv4Address((int) last)));
        }
        ours = AddressSet.of(family, parts);
        guava = ImmutableRangeSet.copyOf(tree);
        long middle = BASE + (long) STRIDE * (ranges / 2) + 8;
        hole = AddressSet.of(AddressRange.of(new Address(family, 0, middle)));
        guavaHole = ImmutableRangeSet.of(Range.closedOpen(middle, middle + 1));
        listHole = new IPv4AddressSeqRangeList();
        listHole.add(new IPv4Address((int) middle));
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < ASKED; i++) {
            long value = BASE + random.nextInt(STRIDE * ranges);
            asked[i] = new Address(family, 0, value);
            numbers[i] = value;
            objects[i] = new IPv4Address((int) value);
            ordinals[i] = random.nextInt(STRIDE / 2 * ranges);
        }
    }

    private int turn() {
        next = (next + 1) & (ASKED - 1);
        return next;
    }

    /** ipam's set. */
    @Benchmark
    public boolean contains() {
        return ours.contains(asked[turn()]);
    }

    /** Guava's set. */
    @Benchmark
    public boolean guavaContains() {
        return guava.contains(numbers[turn()]);
    }

    /** The list of inet.ipaddr. */
    @Benchmark
    public boolean ipaddressContains() {
        return list.contains(objects[turn()]);
    }

    /**
     * Converts an ordinal to its address and back, without objects; no peer has ordinals in O(log
     * ranges).
     */
    @Benchmark
    public long ordinalAndBack() {
        int range = ours.rangeIndexOfOrdinal(0, ordinals[turn()]);
        return ours.firstLow(range) + ours.ordinalLow(range);
    }

    /** An ordinal from the list of inet.ipaddr. */
    @Benchmark
    public IPv4Address ipaddressOfOrdinal() {
        return list.get(ordinals[turn()]);
    }

    /** Removes one address. */
    @Benchmark
    public AddressSet minus() {
        return ours.minus(hole);
    }

    /** Guava's set. */
    @Benchmark
    public ImmutableRangeSet<Long> guavaMinus() {
        return guava.difference(guavaHole);
    }

    /** The list of inet.ipaddr. */
    @Benchmark
    public IPv4AddressSeqRangeList ipaddressMinus() {
        return list.removeIntoList(listHole);
    }
}
