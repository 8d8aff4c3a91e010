package io.ipam.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several processes over one faulty store: see {@link Simulation}. */
class SimulationTest {
    private static final long LEAST = 1_000;
    private static final long SECONDS = 12;

    @Test
    @Tag("unmutated")
    void run_ofManySchedules_keepsEveryPromise() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        long seed = 0;
        while (seed < LEAST || System.nanoTime() < deadline) {
            Runs.run(++seed);
        }
        System.out.println("simulation: " + seed + " schedules, seeds 1 to " + seed);
    }

    @Test
    void run_ofOneSeedTwice_hasOneTrace() {
        for (long seed = 1; seed <= 50; seed++) {
            String trace = Simulation.trace(Schedule.of(seed), PlantedBug.NONE);
            assertEquals(trace, Simulation.trace(Schedule.of(seed), PlantedBug.NONE));
            assertTrue(trace.contains("commit revision 1"), trace);
        }
    }
}
