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
        double[] machine = oneAndTwo(effort, Sides.synchronizedBitmaps(false));
        rows.add(Row.info(9, "throughput of two threads that share nothing", machine[1] / 2, "one", machine[0], "ns"));
        double[] requests = oneAndTwo(effort, Sides.requests(2));
        rows.add(Row.of(
                9,
                "requests of two threads on two pools",
                requests[1] / 2,
                "one thread",
                requests[0],
                "ns",
                Bar.atLeast(1.7)));
        return rows;
    }

    /** Time per operation of every thread. */
    private static double[] oneAndTwo(Effort effort, List<Work> sides) {
        Threads threads = new Threads(effort);
        threads.together(sides, Sides.OPERATIONS);
        double one = threads.together(sides.subList(0, 1), Sides.OPERATIONS).best();
        double two = threads.together(sides, Sides.OPERATIONS).best();
        return new double[] {one, two};
    }
}
