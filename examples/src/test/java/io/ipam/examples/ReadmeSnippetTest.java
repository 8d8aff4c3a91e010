package io.ipam.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code in README.md is compiled as it is there, and run. */
class ReadmeSnippetTest {
    private static final Path README = Path.of("../README.md");
    private static final List<String> IMPORTS = List.of(
            "io.ipam.*",
            "io.ipam.allocation.*",
            "io.ipam.annotations.*",
            "io.ipam.owner.*",
            "io.ipam.pool.*",
            "io.ipam.resolution.*",
            "java.io.PrintStream",
            "java.util.*");

    private static String snippet() throws IOException {
        List<String> blocks = ReadmeOutputTest.blocks(Files.readString(README), "java");
        assertEquals(1, blocks.size());
        return blocks.get(0);
    }

    @Test
    void snippet_ofReadme_hasFifteenToTwentyLines() throws IOException {
        long lines = snippet().lines().filter(line -> !line.isBlank()).count();
        assertTrue(lines >= 15 && lines <= 20, "lines: " + lines);
    }

    @Test
    void snippet_run_printsItsComments(@TempDir Path classes) throws Exception {
        List<String> printed = Snippet.run(IMPORTS, snippet(), classes).lines().toList();
        assertTrue(printed.get(0).contains("shop/cart-0"), printed.get(0));
        assertEquals(
                List.of(
                        "eth0 10.6.1.0/16 gw 10.6.0.1 from blue-v4",
                        "eth0 2001:db8:6::100/64 from blue-v6",
                        "net1 10.7.1.1/16 from red-v4",
                        "net1 2001:db8:7::100/64 from red-v6"),
                printed.subList(printed.size() - 4, printed.size()));
        assertTrue(snippet().contains("// " + printed.get(printed.size() - 4)));
    }
}
