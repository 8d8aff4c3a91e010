package io.ipam.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code in docs/addresses.md is compiled and run; each line that prints shows the result. */
class AddressesPageTest {
    private static final Path PAGE = Path.of("../docs/addresses.md");
    private static final Pattern PRINTED = Pattern.compile("System\\.out\\.println\\(.*\\);\\s*// (.*)");
    private static final List<String> IMPORTS = List.of(
            "io.ipam.address.*",
            "io.ipam.allocation.*",
            "io.ipam.pool.*",
            "io.ipam.range.*",
            "java.io.PrintStream",
            "java.util.*");

    @Test
    void page_codeOfAllSections_printsTheComments(@TempDir Path classes) throws Exception {
        String code = String.join("", ReadmeOutputTest.blocks(Files.readString(PAGE), "java"));
        List<String> shown =
                PRINTED.matcher(code).results().map(AddressesPageTest::comment).toList();
        assertEquals(code.split("println", -1).length - 1, shown.size(), "each has a comment");
        assertTrue(shown.size() > 20);
        assertEquals(shown, Snippet.run(IMPORTS, code, classes).lines().toList());
    }

    private static String comment(MatchResult line) {
        return line.group(1);
    }
}
