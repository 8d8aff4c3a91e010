package io.ipam.benchmarks.growth;

import io.ipam.benchmarks.contest.Effort;
import io.ipam.benchmarks.contest.Figures;
import io.ipam.benchmarks.contest.Footprint;
import io.ipam.benchmarks.goals.PositionContest;
import io.ipam.benchmarks.peers.LowestFree;
import io.ipam.benchmarks.peers.Peers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A /16 by occupancy, for all peers. */
public final class OccupancyCurves {
    private static final int SIZE = 1 << 16;
    private static final double[] PERCENT = {0, 25, 50, 75, 90, 99, 99.9, 99.99};

    private OccupancyCurves() {}

    /**
     * Times the allocation of the lowest free position and the return of the previous one, with
     * free positions at random. The last point is the steady state at 99.99 %, where a random
     * position is returned.
     *
     * @param effort the duration
     * @return one curve per peer, ipam first
     */
    public static List<Curve> cost(Effort effort) {
        List<LowestFree> peers = Peers.all();
        Map<String, Curve.Builder> curves = new LinkedHashMap<>();
        peers.forEach(peer -> curves.put(peer.name(), Curve.named(peer.name())));
        for (double percent : PERCENT) {
            int free = Math.max(2, (int) Math.round(SIZE * (100 - percent) / 100));
            Figures figures = PositionContest.holes(effort, SIZE, free, peers);
            curves.forEach((name, curve) -> curve.add(label(percent), SIZE - free + 1.0, figures.median(name)));
        }
        Figures steady = PositionContest.churn(effort, SIZE, 7, peers);
        curves.forEach((name, curve) -> curve.add("churn", SIZE, steady.median(name)));
        return curves.values().stream().map(Curve.Builder::build).toList();
    }

    /**
     * Counts the memory of each peer per address of the whole /16.
     *
     * @return one curve per peer
     */
    public static List<Curve> memory() {
        List<Curve> curves = new ArrayList<>();
        for (LowestFree peer : Peers.all()) {
            Curve.Builder curve = Curve.named(peer.name());
            for (double percent : new double[] {0, 25, 50, 75, 90, 99, 100}) {
                peer.load(SIZE, Peers.holes(SIZE, (int) Math.round(SIZE * (100 - percent) / 100), 3));
                curve.add(label(percent), percent + 1, (double) Footprint.bytes(peer.state()) / SIZE);
            }
            curves.add(curve.build());
        }
        return curves;
    }

    private static String label(double percent) {
        return (percent == Math.rint(percent) ? "%.0f" : "%s").formatted(percent) + " %";
    }
}
