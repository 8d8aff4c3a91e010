package io.ipam.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code in docs/maps.md is compiled as it is, and run. */
class MapsPageTest {
    private static final Path PAGE = Path.of("../docs/maps.md");
    private static final List<String> IMPORTS = List.of(
            "io.ipam.*",
            "io.ipam.address.*",
            "io.ipam.owner.*",
            "io.ipam.pool.*",
            "io.ipam.resolution.*",
            "io.ipam.tables.*",
            "java.io.PrintStream",
            "java.time.Duration",
            "java.util.*");

    @Test
    void code_run_printsTheMapOfThePage(@TempDir Path classes) throws Exception {
        String page = Files.readString(PAGE);
        String printed = Snippet.run(
                IMPORTS, String.join("", ReadmeOutputTest.blocks(page, "java")) + "out.print(map.svg());", classes);
        assertEquals(ReadmeOutputTest.blocks(page, "text").get(0), printed.substring(0, printed.indexOf("<svg")));
        assertTrue(printed.contains("<title>10.6.1.6: cooling</title>"), printed);
    }
}
