package io.ipam.examples.operator.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The demonstration prints the text of its page. */
class DemoTest {
    private static final Path PAGE = Path.of("../../docs/operator.md");

    @Test
    void run_wholeScript_printsTheTextOfThePage() throws IOException {
        String page = Files.readString(PAGE);
        int start = page.indexOf("```text\n") + "```text\n".length();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Demo.run(new PrintStream(printed, true, StandardCharsets.UTF_8));
        assertEquals(
                page.substring(start, page.indexOf("```", start)),
                printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n"));
    }
}
