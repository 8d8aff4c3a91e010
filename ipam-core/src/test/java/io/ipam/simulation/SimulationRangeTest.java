package io.ipam.simulation;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A range of seeds: {@code -Dsimulation.from=.. -Dsimulation.to=..}, 1 to 20,000 by default. */
@Tag("simulation")
class SimulationRangeTest {
    @Test
    void run_ofARange_keepsEveryPromise() {
        long from = Long.getLong("simulation.from", 1);
        long to = Long.getLong("simulation.to", 20_000);
        LongStream.rangeClosed(from, to).parallel().forEach(Runs::run);
        System.out.println("simulation: " + (to - from + 1) + " schedules, seeds " + from + " to " + to);
    }
}
