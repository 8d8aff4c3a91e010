package io.ipam.benchmarks.goals;

import io.ipam.benchmarks.contest.Bar;
import io.ipam.benchmarks.contest.Effort;
import io.ipam.benchmarks.contest.Goal;
import io.ipam.benchmarks.contest.Row;
import io.ipam.benchmarks.contest.Threads;
import io.ipam.benchmarks.contest.Work;
import io.ipam.benchmarks.peers.Sides;
import java.util.ArrayList;
import java.util.List;

/**
 * Goal 9: two threads. Times are of the wall clock; the first line, two threads that share nothing at all, tells what the machine
 * has to give at that moment.
 */
public final class ThreadsGoal implements Goal {
    private static final int WARM_UPS = 4;

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
        List<Row> rows = new ArrayList<>();
        inform(rows, effort, "two threads that share nothing, bitmaps", Sides.synchronizedBitmaps(false));
        twice(rows, effort, "two threads on two range allocators", Sides.allocators(false));
        twice(rows, effort, "requests of two threads on two pools", Sides.requests(2));
        Threads threads = new Threads(effort);
        List<Work> ours = Sides.allocators(true);
        List<Work> peers = Sides.synchronizedBitmaps(true);
        for (int i = 0; i < WARM_UPS; i++) {
            threads.together(ours, Sides.OPERATIONS);
            threads.together(peers, Sides.OPERATIONS);
        }
        rows.add(Row.of(
                9,
                "two threads on one range allocator",
                threads.together(ours, Sides.OPERATIONS).best(),
                "synchronized block around a bitmap",
                threads.together(peers, Sides.OPERATIONS).best(),
                "ns",
                Bar.atMost(1.3)));
        inform(rows, effort, "requests of two threads on one pool", Sides.requests(1));
        return rows;
    }

    private static void inform(List<Row> rows, Effort effort, String what, List<Work> sides) {
        double[] nanos = oneAndTwo(effort, sides);
        rows.add(Row.info(9, what, nanos[1] / 2, "one thread", nanos[0], "ns"));
    }

    private static void twice(List<Row> rows, Effort effort, String what, List<Work> sides) {
        double[] nanos = oneAndTwo(effort, sides);
        rows.add(Row.of(9, what, nanos[1] / 2, "one thread", nanos[0], "ns", Bar.atLeast(1.7)));
    }

    /** Time per operation of every thread. */
    private static double[] oneAndTwo(Effort effort, List<Work> sides) {
        Threads threads = new Threads(effort);
        for (int i = 0; i < WARM_UPS; i++) {
            threads.together(sides, Sides.OPERATIONS);
        }
        double one = threads.together(sides.subList(0, 1), Sides.OPERATIONS).best();
        double two = threads.together(sides, Sides.OPERATIONS).best();
        return new double[] {one, two};
    }
}
