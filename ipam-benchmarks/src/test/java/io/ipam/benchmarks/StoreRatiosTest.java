package io.ipam.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.benchmarks.store.Backend;
import io.ipam.benchmarks.store.Backends;
import io.ipam.benchmarks.store.Finding;
import io.ipam.benchmarks.store.StoreEffort;
import io.ipam.benchmarks.store.StoreGoals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program for stores parses its arguments, and its goals run. Nothing is measured here. */
class StoreRatiosTest {
    @ParameterizedTest
    @ValueSource(strings = {"--goal=9", "--goal=15", "--store=redis", "--fast", ""})
    void parse_unknownArgument_throws(String argument) {
        assertThrows(IllegalArgumentException.class, () -> StoreRatios.parse(argument));
    }

    private static List<Finding> smoke(String url) throws SQLException {
        try (Backend store = Backends.open(url)) {
            return new StoreGoals(store, StoreEffort.SMOKE, 0).run();
        }
    }

    private static Set<Integer> goals(List<Finding> findings) {
        return findings.stream().map(Finding::goal).collect(Collectors.toSet());
    }

    @Test
    void run_memory_hasFindingsOfAllGoals() throws SQLException {
        List<Finding> findings = smoke("memory");
        assertEquals(Set.of(10, 11, 12, 13, 14), goals(findings));
        assertEquals(13, findings.size(), findings::toString);
    }

    /** H2 in a file is for one process. */
    @Test
    void run_h2_hasFindingsOfOneProcess() throws SQLException {
        List<Finding> findings = smoke("h2");
        assertEquals(Set.of(10, 12, 13), goals(findings));
        assertEquals(
                "bare commits, of conditional updates of one row in plain SQL",
                findings.get(0).what());
    }

    @Test
    void run_document_hasTableInItsPart(@TempDir Path folder) throws IOException, SQLException {
        Path document = folder.resolve("a.md");
        Files.writeString(document, "before\n<!-- begin store -->\nprevious\n<!-- end store -->\nafter\n");
        StoreRatios.parse("--smoke", "--store=memory", "--goal=10", "--into=" + document)
                .run();
        String text = Files.readString(document);
        assertTrue(text.contains("| 10   | memory | 1 process x 8 callers"), text);
        assertTrue(text.startsWith("before\n") && text.endsWith("\nafter\n") && !text.contains("previous"), text);
    }

    @Test
    void readOfComparison_linesOfRatios_yieldNanoseconds() {
        Map<String, List<Double>> figures = new HashMap<>();
        for (String line : List.of(
                "| goal | what | ours | peer |",
                "| 7    | the whole   | 8.22 us   | bare | 4.50 us | 0.55x | | - |",
                "| 9    | two threads | 1,105 ns  | one  | 45.0 ns | 2.33x | | - |",
                "| 9    | empty Ipam  | 1,105 B   |      |         |       | | - |")) {
            JarComparison.read(line, figures);
        }
        assertEquals(Map.of("the whole", List.of(8_220.0), "two threads", List.of(1_105.0)), figures);
    }
}
