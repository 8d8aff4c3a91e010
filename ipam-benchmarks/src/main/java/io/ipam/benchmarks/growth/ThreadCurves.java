package io.ipam.benchmarks.growth;

import io.ipam.benchmarks.contest.Effort;
import io.ipam.benchmarks.contest.Threads;
import io.ipam.benchmarks.contest.Work;
import io.ipam.benchmarks.peers.Sides;
import java.util.List;

/** Time for an operation of every thread: flat where threads do not hinder each other. */
public final class ThreadCurves {
    private ThreadCurves() {}

    /**
     * Measures one and two threads, on a pool each and on one pool.
     *
     * @param effort how long
     * @return nanoseconds of the wall clock against threads
     */
    public static List<Curve> all(Effort effort) {
        return List.of(
                curve("threads on pools of their own", effort, Sides.requests(2)),
                curve("threads on one pool", effort, Sides.requests(1)));
    }

    private static Curve curve(String name, Effort effort, List<Work> works) {
        Threads threads = new Threads(effort);
        return Curve.named(name)
                .add(
                        "1",
                        1,
                        threads.together(works.subList(0, 1), Sides.OPERATIONS).best())
                .add("2", 2, threads.together(works, Sides.OPERATIONS).best())
                .build();
    }
}
