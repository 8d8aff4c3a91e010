package io.ipam.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation finds bugs: each of the planted ones within some schedules. */
@Tag("unmutated")
class PlantedBugsTest {
    private static final long MOST_SCHEDULES = 2_000;

    private static Optional<Schedule> firstFailing(PlantedBug bug) {
        return LongStream.rangeClosed(1, MOST_SCHEDULES)
                .mapToObj(Schedule::of)
                .filter(schedule -> !Simulation.passes(schedule, bug))
                .findFirst();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void run_plantedBug_isFound(PlantedBug bug) {
        assertTrue(firstFailing(bug).isPresent(), bug::name);
    }

    @Test
    void report_plantedBug_isAShortScript() {
        Schedule failing = firstFailing(PlantedBug.ANSWER_BEFORE_COMMIT).orElseThrow();
        Schedule shrunk = Shrinker.shrink(failing, one -> !Simulation.passes(one, PlantedBug.ANSWER_BEFORE_COMMIT));
        assertTrue(shrunk.events().size() <= 12, shrunk.events()::toString);
        String report = Runs.report(failing, PlantedBug.ANSWER_BEFORE_COMMIT);
        assertTrue(report.contains("no moment since the question explains the answer"), report);
        assertTrue(report.contains("-Dsimulation.from=" + failing.seed()), report);
        assertEquals(report, Runs.report(failing, PlantedBug.ANSWER_BEFORE_COMMIT));
    }
}
