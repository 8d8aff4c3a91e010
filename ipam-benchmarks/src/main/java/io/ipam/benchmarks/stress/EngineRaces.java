package io.ipam.benchmarks.stress;

import io.ipam.AllocationResult;
import io.ipam.allocation.Allocation;
import io.ipam.allocation.Observation;
import io.ipam.allocation.ReconcileMode;
import io.ipam.allocation.UpdateResult;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.IZ_Result;

/** Two threads on one engine. Addresses are numbers of {@link TinyCluster}. */
public final class EngineRaces {
    private EngineRaces() {}

    /** Two owners, one address. */
    @JCStressTest
    @Description("Two owners ask for the last address: one gets it.")
    @Outcome(
            id = {"11, -1", "-1, 11"},
            expect = Expect.ACCEPTABLE,
            desc = "one of them")
    @Outcome(expect = Expect.FORBIDDEN, desc = "handed out twice, or a false exhausted")
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

    /** One owner, two asks. */
    @JCStressTest
    @Description("One owner asks twice, with different candidates: both get the same, and nothing else is held.")
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
    @Description("Two owners want both addresses, in opposite orders: one gets both, the other none.")
    @Outcome(
            id = {"2, 0, 2", "0, 2, 2"},
            expect = Expect.ACCEPTABLE,
            desc = "all or none")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a part, both, or nobody")
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
    @Description("One asks for an address that another releases: it gets it, or nothing was free yet.")
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

    /** Something is free all the time. */
    @JCStressTest
    @Description("b is free until a is released: whoever names both gets one of them.")
    @Outcome(
            id = {"11, 21", "21, -1"},
            expect = Expect.ACCEPTABLE,
            desc = "found what was free")
    @Outcome(id = "21, 21", expect = Expect.FORBIDDEN, desc = "handed out twice")
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

    /** One release counts. */
    @JCStressTest
    @Description("Two threads release the same: one of them does, the other is told that nothing is held.")
    @Outcome(
            id = {"1, 0, 0", "0, 1, 0"},
            expect = Expect.ACCEPTABLE,
            desc = "released once")
    @Outcome(expect = Expect.FORBIDDEN, desc = "released twice, or not at all")
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

    /** A token guards. */
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

    /** A pool is removed. */
    @JCStressTest
    @Description("Pool a is removed while somebody asks for a or b: b, or the removal is blocked.")
    @Outcome(
            id = {"1, 21", "0, 11"},
            expect = Expect.ACCEPTABLE,
            desc = "before or after the removal")
    @Outcome(expect = Expect.FORBIDDEN, desc = "an address of a pool that is gone")
    @State
    public static class RemovedPool {
        private final TinyCluster cluster = new TinyCluster();

        @Actor
        public void remover(II_Result r) {
            UpdateResult result = cluster.ipam.update(TinyCluster.BOTH, TinyCluster.ONLY_B);
            r.r1 = result.isUpdated() ? 1 : 0;
        }

        @Actor
        public void asker(II_Result r) {
            r.r2 = cluster.address(TinyCluster.P, TinyCluster.OF_A_OR_B);
        }
    }

    /** Two pools change at once. */
    @JCStressTest
    @Description("The gateways of both pools change while somebody asks for both: old ones or new ones.")
    @Outcome(
            id = {"100, 100", "200, 200"},
            expect = Expect.ACCEPTABLE,
            desc = "one catalog")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a mix of two catalogs")
    @State
    public static class NoMix {
        private final TinyCluster cluster = new TinyCluster();

        @Actor
        public void changer() {
            cluster.ipam.update(TinyCluster.BOTH, TinyCluster.OTHERS);
        }

        @Actor
        public void asker(II_Result r) {
            List<Allocation> allocations =
                    cluster.ask(TinyCluster.P, TinyCluster.OF_A_AND_B).orElseThrow();
            r.r1 = gateway(allocations.get(0));
            r.r2 = gateway(allocations.get(1));
        }

        private static int gateway(Allocation allocation) {
            return (int) allocation.gateway().orElseThrow().low() & 255;
        }
    }

    /** The dead come back. */
    @JCStressTest
    @Description("Reconciling frees what a dead owner holds while it comes back: it comes back to an address.")
    @Outcome(
            id = {"0, 11, 1", "1, 11, 1"},
            expect = Expect.ACCEPTABLE,
            desc = "renewed, or freed and granted anew")
    @Outcome(expect = Expect.FORBIDDEN, desc = "what was renewed is freed")
    @State
    public static class Reconciled {
        private final TinyCluster cluster = new TinyCluster();
        private final Observation observation;

        /** a1 is held by somebody who was dead before. */
        public Reconciled() {
            cluster.ask(TinyCluster.DB_1, TinyCluster.OF_A);
            cluster.ipam.reconcile(cluster.ipam.observe(), List.of(), ReconcileMode.FREE);
            cluster.clock.incrementAndGet();
            observation = cluster.ipam.observe();
        }

        @Actor
        public void reconciler(III_Result r) {
            r.r1 = cluster.ipam
                    .reconcile(observation, List.of(), ReconcileMode.FREE)
                    .released()
                    .size();
        }

        @Actor
        public void asker(III_Result r) {
            r.r2 = cluster.address(TinyCluster.DB_2, TinyCluster.OF_A);
        }

        @Arbiter
        public void after(III_Result r) {
            r.r3 = cluster.held();
        }
    }

    /** One cut. */
    @JCStressTest
    @Description("An export beside a request for two addresses: both or none.")
    @Outcome(
            id = {"2, 0", "2, 2"},
            expect = Expect.ACCEPTABLE,
            desc = "one cut")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a part of a request")
    @State
    public static class Exported {
        private final TinyCluster cluster = new TinyCluster();

        @Actor
        public void asker(II_Result r) {
            r.r1 = cluster.count(TinyCluster.P, TinyCluster.OF_A_AND_B);
        }

        @Actor
        public void exporter(II_Result r) {
            r.r2 = cluster.held();
        }
    }

    /** The indexes and the bits fit at any time. */
    @JCStressTest
    @Description("Every invariant holds while somebody asks and releases.")
    @Outcome(id = "0, true", expect = Expect.ACCEPTABLE, desc = "nothing broken")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a broken invariant is seen")
    @State
    public static class Verified {
        private final TinyCluster cluster = new TinyCluster();

        @Actor
        public void asker(IZ_Result r) {
            AllocationResult result = cluster.ask(TinyCluster.P, TinyCluster.OF_A_AND_B);
            cluster.release(TinyCluster.P);
            r.r2 = result.isAllocated();
        }

        @Actor
        public void verifier(IZ_Result r) {
            r.r1 = cluster.ipam.state().verify().size();
        }
    }
}
