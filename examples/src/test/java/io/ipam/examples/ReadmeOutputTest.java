package io.ipam.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What README.md shows as output is the real output; lines left out are marked by a line with
 * {@code ...}.
 */
class ReadmeOutputTest {
    private static final Path README = Path.of("../README.md");
    private static final Path POM = Path.of("../pom.xml");
    private static final int ONE_SCREEN = 120;

    @Test
    void readmeShowsTheRealOutput() throws IOException {
        List<String> blocks = blocks(Files.readString(README), "text");
        assertEquals(1, blocks.size());
        String output = stripped(QuickstartRun.shippedOutput());
        int from = 0;
        for (String piece : blocks.get(0).split("(?m)^\\.\\.\\.\n")) {
            int found = output.indexOf(stripped(piece), from);
            assertTrue(found >= 0, "not in the output, or not in this order:\n" + piece);
            from = found + 1;
        }
    }

    @Test
    void readmeFitsOnOneScreen() throws IOException {
        assertTrue(Files.readAllLines(README).size() <= ONE_SCREEN);
    }

    @Test
    void theDependencyIsThisVersion() throws IOException {
        Matcher version = Pattern.compile("<artifactId>ipam-parent</artifactId>\\s*<version>(.*?)</version>")
                .matcher(Files.readString(POM));
        assertTrue(version.find());
        assertTrue(Files.readString(README).contains("<version>" + version.group(1) + "</version>"));
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
