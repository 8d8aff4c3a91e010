package io.ipam.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The project's documents hang together. */
class DocumentsTest {

    private static final Path ROOT = Project.root();
    private static final Pattern PAGE = Pattern.compile("(\\d{4})-[a-z0-9-]+\\.md");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(#[^)]*)?\\)");

    @Test
    void decisionsAreNumberedOnceTitledAndListed() throws IOException {
        Path folder = ROOT.resolve("docs/decisions");
        List<String> listed = new ArrayList<>();
        Set<String> numbers = new HashSet<>();
        for (Path page : markdownBelow(folder)) {
            String name = page.getFileName().toString();
            if (name.equals("README.md")) {
                continue;
            }
            Matcher matcher = PAGE.matcher(name);
            assertTrue(matcher.matches(), () -> "not a name of a page: " + name);
            assertTrue(numbers.add(matcher.group(1)), () -> "the number of " + name + " is taken");
            assertTrue(titleOf(page).startsWith("# " + matcher.group(1) + ": "), () -> "the title of " + name);
            listed.add("- [" + matcher.group(1) + "](" + name + ") "
                    + titleOf(page).substring("# 0000: ".length()));
        }
        assertFalse(numbers.isEmpty());
        assertEquals(
                listed,
                Files.readAllLines(folder.resolve("README.md")).stream()
                        .filter(line -> line.startsWith("- ["))
                        .toList());
    }

    @Test
    void linksLeadToFiles() throws IOException {
        List<Path> pages = new ArrayList<>(markdownBelow(ROOT.resolve("docs")));
        pages.addAll(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md"), ROOT.resolve("CHANGELOG.md")));
        pages.addAll(markdownBelow(ROOT.resolve("adapters")));
        List<String> broken = new ArrayList<>();
        for (Path page : pages) {
            Matcher links = LINK.matcher(Files.readString(page));
            while (links.find()) {
                String target = links.group(1);
                if (!target.contains("://") && !Files.exists(page.resolveSibling(target))) {
                    broken.add(ROOT.relativize(page) + " -> " + target);
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    private static String titleOf(Path page) throws IOException {
        return Files.readAllLines(page).get(0);
    }

    private static List<Path> markdownBelow(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }
}
