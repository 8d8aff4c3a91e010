package io.ipam.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs every benchmark once, briefly and in this process, so that none breaks unnoticed. It uses
 * the first value of each parameter. Nothing is measured.
 */
class BenchmarkSmokeTest {
    static {
        // Another JMH on this machine would distort figures; this test measures none.
        System.setProperty("jmh.ignoreLock", "true");
    }

    @TestFactory
    Stream<DynamicTest> benchmark_runOnce_succeeds() throws IOException {
        return benchmarks().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getUsername() + " " + entry.getMode().shortLabel(), () -> runBriefly(entry)));
    }

    /**
     * Checks the setup: without the annotation processor the list would be empty and nothing would
     * run.
     */
    @Test
    void benchmarks_annotatedMethods_areAllListed() throws IOException {
        long listed = benchmarks().stream()
                .map(BenchmarkListEntry::getUsername)
                .distinct()
                .count();
        assertEquals(annotatedMethods(Path.of("src/main/java")), listed);
    }

    private static void runBriefly(BenchmarkListEntry entry) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Pattern.quote(entry.getUsername()) + "$")
                .mode(entry.getMode())
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(10))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        firstParameters(entry).forEach(options::param);
        assertFalse(new Runner(options.build()).run().isEmpty());
    }

    private static Map<String, String> firstParameters(BenchmarkListEntry entry) {
        return entry.getParams().orElse(Map.of()).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, parameter -> parameter.getValue()[0]));
    }

    private static Set<BenchmarkListEntry> benchmarks() throws IOException {
        try (InputStream list = BenchmarkSmokeTest.class.getResourceAsStream(BenchmarkList.BENCHMARK_LIST)) {
            if (list == null) {
                return Set.of();
            }
        }
        return BenchmarkList.defaultList()
                .getAll(
                        OutputFormatFactory.createFormatInstance(
                                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                                VerboseMode.SILENT),
                        List.of());
    }

    private static long annotatedMethods(Path sources) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            List<Path> java =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            long count = 0;
            for (Path file : java) {
                count += Files.readAllLines(file).stream()
                        .filter(line -> line.strip().equals("@Benchmark"))
                        .count();
            }
            return count;
        }
    }
}
