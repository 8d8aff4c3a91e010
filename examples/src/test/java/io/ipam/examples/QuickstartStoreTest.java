package io.ipam.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quickstart with a file that keeps its state. */
class QuickstartStoreTest {
    @TempDir
    Path folder;

    @Test
    void store_secondRun_findsTheAddressesOfTheFirst() throws Exception {
        QuickstartRun first = run(store("demo"));
        QuickstartRun second = run(store("demo.mv.db"));
        assertEquals(addresses(first), addresses(second));
        assertTrue(addresses(first).size() > 30);
        int kept = addresses(first).size() + 1; // one more is noted in a manifest
        String file = folder.resolve("demo.mv.db").toString();
        assertTrue(first.out().endsWith(file + ": keeps " + kept + " held addresses; the next run finds them\n"));
        assertFalse(first.out().contains("found"));
        assertTrue(second.out().startsWith(file + ": found " + kept + " held addresses\n"));
        assertTrue(Files.exists(Path.of(file)));
        assertEquals(pools(first), pools(second));
    }

    @Test
    void store_manifestChanged_isReported() throws Exception {
        String manifests = Files.createDirectory(folder.resolve("manifests")).toString();
        pool(manifests, "10.1.0.5");
        run(store("changed"), manifests);
        pool(manifests, "10.1.0.6");
        String output = run(store("changed"), manifests).out();
        assertTrue(
                output.contains("  pool mine is not as in its manifest; delete the file to use the manifest\n"),
                output);
        assertTrue(output.contains("10.1.0.5/16"), output);
    }

    @Test
    void store_noDatabase_failsWithOneMessage() throws Exception {
        Files.writeString(folder.resolve("text.mv.db"), "not a database");
        QuickstartRun run = QuickstartRun.of(store("text"));
        assertEquals(1, run.exitCode());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("cannot create the tables: "), run.err());
        assertFalse(run.err().contains("\tat "), run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--stor=x", "--store=", "--store=a --store=b", "a b"})
    void arguments_unknownOrRepeated_areRefused(String arguments) {
        BrokenManifestException refused =
                assertThrows(BrokenManifestException.class, () -> Options.parse(arguments.split(" ")));
        assertTrue(refused.getMessage().startsWith("arguments: at most one directory"), refused.getMessage());
    }

    @Test
    void quickstart_withoutStore_loadsNoClassOfAStore() throws Exception {
        String loaded = QuickstartRun.withJvmOption("-Xlog:class+load:stdout").out();
        assertTrue(loaded.contains(" io.ipam.examples.Quickstart "));
        assertFalse(loaded.contains(" org.h2."));
        assertFalse(loaded.contains(" io.ipam.store.jdbc."));
    }

    private String store(String name) {
        return "--store=" + folder.resolve(name);
    }

    private static QuickstartRun run(String... arguments) throws Exception {
        QuickstartRun run = QuickstartRun.of(arguments);
        assertEquals("", run.err());
        assertEquals(0, run.exitCode());
        return run;
    }

    private static void pool(String folder, String address) throws Exception {
        Files.writeString(Path.of(folder, "all.yaml"), """
                apiVersion: spiderpool.spidernet.io/v2beta1
                kind: SpiderIPPool
                metadata: {name: mine}
                spec: {subnet: 10.1.0.0/16, ips: [%s], default: true}
                ---
                {apiVersion: v1, kind: Pod, metadata: {name: p}}
                """.formatted(address));
    }

    private static List<String> addresses(QuickstartRun run) {
        return run.out().lines().filter(line -> line.contains("  gateway ")).toList();
    }

    private static List<String> pools(QuickstartRun run) {
        return run.out()
                .lines()
                .dropWhile(line -> !line.startsWith("NAME "))
                .takeWhile(line -> !line.isEmpty())
                .toList();
    }
}
