package io.ipam.benchmarks.goals;

import io.ipam.benchmarks.contest.Contest;
import io.ipam.benchmarks.contest.Contestant;
import io.ipam.benchmarks.contest.Effort;
import io.ipam.benchmarks.contest.Figures;
import io.ipam.benchmarks.contest.Goal;
import io.ipam.benchmarks.contest.Row;
import io.ipam.benchmarks.peers.Cluster;
import java.util.List;

/**
 * Goal 8: the cost of a request depends neither on the number of held addresses nor on pools it
 * does not name.
 */
public final class GrowthGoal implements Goal {
    @Override
    public int number() {
        return 8;
    }

    @Override
    public String title() {
        return "growth with held addresses and with pools";
    }

    @Override
    public List<Row> run(Effort effort) {
        return List.of(
                compare(
                        effort,
                        "whole way, 1M held",
                        new Cluster(100, 1_000_000),
                        "1k held",
                        new Cluster(100, 1_000),
                        Bars.HELD_GROWTH),
                compare(
                        effort,
                        "whole way, 10,000 pools",
                        new Cluster(10_000, 1_000),
                        "10 pools",
                        new Cluster(10, 1_000),
                        Bars.POOLS_GROWTH));
    }

    private static Row compare(Effort effort, String large, Cluster many, String small, Cluster few, Bars bar) {
        many.check();
        few.check();
        Figures figures = new Contest(effort.forMuchCode())
                .run(List.of(new Contestant(large, many::wholeWay), new Contestant(small, few::wholeWay)));
        return new Row(8, large, figures.median(large), small, figures.median(small), "ns", bar.bar());
    }
}
