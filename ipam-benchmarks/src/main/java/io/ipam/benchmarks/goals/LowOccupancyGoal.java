package io.ipam.benchmarks.goals;

import io.ipam.benchmarks.contest.Effort;
import io.ipam.benchmarks.contest.Figures;
import io.ipam.benchmarks.contest.Goal;
import io.ipam.benchmarks.contest.Row;
import io.ipam.benchmarks.peers.BitSetPositions;
import io.ipam.benchmarks.peers.IpamPositions;
import io.ipam.benchmarks.peers.LowestFree;
import io.ipam.benchmarks.peers.RoaringPositions;
import java.util.ArrayList;
import java.util.List;

/**
 * Goal 2: at low occupancy, where BitSet is good, not much slower than BitSet; and a whole fill.
 */
public final class LowOccupancyGoal implements Goal {
    @Override
    public int number() {
        return 2;
    }

    @Override
    public String title() {
        return "pools with room, and filling one";
    }

    @Override
    public List<Row> run(Effort effort) {
        List<LowestFree> two = List.of(new IpamPositions(), new BitSetPositions());
        List<Row> rows = new ArrayList<>();
        for (int bits : new int[] {8, 16}) {
            int size = 1 << bits;
            for (int percent : new int[] {0, 50, 99}) {
                int free = Math.max(2, size - size * percent / 100);
                Figures figures = PositionContest.holes(effort, size, free, two);
                rows.add(new Row(
                        2,
                        "take and return /" + (32 - bits) + ", " + percent + " % full",
                        figures.median("ipam bitmap"),
                        "BitSet",
                        figures.median("BitSet"),
                        "ns",
                        Bars.ROOM_BIT_SET.bar()));
            }
        }
        addFill(rows, effort);
        return rows;
    }

    private static void addFill(List<Row> rows, Effort effort) {
        List<LowestFree> three = List.of(new IpamPositions(), new BitSetPositions(), new RoaringPositions());
        Figures figures = PositionContest.fill(effort, 1 << 16, three);
        double ours = figures.median("ipam bitmap");
        rows.add(new Row(2, "fill a /16", ours, "Roaring", figures.median("Roaring"), "ns", Bars.FILL_ROARING.bar()));
        rows.add(new Row(2, "fill a /16", ours, "BitSet", figures.median("BitSet"), "ns", Bars.FILL_BIT_SET.bar()));
    }
}
