package io.ipam.benchmarks;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.benchmarks.contest.Bar;
import io.ipam.benchmarks.contest.Effort;
import io.ipam.benchmarks.contest.Fork;
import io.ipam.benchmarks.contest.Goal;
import io.ipam.benchmarks.contest.Row;
import io.ipam.benchmarks.contest.Sections;
import io.ipam.benchmarks.goals.Goals;
import io.ipam.benchmarks.growth.Curve;
import io.ipam.benchmarks.growth.Family;
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

/** The arguments and the goals of the programs. Nothing is measured. */
class ProgramsTest {
    @ParameterizedTest
    @ValueSource(strings = {"--goal=0", "--goal=10", "--goal=x", "--fast", ""})
    void main_unknownArgument_isRefused(String argument) {
        assertThrows(IllegalArgumentException.class, () -> Ratios.parse(argument));
        assertThrows(IllegalArgumentException.class, () -> Growth.parse(argument));
    }

    @Test
    void main_knownArguments_areParsed() {
        assertDoesNotThrow(() -> Ratios.parse("--full", "--goal=3"));
        assertDoesNotThrow(() -> Growth.parse("--quick", "--images=target"));
    }

    @Test
    void goals_all_areNumberedFromOne() {
        assertEquals(
                IntStream.rangeClosed(1, Goals.all().size()).boxed().toList(),
                Goals.all().stream().map(Goal::number).toList());
    }

    /** The other goals create a million addresses each. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void goal_run_returnsRows(int number) {
        List<Row> rows = Goals.all().get(number - 1).run(Effort.SMOKE);
        assertFalse(rows.isEmpty());
        assertTrue(rows.stream().allMatch(row -> row.goal() == number && row.ours() >= 0 && row.peer() >= 0));
    }

    @Test
    void main_anyRatioShort_exitsWithOne() {
        Row fine = new Row(1, "a", 1, "peer", 10, "ns", Bar.atLeast(10));
        Row short1 = new Row(1, "b", 1, "peer", 9, "ns", Bar.atLeast(10));
        assertEquals(0, Ratios.parse("--goal=1").run(goal -> List.of(fine)));
        assertEquals(1, Ratios.parse("--goal=1").run(goal -> List.of(fine, short1)));
    }

    @Test
    void goal_forked_runsInAnotherProcess() {
        List<?> rows = (List<?>) Fork.call(Ratios.class, List.of("--smoke", "--goal=4"));
        assertEquals(4, ((Row) rows.get(0)).goal());
    }

    @Test
    void main_into_replacesThePartOfADocument(@TempDir Path directory) throws IOException {
        Path document = directory.resolve("a.md");
        Files.writeString(document, "before\n<!-- begin ratios -->\nold\n<!-- end ratios -->\nafter\n");
        Row row = new Row(1, "a", 1, "peer", 10, "ns", Bar.atLeast(10));
        Ratios.parse("--goal=1", "--into=" + document).run(goal -> List.of(row));
        String text = Files.readString(document);
        assertTrue(text.startsWith("before\n<!-- begin ratios -->\n"), text);
        assertTrue(text.contains("| 1    | a    | 1 ns | peer | 10 ns  | 10x   | >= 10x | ok |"), text);
        assertTrue(text.endsWith("\n<!-- end ratios -->\nafter\n"), text);
        assertFalse(text.contains("old"), text);
        assertThrows(IllegalArgumentException.class, () -> Sections.replace(document, "growth", ""));
    }

    @Test
    void replace_longLines_wrapsProseAndNoTable(@TempDir Path directory) throws IOException {
        Path document = directory.resolve("page.md");
        Files.writeString(document, "<!-- begin a -->\n<!-- end a -->\n");
        String prose = "word ".repeat(50).strip();
        String row = "| " + prose + " |";
        Sections.replace(document, "a", prose + "\n" + row);
        List<String> lines = Files.readAllLines(document);
        assertTrue(lines.contains(row), lines::toString);
        List<String> wrapped = lines.subList(2, lines.indexOf(row));
        assertEquals(prose, String.join(" ", wrapped));
        assertTrue(wrapped.stream().allMatch(line -> line.length() <= 100), wrapped::toString);
    }

    @Test
    void main_images_writesImages(@TempDir Path directory) throws IOException {
        Curve curve = new Curve("a", List.of(new Curve.Point("1", 1, 5), new Curve.Point("2", 2, 50)));
        for (Family family : List.of(Family.OCCUPANCY, Family.HELD, Family.MEMORY_BY_OCCUPANCY)) {
            Plots.draw(directory, family, List.of(curve));
        }
        for (String name : List.of("cost-by-occupancy", "cost-by-held", "memory-per-address")) {
            Path file = directory.resolve(name + ".png");
            assertTrue(Files.size(file) > 1_000 && Files.size(file) < 100_000, name);
            assertEquals(960, ImageIO.read(file.toFile()).getWidth());
        }
    }
}
