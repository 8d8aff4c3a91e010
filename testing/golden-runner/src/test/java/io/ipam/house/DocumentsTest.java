package io.ipam.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.golden.Differences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links, decision pages, and the page of differences. */
class DocumentsTest {

    private static final Path ROOT = Project.root();
    private static final Path DECISIONS = ROOT.resolve("docs/decisions");
    private static final Pattern PAGE = Pattern.compile("(\\d{4})-[a-z0-9-]+\\.md");
    private static final Pattern TEST_CLASS = Pattern.compile("`(\\w+Test)`");

    /** The parts of a section of {@code docs/differences.md}, in order. */
    private static final List<String> PARTS = List.of("Spiderpool", "ipam", "Reason", "Cost", "Test");

    @Test
    void decisions_everyPage_isNumberedOnceTitledAndListed() throws IOException {
        List<String> listed = new ArrayList<>();
        Set<String> numbers = new HashSet<>();
        for (Path page : files(DECISIONS, name -> name.endsWith(".md") && !name.equals("README.md"))) {
            String name = page.getFileName().toString();
            Matcher matcher = PAGE.matcher(name);
            assertTrue(matcher.matches(), () -> "not a name of a decision page: " + name);
            String number = matcher.group(1);
            assertTrue(numbers.add(number), () -> "the number of " + name + " occurs twice");
            String title = Markdown.read(page).title();
            assertTrue(title.startsWith("# " + number + ": "), () -> "the title of " + name);
            listed.add("| [" + number + "](" + name + ") | " + title.substring("# 0000: ".length()) + " |");
        }
        assertFalse(numbers.isEmpty());
        assertEquals(listed, linesOf(DECISIONS.resolve("README.md"), line -> line.startsWith("| [")));
    }

    @Test
    void decisions_everyPage_hasTheFourParts() throws IOException {
        for (Path page : files(DECISIONS, name -> PAGE.matcher(name).matches())) {
            String text = Files.readString(page);
            for (String part : List.of("Decision", "Reason", "Cost", "Test")) {
                assertTrue(text.contains("\n**" + part + ".** "), () -> page.getFileName() + " has no " + part);
            }
        }
    }

    @Test
    void links_ofEveryPage_leadToFilesAndAnchors() throws IOException {
        Map<Path, Markdown> pages = new HashMap<>();
        for (Path page : files(ROOT, name -> name.endsWith(".md"))) {
            pages.put(page, Markdown.read(page));
        }
        assertTrue(pages.containsKey(ROOT.resolve("README.md")));
        Set<String> broken = new TreeSet<>();
        for (Markdown page : pages.values()) {
            for (Markdown.Link link : page.relativeLinks()) {
                if (!Files.exists(link.file()) || !hasAnchor(pages.get(link.file()), link.anchor())) {
                    broken.add(
                            ROOT.relativize(page.path()) + " -> " + ROOT.relativize(link.file()) + "#" + link.anchor());
                }
            }
        }
        assertEquals(Set.of(), broken);
    }

    private static boolean hasAnchor(Markdown page, String anchor) {
        return anchor.isEmpty() || (page != null && page.anchors().contains(anchor));
    }

    @Test
    void differences_everySection_hasItsPartsAndAnExistingTest() throws IOException {
        Set<String> tests = new HashSet<>();
        files(ROOT, name -> name.endsWith("Test.java"))
                .forEach(file -> tests.add(file.getFileName().toString().replace(".java", "")));
        Map<String, String> sections = sections();
        assertEquals(Differences.sections(ROOT), sections.keySet());
        sections.forEach((name, text) -> {
            int end = 0;
            for (String part : PARTS) {
                int start = text.indexOf("\n- **" + part + ".** ", end);
                assertTrue(start >= end, () -> name + " has no " + part + " in its place");
                end = start + 1;
            }
            Matcher named = TEST_CLASS.matcher(text.substring(end));
            assertTrue(named.find(), () -> name + " names no test");
            named.results()
                    .forEach(test -> assertTrue(
                            tests.contains(test.group(1)), () -> name + " names a missing test: " + test.group(1)));
        });
    }

    /** The opposite direction of GoldenRun, which fails if a rule has no section. */
    @Test
    void differences_everySection_isARuleOfAGoldenTest() throws IOException {
        StringBuilder sources = new StringBuilder();
        for (Path file : files(ROOT, name -> name.startsWith("Golden") && name.endsWith(".java"))) {
            sources.append(Files.readString(file));
        }
        Set<String> undeclared = new TreeSet<>(sections().keySet());
        undeclared.removeIf(name -> sources.indexOf("\"" + name + "\"") >= 0);
        assertEquals(Set.of(), undeclared);
    }

    /** The text of each section by its name. */
    private static Map<String, String> sections() throws IOException {
        String page = Files.readString(ROOT.resolve(Differences.PAGE));
        return Stream.of(page.split("\n(?=##)"))
                .filter(part -> part.startsWith("### "))
                .collect(Collectors.toMap(
                        part -> part.lines().findFirst().orElse("").substring(4), part -> part));
    }

    private static List<String> linesOf(Path page, Predicate<String> wanted) throws IOException {
        return Files.readAllLines(page).stream().filter(wanted).toList();
    }

    /** The files below a folder, except those of builds and git. */
    private static List<Path> files(Path folder, Predicate<String> wantedName) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> wantedName.test(file.getFileName().toString()))
                    .filter(file -> !isGenerated(ROOT.relativize(file)))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isGenerated(Path file) {
        for (Path part : file) {
            if (part.toString().equals("target") || part.toString().equals(".git")) {
                return true;
            }
        }
        return false;
    }
}
