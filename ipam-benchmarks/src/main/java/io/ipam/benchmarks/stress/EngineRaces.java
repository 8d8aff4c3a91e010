package io.ipam.benchmarks.stress;

import io.ipam.allocation.Allocation;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two threads that allocate or release. Addresses are numbers of {@link TinyCluster}. */
public final class EngineRaces {
    private EngineRaces() {}

    /** Two owners, one address. */
    @JCStressTest
    @Description("Two owners request the last address: one gets it.")
    @Outcome(
            id = {"11, -1", "-1, 11"},
            expect = Expect.ACCEPTABLE,
            desc = "one of them")
    @Outcome(expect = Expect.FORBIDDEN, desc = "allocated twice, or a false exhausted")
    @State
    public static class LastAddress {
        private final TinyCluster cluster = new TinyCluster();

        @Actor
        public void one(II_Result r) {
            r.r1 = cluster.address(TinyCluster.P, TinyCluster.OF_A);
        }

        @Actor
        public void other(II_Result r) {
            r.r2 = cluster.address(TinyCluster.Q, TinyCluster.OF_A);
        }
    }

    /** Two requests of one owner. */
    @JCStressTest
    @Description(
            "One owner makes two requests with different candidates: both get the same address, and no other is held.")
    @Outcome(
            id = {"11, 11, 1", "21, 21, 1"},
            expect = Expect.ACCEPTABLE,
            desc = "the same for both")
    @Outcome(expect = Expect.FORBIDDEN, desc = "two addresses for one interface")
    @State
    public static class OneOwner {
        private final TinyCluster cluster = new TinyCluster();

        @Actor
        public void one(III_Result r) {
            r.r1 = cluster.address(TinyCluster.P, TinyCluster.OF_A);
        }

        @Actor
        public void other(III_Result r) {
            r.r2 = cluster.address(TinyCluster.P, TinyCluster.OF_B);
        }

        @Arbiter
        public void after(III_Result r) {
            r.r3 = cluster.held();
        }
    }

    /** Two demands each, locked in opposite orders. */
    @JCStressTest
    @Description("Two owners request both addresses, in opposite orders: one gets both, the other none.")
    @Outcome(
            id = {"2, 0, 2", "0, 2, 2"},
            expect = Expect.ACCEPTABLE,
            desc = "all or none")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a part, both, or no owner")
    @State
    public static class OppositeOrders {
        private final TinyCluster cluster = new TinyCluster();

        @Actor
        public void one(III_Result r) {
            r.r1 = cluster.count(TinyCluster.P, TinyCluster.OF_A_AND_B);
        }

        @Actor
        public void other(III_Result r) {
            r.r2 = cluster.count(TinyCluster.Q, TinyCluster.OF_B_AND_A);
        }

        @Arbiter
        public void after(III_Result r) {
            r.r3 = cluster.held();
        }
    }

    /** The last address is released. */
    @JCStressTest
    @Description("One owner requests an address that another releases: it gets the address, or none was free yet.")
    @Outcome(
            id = {"11, 1", "-1, 1"},
            expect = Expect.ACCEPTABLE,
            desc = "before or after the release")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the release or the address is lost")
    @State
    public static class AskAndRelease {
        private final TinyCluster cluster = new TinyCluster();

        /** a1 is held. */
        public AskAndRelease() {
            cluster.ask(TinyCluster.Q, TinyCluster.OF_A);
        }

        @Actor
        public void asker(II_Result r) {
            r.r1 = cluster.address(TinyCluster.P, TinyCluster.OF_A);
        }

        @Actor
        public void releaser(II_Result r) {
            r.r2 = cluster.release(TinyCluster.Q);
        }
    }

    /** An address is free at any time. */
    @JCStressTest
    @Description("b is free until a is released: a request that names both gets one of them.")
    @Outcome(
            id = {"11, 21", "21, -1"},
            expect = Expect.ACCEPTABLE,
            desc = "found what was free")
    @Outcome(id = "21, 21", expect = Expect.FORBIDDEN, desc = "allocated twice")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a false exhausted")
    @State
    public static class NeverExhausted {
        private final TinyCluster cluster = new TinyCluster();

        /** a1 is held. */
        public NeverExhausted() {
            cluster.ask(TinyCluster.Q, TinyCluster.OF_A);
        }

        @Actor
        public void seeker(II_Result r) {
            r.r1 = cluster.address(TinyCluster.P, TinyCluster.OF_A_OR_B);
        }

        @Actor
        public void mover(II_Result r) {
            cluster.release(TinyCluster.Q);
            r.r2 = cluster.address(TinyCluster.DB_1, TinyCluster.OF_B);
        }
    }

    /** One release succeeds. */
    @JCStressTest
    @Description("Two threads release the same address: one succeeds, the other gets NotAllocated.")
    @Outcome(
            id = {"1, 0, 0", "0, 1, 0"},
            expect = Expect.ACCEPTABLE,
            desc = "released once")
    @Outcome(expect = Expect.FORBIDDEN, desc = "released twice, or never")
    @State
    public static class ReleasedOnce {
        private final TinyCluster cluster = new TinyCluster();

        /** a1 is held. */
        public ReleasedOnce() {
            cluster.ask(TinyCluster.P, TinyCluster.OF_A);
        }

        @Actor
        public void one(III_Result r) {
            r.r1 = cluster.release(TinyCluster.P);
        }

        @Actor
        public void other(III_Result r) {
            r.r2 = cluster.release(TinyCluster.P);
        }

        @Arbiter
        public void after(III_Result r) {
            r.r3 = cluster.held();
        }
    }

    /** The token guards the grant. */
    @JCStressTest
    @Description("A late release by token meets a release and a new grant: it ends the first grant, or nothing.")
    @Outcome(
            id = {"1, 11, 1", "0, 11, 1"},
            expect = Expect.ACCEPTABLE,
            desc = "the new grant is held")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the new grant was ended by the old token")
    @State
    public static class LateRelease {
        private final TinyCluster cluster = new TinyCluster();
        private final Allocation first;

        /** a1 is held. */
        public LateRelease() {
            first = cluster.ask(TinyCluster.P, TinyCluster.OF_A).orElseThrow().get(0);
        }

        @Actor
        public void late(III_Result r) {
            boolean isReleased = cluster.ipam
                    .release(TinyCluster.P.owner(), first.address(), first.generation())
                    .isReleased();
            r.r1 = isReleased ? 1 : 0;
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
}
