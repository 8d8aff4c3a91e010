package io.ipam.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The counts of {@code scripts/count-lines}. */
class CountLinesTest {

    @TempDir
    Path module;

    @Test
    void countLines_bracesInCommentsAndStrings_areIgnored() throws Exception {
        Path folder = Files.createDirectories(module.resolve("src/main/java/a/b"));
        Files.writeString(folder.resolve("A.java"), """
                package a.b;

                /** A comment { with a brace. */
                @Deprecated
                class A {
                    // another one {
                    private final Runnable field = () -> {
                        int x = 1;
                    };

                    @Override
                    public String toString() {
                        char quote = '"'; /* { */ char brace = '{';
                        return "/* { no comment \\\\" + quote + brace;
                    }

                    enum E {
                        ONE {
                            @Override
                            int value() {
                                return 1;
                            }
                        };

                        abstract int value();
                    }
                }
                """);
        assertEquals(
                List.of(
                        "     21  " + module,
                        "     21    a.b (1 files)",
                        "     21  total lines of code",
                        "files: 1, median 27 lines, 90th percentile 27, longest 27",
                        "methods: 2, median 3 lines, 90th percentile 4, longest 4 (ends at " + folder + "/A.java:15)",
                        "files over 350 lines: none",
                        "methods over 40 lines: none"),
                run(module).lines().toList());
    }

    @Test
    void countLines_longMethod_isListed() throws Exception {
        Path folder = Files.createDirectories(module.resolve("src/main/java"));
        Files.writeString(
                folder.resolve("B.java"), "class B {\n    B() {\n" + "        int x;\n".repeat(40) + "    }\n}\n");
        assertTrue(
                run(module).contains("methods over 40 lines:\n  42 lines, ends at " + folder + "/B.java:43\n"),
                () -> "the method of 42 lines is missing");
    }

    private static String run(Path module) throws IOException, InterruptedException {
        Script.Run run = Script.of("count-lines").run(module.toString());
        assertEquals(0, run.status(), run.output());
        return run.output();
    }
}
