package io.ipam.benchmarks.peers;

import io.ipam.Ipam;
import io.ipam.address.AddressSet;
import io.ipam.address.Prefix;
import io.ipam.benchmarks.contest.Lineup;
import io.ipam.benchmarks.contest.Work;
import io.ipam.bitmap.Bitmap;
import io.ipam.number.Position;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.range.AddressCursor;
import io.ipam.range.RangeAllocator;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Pairs of threads that may contend. Thread safety: none needed; no state. */
public final class Sides {
    private static final int PODS = 64;
    private static final int SIZE = 1 << 16;
    private static final int REQUESTS = 200;
    private static final int TAKINGS = 2_000;
    private static final int NUMBERS = 100_000;

    private Sides() {}

    /** {@return threads that share nothing, not even memory} */
    public static Lineup arithmetic() {
        return new Lineup("arithmetic of two threads", List.of(n -> numbers(1, n), n -> numbers(2, n)), NUMBERS);
    }

    private static long numbers(long seed, int operations) {
        SplittableRandom random = new SplittableRandom(seed);
        long sum = 0;
        for (int i = 0; i < operations; i++) {
            sum += random.nextLong();
        }
        return sum;
    }

    /**
     * Requests to one IPAM: resolve, allocate one address, release. Each side has its own pods.
     *
     * @param pools 2 for one pool per side, 1 for a shared pool
     * @return two sides
     */
    public static Lineup requests(int pools) {
        Ipam ipam = Ipam.of(PoolCatalog.of(pool(0), pool(1)));
        List<Work> sides = List.of(side(ipam, 0, 0), side(ipam, 1, 1 % pools));
        return new Lineup("requests of two threads on " + (pools == 1 ? "one pool" : "two pools"), sides, REQUESTS);
    }

    /**
     * {@return the same requests of both sides on one pool, each in one {@code synchronized} block}
     */
    public static Lineup requestsInOneBlock() {
        Object lock = new Object();
        List<Work> sides =
                requests(1).works().stream().map(side -> inBlocks(side, lock)).toList();
        return new Lineup("the same in one synchronized block", sides, REQUESTS);
    }

    private static Work inBlocks(Work side, Object lock) {
        return operations -> {
            long sum = 0;
            for (int i = 0; i < operations; i++) {
                synchronized (lock) {
                    sum += side.run(1);
                }
            }
            return sum;
        };
    }

    /** {@return the same requests to one IPAM per side: the limit set by collector and memory} */
    public static Lineup requestsApart() {
        List<Work> sides = new ArrayList<>();
        for (int side = 0; side < 2; side++) {
            sides.add(side(Ipam.of(PoolCatalog.of(pool(0), pool(1))), side, side));
        }
        return new Lineup("requests of two threads to two IPAMs", sides, REQUESTS);
    }

    private static Work side(Ipam ipam, int side, int pool) {
        PoolSelections selections = PoolSelections.none().withPod(PoolNames.of(pool(0).family(), "pool-" + pool));
        Owner[] owners = Pods.owners(2 * PODS);
        List<Workload> pods = new ArrayList<>();
        for (int i = 0; i < PODS; i++) {
            pods.add(Workload.of(owners[side * PODS + i]));
        }
        return n -> request(ipam, pods, selections, n);
    }

    private static Pool pool(int index) {
        return Pool.builder("pool-" + index, "10." + index + ".0.0/16")
                .ips("10." + index + ".0.0-10." + index + ".255.255")
                .build();
    }

    private static long request(Ipam ipam, List<Workload> pods, PoolSelections selections, int operations) {
        long sum = 0;
        for (int i = 0; i < operations; i++) {
            Workload pod = pods.get(i & (PODS - 1));
            sum += ipam.allocate(pod, selections).orElseThrow().get(0).address().low();
            sum += ipam.release(pod.owner()).size();
        }
        return sum;
    }

    /**
     * {@return both sides on one bitmap under {@code synchronized}: the minimal cost of sharing it}
     */
    public static Lineup synchronizedBitmap() {
        Bitmap bitmap = Bitmap.covering(0, SIZE - 1);
        Work side = n -> takeAndReturn(bitmap, n);
        return new Lineup("synchronized block around a bitmap", List.of(side, side), TAKINGS);
    }

    private static long takeAndReturn(Bitmap bitmap, int operations) {
        Position cursor = new Position();
        long before = take(bitmap, cursor);
        long sum = 0;
        for (int i = 0; i < operations; i++) {
            long taken = take(bitmap, cursor);
            synchronized (bitmap) {
                bitmap.clear(0, before);
            }
            before = taken;
            sum += taken;
        }
        synchronized (bitmap) {
            bitmap.clear(0, before);
        }
        return sum;
    }

    private static long take(Bitmap bitmap, Position cursor) {
        synchronized (bitmap) {
            bitmap.setLowestClear(cursor);
            return cursor.low();
        }
    }

    /**
     * The same work on ipam's range allocators.
     *
     * @param shared whether both sides use the same allocator
     * @return two sides
     */
    public static Lineup allocators(boolean shared) {
        RangeAllocator first = RangeAllocator.of(AddressSet.of(Prefix.parse("10.0.0.0/16")));
        RangeAllocator second = shared ? first : RangeAllocator.of(AddressSet.of(Prefix.parse("10.1.0.0/16")));
        return new Lineup(
                "two threads on " + (shared ? "one range allocator" : "two range allocators"),
                List.of(n -> allocateAndRelease(first, n), n -> allocateAndRelease(second, n)),
                TAKINGS);
    }

    private static long allocateAndRelease(RangeAllocator allocator, int operations) {
        AddressCursor cursor = new AddressCursor();
        allocator.tryAllocate(cursor);
        long before = cursor.low();
        long sum = 0;
        for (int i = 0; i < operations; i++) {
            allocator.tryAllocate(cursor);
            allocator.release(0, before);
            before = cursor.low();
            sum += before;
        }
        allocator.release(0, before);
        return sum;
    }
}
