package io.ipam.benchmarks.stress;

import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import io.ipam.number.Position;
import io.ipam.occupancy.Occupancy;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The races of {@link AllocatorRaces} with incorrect allocators. A forbidden outcome there is
 * "interesting" here; {@code PlantedRacesTest} fails if it does not occur.
 */
public final class PlantedRaces {
    private static final long BASE = 0x0A000000;

    private PlantedRaces() {}

    private static Occupancy occupancy(int last) {
        return Occupancy.of(AddressSet.of(AddressRange.parse("10.0.0.0-10.0.0." + last)));
    }

    /** Chooses in one step and takes in another. */
    @JCStressTest
    @Description("Two threads choose, then take, each step under the lock.")
    @Outcome(
            id = {"0, 1", "1, 0"},
            expect = Expect.ACCEPTABLE,
            desc = "one each")
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE_INTERESTING, desc = "planted: allocated twice")
    @Outcome(expect = Expect.FORBIDDEN)
    @State
    public static class PlantedDoubleHandOut {
        private final Occupancy occupancy = occupancy(1);

        @Actor
        public void one(II_Result r) {
            r.r1 = allocate();
        }

        @Actor
        public void other(II_Result r) {
            r.r2 = allocate();
        }

        private int allocate() {
            Position at = new Position();
            synchronized (occupancy) {
                occupancy.lowestFree(at);
            }
            synchronized (occupancy) {
                occupancy.take(at.high(), at.low());
            }
            return (int) (at.low() - BASE);
        }
    }

    /** Checks one address after the other. */
    @JCStressTest
    @Description("Of four addresses 3 is free until 0 is released; the request checks each in a separate step.")
    @Outcome(
            id = {"0, 1", "3, 0"},
            expect = Expect.ACCEPTABLE,
            desc = "found what was free")
    @Outcome(id = "-1, 1", expect = Expect.ACCEPTABLE_INTERESTING, desc = "planted: a false exhausted")
    @Outcome(expect = Expect.FORBIDDEN)
    @State
    public static class PlantedFalseExhausted {
        private final Occupancy occupancy = occupancy(3);

        /** 0, 1 and 2 are taken. */
        public PlantedFalseExhausted() {
            occupancy.takeRun(0, BASE, 0, BASE + 2);
        }

        @Actor
        public void seeker(II_Result r) {
            r.r1 = -1;
            for (int i = 0; i < 4 && r.r1 < 0; i++) {
                if (take(i)) {
                    r.r1 = i;
                }
            }
        }

        @Actor
        public void mover(II_Result r) {
            synchronized (occupancy) {
                occupancy.release(0, BASE);
            }
            r.r2 = take(3) ? 1 : 0;
        }

        private boolean take(int i) {
            synchronized (occupancy) {
                return occupancy.take(0, BASE + i);
            }
        }
    }

    /** No lock. */
    @JCStressTest
    @Description("Two threads take from one bitmap without a lock.")
    @Outcome(
            id = {"0, 1", "1, 0"},
            expect = Expect.ACCEPTABLE,
            desc = "one each")
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE_INTERESTING, desc = "planted: allocated twice")
    @Outcome(expect = Expect.FORBIDDEN)
    @State
    public static class PlantedWithoutLock {
        private final Occupancy occupancy = occupancy(1);

        @Actor
        public void one(II_Result r) {
            r.r1 = allocate();
        }

        @Actor
        public void other(II_Result r) {
            r.r2 = allocate();
        }

        private int allocate() {
            Position at = new Position();
            return occupancy.takeLowest(at) ? (int) (at.low() - BASE) : -1;
        }
    }
}
