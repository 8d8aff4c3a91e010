package io.ipam.benchmarks.growth;

import io.ipam.benchmarks.contest.Effort;
import io.ipam.benchmarks.contest.Figures;
import io.ipam.benchmarks.contest.Lineup;
import io.ipam.benchmarks.contest.Threads;
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
        Lineup apart = Sides.requests(2);
        Lineup together = Sides.requests(1);
        Figures figures =
                new Threads(effort.forMuchCode()).run(List.of(apart, apart.alone(), together, together.alone()));
        return List.of(
                curve("a request of each thread: 1 to 2 threads, on a pool each", figures, apart),
                curve("a request of each thread: 1 to 2 threads, on one pool", figures, together));
    }

    private static Curve curve(String name, Figures figures, Lineup two) {
        return Curve.named(name)
                .add("1", 1, figures.median(two.alone().name()))
                .add("2", 2, figures.median(two.name()))
                .build();
    }
}
