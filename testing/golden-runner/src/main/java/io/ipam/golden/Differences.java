package io.ipam.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page that documents the deliberate differences from Spiderpool, one section for each golden
 * rule.
 */
public final class Differences {

    /** The path of the page in the project. */
    public static final String PAGE = "docs/differences.md";

    private static final String HEADING = "### ";

    private Differences() {}

    /**
     * Reads the names of the sections.
     *
     * @param project the root folder of the project
     * @return the texts of all headings of level 3, which are also their anchors; empty if there is
     *     no page
     */
    public static Set<String> sections(Path project) {
        Path page = project.resolve(PAGE);
        if (!Files.isRegularFile(page)) {
            return Set.of();
        }
        try (Stream<String> lines = Files.lines(page)) {
            return lines.filter(line -> line.startsWith(HEADING))
                    .map(line -> line.substring(HEADING.length()).strip())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + page, e);
        }
    }
}
