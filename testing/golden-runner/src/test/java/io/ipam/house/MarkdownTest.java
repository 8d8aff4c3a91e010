package io.ipam.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The anchors and links that {@link Markdown} finds. */
class MarkdownTest {

    @TempDir
    Path folder;

    @Test
    void anchors_punctuationAndRepetition_areThoseOfGitHub() throws IOException {
        Markdown page = page("# A `code`: pool's [link](x.md)", "## Twice", "## Twice", "```", "# no heading", "```");
        assertEquals(Set.of("a-code-pools-link", "twice", "twice-1"), page.anchors());
    }

    @Test
    void relativeLinks_schemesAndCode_areIgnored() throws IOException {
        Markdown page =
                page("# T", "[a](b.md) [c](d.md#e) [f](#g) [h](https://example.org/i.md)", "```", "[j](k.md)", "```");
        assertEquals(
                List.of(
                        new Markdown.Link(folder.resolve("b.md"), ""),
                        new Markdown.Link(folder.resolve("d.md"), "e"),
                        new Markdown.Link(folder.resolve("page.md"), "g")),
                page.relativeLinks());
    }

    private Markdown page(String... lines) throws IOException {
        return Markdown.read(Files.write(folder.resolve("page.md"), List.of(lines)));
    }
}
