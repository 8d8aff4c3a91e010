package io.ipam.benchmarks;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.benchmarks.contest.Effort;
import io.ipam.benchmarks.contest.Goal;
import io.ipam.benchmarks.contest.Row;
import io.ipam.benchmarks.goals.Goals;
import io.ipam.benchmarks.growth.Curve;
import io.ipam.benchmarks.growth.Plots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs understand their arguments, and goals answer for themselves. Nothing is measured here. */
class ProgramsTest {
    @ParameterizedTest
    @ValueSource(strings = {"--goal=0", "--goal=10", "--goal=x", "--fast", ""})
    void unknownArgumentsAreRefused(String argument) {
        assertThrows(IllegalArgumentException.class, () -> Ratios.parse(argument));
        assertThrows(IllegalArgumentException.class, () -> Growth.parse(argument));
    }

    @Test
    void knownArgumentsAreRead() {
        assertDoesNotThrow(() -> Ratios.parse("--full", "--goal=3"));
        assertDoesNotThrow(() -> Growth.parse("--quick", "--images=target"));
    }

    @Test
    void goalsAreNumberedFromOne() {
        assertEquals(
                IntStream.rangeClosed(1, Goals.all().size()).boxed().toList(),
                Goals.all().stream().map(Goal::number).toList());
    }

    /** The others make a million addresses each. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void goalsRun(int number) {
        List<Row> rows = Goals.all().get(number - 1).run(Effort.SMOKE);
        assertFalse(rows.isEmpty());
        assertTrue(rows.stream().allMatch(row -> row.goal() == number && row.ours() > 0 && row.peer() > 0));
    }

    @Test
    void plotsAreImages(@TempDir Path directory) throws IOException {
        Curve curve = new Curve("a", List.of(new Curve.Point("1", 1, 5), new Curve.Point("2", 2, 50)));
        Plots.byLabel(directory.resolve("labels"), "title", "ns", List.of(curve));
        Plots.bySize(directory.resolve("sizes"), "title", "held", List.of(curve));
        for (String name : List.of("labels.png", "sizes.png")) {
            assertTrue(Files.size(directory.resolve(name)) > 1_000);
            assertEquals(900, ImageIO.read(directory.resolve(name).toFile()).getWidth());
        }
    }
}
