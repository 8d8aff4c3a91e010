package io.ipam.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/faq.md and its outputs. Each block except the first precedes its output. */
class FaqPageTest {
    private static final Path PAGE = Path.of("../docs/faq.md");
    private static final Pattern BLOCK = Pattern.compile("(?m)^```(\\w+)$");
    private static final String END = "--- end of a block ---";
    private static final List<String> IMPORTS = List.of(
            "io.ipam.*",
            "io.ipam.address.*",
            "io.ipam.allocation.*",
            "io.ipam.owner.*",
            "io.ipam.pool.*",
            "io.ipam.resolution.*",
            "io.ipam.store.*",
            "java.io.PrintStream",
            "java.util.*");

    @Test
    void blocks_runInTheirOrder_printTheOutputsOfThePage(@TempDir Path classes) throws Exception {
        String page = page();
        List<String> code = ReadmeOutputTest.blocks(page, "java");
        List<String> outputs = ReadmeOutputTest.blocks(page, "text");
        String separator = "System.out.println(\"" + END + "\");\n";
        String printed = Snippet.run(IMPORTS, String.join(separator, code) + separator, classes);
        List<String> actual = Stream.of(printed.split(END))
                .map(String::strip)
                .limit(code.size())
                .toList();
        assertEquals("", actual.get(0));
        assertEquals(outputs.stream().map(String::strip).toList(), actual.subList(1, actual.size()));
    }

    @Test
    void blocks_ofThePage_alternate() throws IOException {
        Matcher block = BLOCK.matcher(page());
        StringBuilder languages = new StringBuilder();
        while (block.find()) {
            languages.append(block.group(1)).append(' ');
        }
        assertTrue(languages.toString().matches("java (java text ){8,}"), languages::toString);
    }

    private static String page() throws IOException {
        return Files.readString(PAGE);
    }
}
