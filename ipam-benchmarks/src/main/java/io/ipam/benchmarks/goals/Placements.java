package io.ipam.benchmarks.goals;

import io.ipam.benchmarks.contest.Bar;
import io.ipam.benchmarks.contest.Effort;
import io.ipam.benchmarks.contest.Figures;
import io.ipam.benchmarks.contest.Lineup;
import io.ipam.benchmarks.contest.Row;
import io.ipam.benchmarks.contest.Threads;
import io.ipam.benchmarks.peers.Sides;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Two threads on two pools, for several placements of the objects in memory. Where the collector
 * places objects decides which of them share a cache line, so one IPAM shows one placement only.
 * Each placement is a new IPAM after a random amount of other objects.
 *
 * <p>Thread safety: none.
 */
final class Placements {
    private static final int COUNT = 40;
    private static final int COUNT_OF_TESTS = 2;
    private static final long MILLI = 1_000_000;
    private static final Effort EACH = new Effort("placement", 4, MILLI, 20 * MILLI, 500 * MILLI);
    private static final int MOST_OBJECTS = 200_000;

    private final SplittableRandom random = new SplittableRandom(1);
    private final List<Placed> placed = new ArrayList<>();

    /** One placement: nanoseconds per operation of two threads and of one. */
    private record Placed(double two, double one) {
        double ratio() {
            return one / two;
        }
    }

    /** Measures the placements, fewer of them in a test of the program. */
    static List<Row> rows(Effort effort) {
        Placements all = new Placements();
        int count = effort.rounds() > 1 ? COUNT : COUNT_OF_TESTS;
        for (int i = 0; i < count; i++) {
            all.measure();
        }
        return all.rows();
    }

    private void measure() {
        Object[] others = new Object[random.nextInt(MOST_OBJECTS)];
        for (int i = 0; i < others.length; i++) {
            others[i] = new byte[random.nextInt(64)];
        }
        Lineup two = Sides.requests(2);
        Figures figures = new Threads(EACH).run(List.of(two, two.alone()));
        Reference.reachabilityFence(others);
        placed.add(new Placed(
                figures.median(two.name()) / two.works().size(),
                figures.median(two.alone().name())));
    }

    private List<Row> rows() {
        placed.sort(Comparator.comparingDouble(Placed::ratio));
        Placed median = placed.get((placed.size() - 1) / 2);
        double bound = Bars.TWO_POOLS.bar().bound();
        double share =
                (double) placed.stream().filter(one -> one.ratio() >= bound).count() / placed.size();
        String what = "two threads on two pools, median of " + placed.size() + " placements";
        return List.of(
                new Row(9, what, median.two(), "one thread", median.one(), "ns", Bars.TWO_POOLS.bar()),
                Row.figure(9, "placements that reach the bar", 100 * share, "%", Bar.none()));
    }
}
