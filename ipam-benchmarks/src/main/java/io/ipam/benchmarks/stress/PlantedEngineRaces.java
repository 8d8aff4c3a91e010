package io.ipam.benchmarks.stress;

import io.ipam.allocation.Allocation;
import io.ipam.allocation.StateSnapshot;
import io.ipam.resolution.Workload;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The races of {@link EngineRaces} and {@link StateRaces}, with correct calls in a wrong
 * combination. An outcome that is forbidden there is "interesting" here; {@code PlantedRacesTest}
 * fails if it does not occur.
 */
public final class PlantedEngineRaces {
    private PlantedEngineRaces() {}

    /** Allocates one demand after the other, and releases on failure. */
    @JCStressTest
    @Description("Two owners allocate one address after the other, and release the first if there is no second.")
    @Outcome(
            id = {"2, 0, 2", "0, 2, 2"},
            expect = Expect.ACCEPTABLE,
            desc = "all or none")
    @Outcome(id = "0, 0, 0", expect = Expect.ACCEPTABLE_INTERESTING, desc = "planted: no owner gets an available pair")
    @Outcome(expect = Expect.FORBIDDEN)
    @State
    public static class PlantedAllocateThenUndo {
        private final TinyCluster cluster = new TinyCluster();

        @Actor
        public void one(III_Result r) {
            r.r1 = cluster.count(TinyCluster.P, TinyCluster.OF_A) == 0 ? 0 : second(TinyCluster.P, "b");
        }

        @Actor
        public void other(III_Result r) {
            r.r2 = cluster.count(TinyCluster.Q, TinyCluster.OF_B) == 0 ? 0 : second(TinyCluster.Q, "a");
        }

        private int second(Workload workload, String pool) {
            boolean isThere = cluster.count(workload, TinyCluster.onNet1(pool)) == 1;
            if (!isThere) {
                cluster.release(workload);
            }
            return isThere ? 2 : 0;
        }

        @Arbiter
        public void after(III_Result r) {
            r.r3 = cluster.held();
        }
    }

    /** Tries each candidate in a separate request. */
    @JCStressTest
    @Description("b is free until a is released; the request tries a, then b.")
    @Outcome(
            id = {"11, 21", "21, -1"},
            expect = Expect.ACCEPTABLE,
            desc = "found what was free")
    @Outcome(id = "-1, 21", expect = Expect.ACCEPTABLE_INTERESTING, desc = "planted: a false exhausted")
    @Outcome(expect = Expect.FORBIDDEN)
    @State
    public static class PlantedFallbackAlone {
        private final TinyCluster cluster = new TinyCluster();

        /** a1 is held. */
        public PlantedFallbackAlone() {
            cluster.ask(TinyCluster.Q, TinyCluster.OF_A);
        }

        @Actor
        public void seeker(II_Result r) {
            int first = cluster.address(TinyCluster.P, TinyCluster.OF_A);
            r.r1 = first > 0 ? first : cluster.address(TinyCluster.P, TinyCluster.OF_B);
        }

        @Actor
        public void mover(II_Result r) {
            cluster.release(TinyCluster.Q);
            r.r2 = cluster.address(TinyCluster.DB_1, TinyCluster.OF_B);
        }
    }

    /** Checks the token, then releases without it. */
    @JCStressTest
    @Description("A late release checks the token in one step and releases in another.")
    @Outcome(
            id = {"1, 11, 1", "0, 11, 1"},
            expect = Expect.ACCEPTABLE,
            desc = "the new grant is held")
    @Outcome(id = "1, 11, 0", expect = Expect.ACCEPTABLE_INTERESTING, desc = "planted: the new grant is ended")
    @Outcome(expect = Expect.FORBIDDEN)
    @State
    public static class PlantedReleaseWithoutGuard {
        private final TinyCluster cluster = new TinyCluster();
        private final Allocation first;

        /** a1 is held. */
        public PlantedReleaseWithoutGuard() {
            first = cluster.ask(TinyCluster.P, TinyCluster.OF_A).orElseThrow().get(0);
        }

        @Actor
        public void late(III_Result r) {
            StateSnapshot seen = cluster.ipam.state().export();
            boolean isMeant = seen.pools().stream()
                    .flatMap(pool -> pool.held().stream())
                    .anyMatch(held -> held.generation() == first.generation());
            r.r1 = isMeant ? cluster.release(TinyCluster.P) : 0;
        }

        @Actor
        public void again(III_Result r) {
            cluster.release(TinyCluster.P);
            r.r2 = cluster.address(TinyCluster.P, TinyCluster.OF_A);
        }

        @Arbiter
        public void after(III_Result r) {
            r.r3 = cluster.held();
        }
    }

    /** Exports one pool after the other. */
    @JCStressTest
    @Description("An export that reads one pool after the other, during a request for two addresses.")
    @Outcome(
            id = {"2, 0", "2, 2"},
            expect = Expect.ACCEPTABLE,
            desc = "one cut")
    @Outcome(id = "2, 1", expect = Expect.ACCEPTABLE_INTERESTING, desc = "planted: a part of a request")
    @Outcome(expect = Expect.FORBIDDEN)
    @State
    public static class PlantedExportInParts {
        private final TinyCluster cluster = new TinyCluster();

        @Actor
        public void asker(II_Result r) {
            r.r1 = cluster.count(TinyCluster.P, TinyCluster.OF_A_AND_B);
        }

        @Actor
        public void exporter(II_Result r) {
            r.r2 = held("a") + held("b");
        }

        private int held(String pool) {
            return (int) cluster.ipam.usage(pool).orElseThrow().held();
        }
    }
}
