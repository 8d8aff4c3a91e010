package io.ipam.simulation;

import static org.junit.jupiter.api.Assertions.assertThrows;

/** Runs schedules, and makes a human-readable report if one fails. Thread safety: no state. */
final class Runs {
    private Runs() {}

    /** Runs the schedule of a seed; throws its shrunk script if it breaks a promise. */
    static void run(long seed) {
        Schedule schedule = Schedule.of(seed);
        if (!Simulation.passes(schedule, PlantedBug.NONE)) {
            throw new AssertionError(report(schedule, PlantedBug.NONE));
        }
    }

    /** The shortest script that breaks a promise, and the command that repeats it. */
    static String report(Schedule failing, PlantedBug bug) {
        Schedule shrunk = Shrinker.shrink(failing, schedule -> !Simulation.passes(schedule, bug));
        Violation violation = assertThrows(Violation.class, () -> Simulation.trace(shrunk, bug));
        return "seed " + failing.seed() + ", " + shrunk.events().size() + " of "
                + failing.events().size() + " events. Repeat it with\n"
                + "mvn verify -Psimulation -pl ipam-core -am -Dtest=SimulationRangeTest"
                + " -Dsimulation.from=" + failing.seed() + " -Dsimulation.to=" + failing.seed() + "\n"
                + violation.getMessage();
    }
}
