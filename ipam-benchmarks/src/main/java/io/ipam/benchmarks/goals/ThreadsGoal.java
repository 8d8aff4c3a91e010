package io.ipam.benchmarks.goals;

import io.ipam.Ipam;
import io.ipam.benchmarks.contest.Bar;
import io.ipam.benchmarks.contest.Effort;
import io.ipam.benchmarks.contest.Figures;
import io.ipam.benchmarks.contest.Footprint;
import io.ipam.benchmarks.contest.Goal;
import io.ipam.benchmarks.contest.Lineup;
import io.ipam.benchmarks.contest.Row;
import io.ipam.benchmarks.contest.Threads;
import io.ipam.benchmarks.peers.Sides;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Goal 9: two threads. Times are wall-clock times. The first line, two threads that share nothing,
 * shows what the machine can yield at that moment. The line of two IPAMs shows the same for
 * requests. Also the memory of an empty IPAM and an empty pool.
 */
public final class ThreadsGoal implements Goal {
    private static final int POOLS = 100;

    @Override
    public int number() {
        return 9;
    }

    @Override
    public String title() {
        return "two threads";
    }

    @Override
    public List<Row> run(Effort effort) {
        Lineup nothing = Sides.arithmetic();
        Lineup apart = Sides.allocators(false);
        Lineup together = Sides.allocators(true);
        Lineup peer = Sides.synchronizedBitmap();
        Lineup twoPools = Sides.requests(2);
        Lineup onePool = Sides.requests(1);
        Lineup oneBlock = Sides.requestsInOneBlock();
        Lineup twoIpams = Sides.requestsApart();
        Figures figures = new Threads(effort.forMuchCode())
                .run(List.of(
                        nothing,
                        nothing.alone(),
                        apart,
                        apart.alone(),
                        together,
                        peer,
                        twoPools,
                        twoPools.alone(),
                        onePool,
                        onePool.alone(),
                        oneBlock,
                        twoIpams,
                        twoIpams.alone()));
        List<Row> rows = new ArrayList<>();
        rows.add(scaling(figures, nothing, Bar.none()));
        rows.add(scaling(figures, apart, Bar.none()));
        rows.add(scaling(figures, twoPools, Bar.none()));
        rows.addAll(Placements.rows(effort));
        rows.add(scaling(figures, twoIpams, Bar.none()));
        rows.add(scaling(figures, onePool, Bar.none()));
        rows.add(beside(figures, together, peer, Bars.ONE_ALLOCATOR.bar()));
        rows.add(beside(figures, onePool, oneBlock, Bars.ONE_POOL.bar()));
        rows.add(Row.figure(9, "an empty Ipam", bytesOfIpam(0), "B", Bars.EMPTY_IPAM.bar()));
        rows.add(Row.figure(9, "an empty pool, a /24", bytesOfPool(), "B", Bars.EMPTY_POOL.bar()));
        return rows;
    }

    private static Row beside(Figures figures, Lineup ours, Lineup peer, Bar bar) {
        return new Row(
                9, ours.name(), figures.median(ours.name()), peer.name(), figures.median(peer.name()), "ns", bar);
    }

    /** The mean of a hundred pools, with their definitions and bitmaps. */
    private static double bytesOfPool() {
        return (bytesOfIpam(POOLS + 1) - bytesOfIpam(1)) / POOLS;
    }

    private static double bytesOfIpam(int pools) {
        List<Pool> some = IntStream.range(0, pools)
                .mapToObj(i -> Pool.builder("pool-" + i, "10.0." + i + ".0/24")
                        .ips("10.0." + i + ".1-10.0." + i + ".254")
                        .build())
                .toList();
        return Footprint.bytes(Ipam.of(PoolCatalog.of(some, List.of())));
    }

    /**
     * Time per operation of any thread: if each thread does one operation, two threads do two in
     * that time.
     */
    private static Row scaling(Figures figures, Lineup two, Bar bar) {
        double both = figures.median(two.name()) / two.works().size();
        return new Row(
                9, two.name(), both, "one thread", figures.median(two.alone().name()), "ns", bar);
    }
}
