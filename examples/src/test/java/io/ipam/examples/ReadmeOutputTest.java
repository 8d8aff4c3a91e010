package io.ipam.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The output in README.md is the real output; a line with {@code ...} marks omitted lines. */
class ReadmeOutputTest {
    private static final Path README = Path.of("../README.md");
    private static final int TWO_SCREENS = 160;

    @Test
    void readme_output_isReal(@TempDir Path folder) throws IOException {
        List<String> blocks = blocks(Files.readString(README), "text");
        assertEquals(2, blocks.size());
        assertShown(blocks.get(0), QuickstartRun.shippedOutput());
        QuickstartRun.outputWithStore(folder.resolve("demo"));
        String second = QuickstartRun.outputWithStore(folder.resolve("demo"));
        assertShown(blocks.get(1), second.replace(folder.toString() + File.separator, ""));
    }

    private static void assertShown(String block, String text) {
        String output = stripped(text);
        int from = 0;
        for (String piece : block.split("(?m)^\\.\\.\\.\n")) {
            int found = output.indexOf(stripped(piece), from);
            assertTrue(found >= 0, "not in the output, or not in this order:\n" + piece);
            from = found + 1;
        }
    }

    @Test
    void readme_always_fitsTwoScreens() throws IOException {
        assertTrue(Files.readAllLines(README).size() <= TWO_SCREENS);
    }

    /** The fenced blocks of one language. */
    static List<String> blocks(String markdown, String language) {
        List<String> blocks = new ArrayList<>();
        Matcher block = Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$").matcher(markdown);
        while (block.find()) {
            blocks.add(block.group(1));
        }
        return blocks;
    }

    /** Without spaces at the ends of lines; begins with a line feed. */
    private static String stripped(String text) {
        return "\n" + text.lines().map(String::stripTrailing).collect(Collectors.joining("\n")) + "\n";
    }
}
