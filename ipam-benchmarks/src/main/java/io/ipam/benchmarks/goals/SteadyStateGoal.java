package io.ipam.benchmarks.goals;

import io.ipam.benchmarks.contest.Effort;
import io.ipam.benchmarks.contest.Figures;
import io.ipam.benchmarks.contest.Goal;
import io.ipam.benchmarks.contest.Row;
import io.ipam.benchmarks.peers.BitSetPositions;
import io.ipam.benchmarks.peers.IpamPositions;
import io.ipam.benchmarks.peers.LowestFree;
import io.ipam.benchmarks.peers.RoaringOfFree;
import io.ipam.benchmarks.peers.RoaringPositions;
import io.ipam.benchmarks.peers.SkipListPositions;
import java.util.ArrayList;
import java.util.List;

/** Goal 1: the steady state of a pool that is 99.99 % full. */
public final class SteadyStateGoal implements Goal {
    @Override
    public int number() {
        return 1;
    }

    @Override
    public String title() {
        return "release one, take the lowest free, 99.99 % full";
    }

    @Override
    public List<Row> run(Effort effort) {
        List<LowestFree> peers = List.of(
                new IpamPositions(),
                new BitSetPositions(),
                new RoaringPositions(),
                new SkipListPositions(),
                new RoaringOfFree());
        Figures small = PositionContest.churn(effort, 1 << 16, 7, peers);
        Figures large = PositionContest.churn(effort, 1 << 20, 105, peers);
        List<Row> rows = new ArrayList<>();
        add(rows, "churn /16", small, Bars.CHURN_16_ROARING, Bars.CHURN_16_BIT_SET, Bars.CHURN_16_SKIP_LIST);
        add(rows, "churn /12", large, Bars.CHURN_12_ROARING, Bars.CHURN_12_BIT_SET, Bars.CHURN_12_SKIP_LIST);
        rows.add(new Row(
                1, "churn /12 against /16", ours(large), "ipam /16", ours(small), "ns", Bars.CHURN_12_TO_16.bar()));
        return rows;
    }

    private static double ours(Figures figures) {
        return figures.median(figures.names().get(0));
    }

    private static void add(List<Row> rows, String what, Figures figures, Bars roaring, Bars bitSet, Bars skipList) {
        double ours = ours(figures);
        rows.add(new Row(1, what, ours, "Roaring", figures.median("Roaring"), "ns", roaring.bar()));
        rows.add(new Row(1, what, ours, "BitSet", figures.median("BitSet"), "ns", bitSet.bar()));
        rows.add(new Row(1, what, ours, "skip list of free", figures.median("skip list"), "ns", skipList.bar()));
        rows.add(Row.info(1, what, ours, "Roaring of free", figures.median("Roaring of free"), "ns"));
    }
}
