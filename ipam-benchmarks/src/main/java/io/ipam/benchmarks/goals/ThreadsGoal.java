package io.ipam.benchmarks.goals;

import io.ipam.benchmarks.contest.Bar;
import io.ipam.benchmarks.contest.Effort;
import io.ipam.benchmarks.contest.Figures;
import io.ipam.benchmarks.contest.Goal;
import io.ipam.benchmarks.contest.Lineup;
import io.ipam.benchmarks.contest.Row;
import io.ipam.benchmarks.contest.Threads;
import io.ipam.benchmarks.peers.Sides;
import java.util.ArrayList;
import java.util.List;

/**
 * Goal 9: two threads. Times are wall-clock times. The first line, two threads that share nothing,
 * shows what the machine can yield at that moment. The line of two IPAMs shows the same for
 * requests.
 */
public final class ThreadsGoal implements Goal {
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
                        twoIpams,
                        twoIpams.alone()));
        List<Row> rows = new ArrayList<>();
        rows.add(scaling(figures, nothing, Bar.none()));
        rows.add(scaling(figures, apart, Bar.none()));
        rows.add(scaling(figures, twoPools, Bars.TWO_POOLS.bar()));
        rows.add(scaling(figures, twoIpams, Bar.none()));
        rows.add(scaling(figures, onePool, Bar.none()));
        rows.add(new Row(
                9,
                together.name(),
                figures.median(together.name()),
                peer.name(),
                figures.median(peer.name()),
                "ns",
                Bars.ONE_ALLOCATOR.bar()));
        return rows;
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
