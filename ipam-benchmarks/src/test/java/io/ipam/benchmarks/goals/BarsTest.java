package io.ipam.benchmarks.goals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.benchmarks.contest.Bar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the bars of {@code Ratios} with the table "The goals" in docs/performance.md. */
class BarsTest {
    private static final Path PAGE = Path.of("..", "docs", "performance.md");
    private static final Pattern BAR = Pattern.compile("[0-9][0-9.,]*(x| B| kB| us)(?![a-z])");

    static Stream<Integer> goals() {
        return Goals.all().stream().map(goal -> goal.number());
    }

    @ParameterizedTest
    @MethodSource("goals")
    void bars_goal_equalThoseOfThePage(int goal) throws IOException {
        String row = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| " + goal + " |"))
                .findFirst()
                .orElseThrow();
        List<String> expected =
                BAR.matcher(row).results().map(MatchResult::group).toList();
        List<String> actual = Stream.of(Bars.values())
                .filter(bar -> bar.goal() == goal)
                .map(Bars::text)
                .toList();
        assertEquals(expected, actual);
        assertTrue(!actual.isEmpty());
    }

    @Test
    void bar_text_isItsNumber() {
        assertEquals(Bar.atLeast(20_000), Bars.REFERENCE_5000.bar());
        assertEquals(Bar.atMost(2.5), Bars.CHURN_12_TO_16.bar());
        assertEquals(Bar.figure(8_000), Bars.WHOLE_WAY.bar());
        assertEquals(Bar.figure(64_000), Bars.EMPTY_IPAM.bar());
        assertEquals(Bar.figure(0.15), Bars.FULL_16.bar());
    }
}
