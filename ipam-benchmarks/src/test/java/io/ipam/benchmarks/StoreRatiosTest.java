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
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arguments and the goals of the program for stores. Nothing is measured. */
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
        assertEquals(15, findings.size(), findings::toString);
    }

    /** An H2 database in a file is for one process. */
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
        Files.writeString(document, "before\n<!-- begin mine -->\nprevious\n<!-- end mine -->\nafter\n");
        StoreRatios.parse("--smoke", "--store=memory", "--goal=10", "--into=" + document, "--part=mine")
                .run();
        String text = Files.readString(document);
        assertTrue(text.contains("| 10   | memory | 1 process x 8 callers"), text);
        assertTrue(text.startsWith("before\n") && text.endsWith("\nafter\n") && !text.contains("previous"), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--goal=10", "--store=redis", "--part=store", ""})
    void parseOfGrowth_unknownArgument_throws(String argument) {
        assertThrows(IllegalArgumentException.class, () -> StoreGrowth.parse(argument));
    }

    /** Callers are limited to 8, and processes to 3, so that curves have two points. */
    @Test
    void runOfGrowth_memory_writesCurvesAndImages(@TempDir Path folder) throws IOException {
        Path document = folder.resolve("a.md");
        Files.writeString(document, "<!-- begin store-growth -->\n<!-- end store-growth -->\n");
        StoreGrowth.parse("--smoke", "--store=memory", "--images=" + folder, "--into=" + document)
                .run();
        String text = Files.readString(document);
        assertTrue(text.contains("| one process, by callers, r | 1 | 8 |\n|-|-|-|\n| memory | "), text);
        assertTrue(text.contains("| processes with 8 callers each, by processes, r | 1 | 2 |\n"), text);
        assertTrue(text.contains("| one process with 64 callers, by held addresses, r | 1,000 |\n"), text);
        for (String image : List.of("store-by-callers.png", "store-by-processes.png")) {
            assertEquals(960, ImageIO.read(folder.resolve(image).toFile()).getWidth());
        }
    }

    /** Needs the program etcd. */
    @Test
    @Tag("etcd")
    void run_etcd_hasFindingsOfSharedStores() throws SQLException {
        for (String url : List.of("etcd-1", "etcd-3")) {
            List<Finding> findings = smoke(url);
            assertEquals(Set.of(10, 11, 12, 13, 14), goals(findings));
            assertEquals(url.replace("-", ", "), findings.get(0).store().substring(0, 7));
        }
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
