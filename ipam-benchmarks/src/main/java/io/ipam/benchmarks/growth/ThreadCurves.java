package io.ipam.benchmarks.growth;

import io.ipam.benchmarks.contest.Effort;
import io.ipam.benchmarks.contest.Figures;
import io.ipam.benchmarks.contest.Lineup;
import io.ipam.benchmarks.contest.Threads;
import io.ipam.benchmarks.peers.Sides;
import java.util.List;

/** Time per operation of every thread: a flat curve if threads do not slow each other down. */
public final class ThreadCurves {
    private ThreadCurves() {}

    /**
     * Measures one and two threads, on one pool each and on one shared pool.
     *
     * @param effort the duration
     * @return nanoseconds of wall-clock time by number of threads
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
