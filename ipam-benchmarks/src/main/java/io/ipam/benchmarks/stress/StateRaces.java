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

/**
 * One thread allocates while another changes or reads the whole state: the catalog, all owners, all
 * records. Addresses are numbers of {@link TinyCluster}.
 */
public final class StateRaces {
    private StateRaces() {}

    /** A pool is removed. */
    @JCStressTest
    @Description("Pool a is removed during a request for a or b: the request gets b, or the removal is blocked.")
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
    @Description("The gateways of both pools change during a request for both: it gets both old or both new ones.")
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

    /** Dead owners return. */
    @JCStressTest
    @Description("A dead owner returns while reconciliation releases its address: it gets an address.")
    @Outcome(
            id = {"0, 11, 1", "1, 11, 1"},
            expect = Expect.ACCEPTABLE,
            desc = "renewed, or freed and granted again")
    @Outcome(expect = Expect.FORBIDDEN, desc = "what was renewed is freed")
    @State
    public static class Reconciled {
        private final TinyCluster cluster = new TinyCluster();
        private final Observation observation;

        /** a1 is held by an owner that was dead before. */
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
    @Description("An export during a request for two addresses has both or none.")
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

    /** The indexes and the bits agree at any time. */
    @JCStressTest
    @Description("Every invariant holds during requests and releases.")
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
