package io.ipam.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@link GoldenRun}, with one planted fault for each way in which a run must fail. {@code
 * tiny.json} squares numbers.
 */
class GoldenRunTest {

    @TempDir
    Path project;

    @BeforeEach
    void writePage() throws IOException {
        writeSections("negative");
    }

    @Test
    void run_matchesAndDeclaredDifferences_areCounted() {
        GoldenReport report = run().rule("negative", GoldenRunTest::isNegative, input -> {})
                .on("square", Check.yields(GoldenRunTest::square))
                .on("loop", GoldenRunTest::assertNonTerminating)
                .run();
        assertEquals(new GoldenReport("tiny.json", 3, Map.of("negative", 1), List.of(), List.of()), report);
        assertEquals("tiny.json: matched 3, declared differences: negative 1, unexplained 0", report.summary());
    }

    @Test
    void run_mismatchWithoutRule_fails() {
        AssertionError error = assertThrows(
                AssertionError.class,
                () -> run().on("square", Check.yields(GoldenRunTest::square))
                        .on("loop", GoldenRunTest::assertNonTerminating)
                        .run());
        assertMentions(error, "unexplained 1", "tiny-3: ", "answered ");
    }

    @Test
    void run_ruleWithWrongAssertion_fails() {
        GoldenRun run = complete("negative", GoldenRunTest::isNegative, input -> {
            throw new AssertionError("not refused");
        });
        assertMentions(assertThrows(AssertionError.class, run::run), "tiny-3: rule negative: ", "not refused");
    }

    @Test
    void run_idleRule_failsOnOwnVectorsOnly() throws IOException {
        Rule.Recogniser never = (input, expected) -> false;
        GoldenRun run =
                complete("negative", GoldenRunTest::isNegative, input -> {}).rule("idle", never, input -> {});
        writeSections("negative", "idle");
        assertMentions(assertThrows(AssertionError.class, run::run), "rule idle never applied");
        assertEquals(0, elsewhere().run().unexplained().size());
    }

    @Test
    void run_ruleForOtherVectors_mayBeIdle() throws IOException {
        GoldenRun run = complete("negative", GoldenRunTest::isNegative, input -> {})
                .ruleElsewhere(new Rule("rare", (input, expected) -> false, input -> {}))
                .onElsewhere("cube", (input, expected) -> {});
        writeSections("negative", "rare");
        assertEquals(3, run.run().matched());
    }

    @Test
    void run_ruleOfMatchingCase_isTooWide() {
        GoldenRun run = complete("negative", (input, expected) -> input.has("n"), input -> {});
        assertMentions(assertThrows(AssertionError.class, run::run), "rule negative is too wide: tiny-1 matches");
    }

    @Test
    void run_ruleThrows_caseIsUnexplained() {
        GoldenRun run = complete(
                "negative", (input, expected) -> input.required("absent").isNull(), input -> {});
        assertMentions(assertThrows(AssertionError.class, run::run), "tiny-1: a rule failed: ");
    }

    @Test
    void run_differencesPageMissing_fails() throws IOException {
        Files.delete(project.resolve(Differences.PAGE));
        GoldenRun run = complete("negative", GoldenRunTest::isNegative, input -> {});
        assertMentions(
                assertThrows(AssertionError.class, run::run), "rule negative has no section in docs/differences.md");
    }

    @Test
    void run_ruleNamedOnlyInProse_fails() throws IOException {
        Files.writeString(project.resolve(Differences.PAGE), "# Differences\n\n### other\n\nSee negative.\n");
        GoldenRun run = complete("negative", GoldenRunTest::isNegative, input -> {});
        assertMentions(assertThrows(AssertionError.class, run::run), "rule negative has no section in ");
    }

    @Test
    void run_kindWithoutCheck_fails() {
        GoldenRun run = run().rule("negative", GoldenRunTest::isNegative, input -> {})
                .on("square", Check.yields(GoldenRunTest::square));
        assertMentions(assertThrows(AssertionError.class, run::run), "there is no check for the kind \"loop\"");
    }

