package io.ipam.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The text of the project against {@code docs/style.md}, and the script that checks it. */
class WordsTest {

    private static final Script SCRIPT = Script.of("check-words");

    /** Spelled in parts, so that this file adds no match. */
    private static final String NEVER = "any" + "body";

    /** The check that finds it. */
    private static final String CHECK = "no" + "body";

    @TempDir
    Path project;

    @BeforeEach
    void makeProject() throws IOException {
        Files.createDirectories(project.resolve("scripts"));
        Files.createDirectories(project.resolve("m/src/test/java"));
    }

    @Test
    void checkWords_wholeProject_findsNoNewViolation() throws Exception {
        Script.Run run = SCRIPT.run();
        assertEquals(0, run.status(), run.output());
    }

    @Test
    void checkWords_noCeilings_reportsEachKindOfViolation() throws Exception {
        String wide = "wide ".repeat(21);
        plant(
                "/** Who" + " waits here. */",
                "class A {",
                "    // " + wide,
                "    String text = \"/* no comment */ " + NEVER + "\";",
                "    void who" + "Waits() {} // " + NEVER,
                "}");
        Files.writeString(
                project.resolve("README.md"), "# Title\n\n" + "word ".repeat(13) + "\n" + "word ".repeat(13) + "\n");
        Script.Run run = onProject();
        assertEquals(1, run.status(), run.output());
        assertEquals(
                List.of(
                        CHECK + ": 2, at most 0: scripts/check-words --list " + CHECK,
                        "comment-openings: 1, at most 0: scripts/check-words --list comment-openings",
                        "long-sentences: 1, at most 0: scripts/check-words --list long-sentences",
                        "over-100-columns: 1, at most 0: scripts/check-words --list over-100-columns",
                        "test-names: 1, at most 0: scripts/check-words --list test-names"),
                run.output().lines().filter(line -> line.contains("at most")).toList());
    }

    @Test
    void checkWords_countsAtTheirCeilings_succeeds() throws Exception {
        plant("class A {} // " + NEVER);
        assertEquals(0, onProject("--update").status());
        assertEquals(0, onProject().status());
        plant("class A {} // " + NEVER + ", " + NEVER);
        Script.Run risen = onProject();
        assertEquals(1, risen.status());
        assertTrue(risen.output().contains(CHECK + ": 2, at most 1"), risen.output());
    }

    @Test
    void checkWords_update_neverRaisesACeiling() throws Exception {
        plant("class A {} // " + NEVER);
        assertEquals(0, onProject("--update").status());
        plant("class A {} // " + NEVER + ", " + NEVER);
        assertEquals(0, onProject("--update").status());
        assertEquals(1, onProject().status());
        plant("class A {}");
        assertEquals(0, onProject("--update").status());
        plant("class A {} // " + NEVER);
        assertEquals(1, onProject().status());
    }

    @Test
    void checkWords_list_printsFileAndLine() throws Exception {
        plant("class A {", "    // first", "    // " + NEVER + " here", "    // given word", "}");
        assertEquals(
                "m/src/test/java/A.java:3: " + NEVER + " here\n",
                onProject("--list", CHECK).output());
        assertEquals(
                "m/src/test/java/A.java:4: given word\n",
                onProject("--list", "given words?").output());
    }

    private Script.Run onProject(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("--root", project.toString()));
        all.addAll(List.of(arguments));
        return SCRIPT.run(all.toArray(String[]::new));
    }

    private void plant(String... lines) throws IOException {
        Files.write(project.resolve("m/src/test/java/A.java"), List.of(lines));
    }
}