    @Test
    void run_checkWithoutCases_fails() {
        GoldenRun run =
                complete("negative", GoldenRunTest::isNegative, input -> {}).on("cube", (input, expected) -> {});
        assertMentions(assertThrows(AssertionError.class, run::run), "no case of the kind \"cube\"");
    }

    @Test
    void run_endlessLoop_failsInBoundedTime() {
        GoldenRun run = run(Duration.ofMillis(300))
                .rule("negative", GoldenRunTest::isNegative, input -> {})
                .on("square", Check.yields(GoldenRunTest::square))
                .on("loop", (input, expected) -> new CountDownLatch(1).await());
        assertMentions(assertThrows(AssertionError.class, run::run), "tiny-4: ", "no answer within PT0.3S");
    }

    @Test
    void declare_sameNameTwice_throws() {
        GoldenRun run = complete("negative", GoldenRunTest::isNegative, input -> {});
        assertThrows(IllegalArgumentException.class, () -> run.rule("negative", (i, e) -> true, i -> {}));
        assertThrows(IllegalArgumentException.class, () -> run.on("square", (input, expected) -> {}));
    }

    @Test
    void read_missingOrInvalidFile_throws() throws IOException {
        GoldenSource folder = new GoldenSource(project, project);
        assertThrows(java.io.UncheckedIOException.class, () -> folder.read("none.json"));
        Files.writeString(project.resolve("empty.json"), "[]");
        assertThrows(IllegalStateException.class, () -> folder.read("empty.json"));
        Files.writeString(
                project.resolve("twice.json"),
                "[{\"id\":\"a\",\"input\":1,\"expected\":1},{\"id\":\"a\",\"input\":1,\"expected\":1}]");
        assertThrows(IllegalStateException.class, () -> folder.read("twice.json"));
    }

    @Test
    void read_everyFileOfVectors_succeeds() {
        GoldenSource own = new GoldenSource(null, project);
        int cases = 0;
        for (String file : List.of(
                "ranges",
                "cidrs",
                "pool_capacity",
                "annotations",
                "wildcards",
                "selectors",
                "sorting",
                "validation",
                "route_grouping",
                "allocation_json",
                "allocation")) {
            cases += own.read(file + ".json").size();
        }
        assertEquals(1539, cases);
    }

    private void writeSections(String... names) throws IOException {
        Path page = project.resolve(Differences.PAGE);
        Files.createDirectories(page.getParent());
        Files.writeString(page, "# Differences\n\n### " + String.join("\n\n### ", names) + "\n");
    }

    private GoldenRun run() {
        return run(Duration.ofMinutes(1));
    }

    private GoldenRun run(Duration limit) {
        return new GoldenRun("tiny.json", new GoldenSource(null, project), limit);
    }

    private GoldenRun complete(String rule, Rule.Recogniser recogniser, Rule.Assertion assertion) {
        return run().rule(rule, recogniser, assertion)
                .on("square", Check.yields(GoldenRunTest::square))
                .on("loop", GoldenRunTest::assertNonTerminating);
    }

    /** The same run over another folder, which contains no negative number. */
    private GoldenRun elsewhere() throws IOException {
        Path folder = Files.createDirectories(project.resolve("other"));
        Files.writeString(
                folder.resolve("tiny.json"), "[{\"id\":\"t\",\"input\":{\"fn\":\"square\",\"n\":5},\"expected\":25}]");
        return new GoldenRun("tiny.json", new GoldenSource(folder, project), Duration.ofMinutes(1))
                .rule("idle", (input, expected) -> false, input -> {})
                .on("square", Check.yields(GoldenRunTest::square));
    }

    private static JsonNode square(JsonNode input) {
        int n = input.get("n").intValue();
        return n < 0 ? IntNode.valueOf(-1) : IntNode.valueOf(n * n);
    }

    private static boolean isNegative(JsonNode input, JsonNode expected) {
        return input.path("n").intValue() < 0;
    }

    private static void assertNonTerminating(JsonNode input, JsonNode expected) {
        assertTrue(Json.neverAnswered(expected));
    }

    private static void assertMentions(Throwable error, String... parts) {
        for (String part : parts) {
            String message = String.valueOf(error.getMessage());
            assertTrue(message.contains(part), () -> "no \"" + part + "\" in: " + message);
        }
    }
}
