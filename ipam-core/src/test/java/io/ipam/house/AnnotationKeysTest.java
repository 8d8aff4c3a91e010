package io.ipam.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No source file of ipam-core contains the key of an annotation: the reader of a text labels its
 * source.
 */
class AnnotationKeysTest {
    private static final Pattern KEY =
            Pattern.compile("[a-z0-9.-]*(?:spidernet|cncf|multus-cni)\\.io/?[-\\w]*|default[-_]ipv\\d[-_]ippool");

    /** The prefix of labels, the labels of pools, and the keys of their affinity. */
    private static final Set<String> NAMES_OF_POOLS = Set.of(
            "ipam.spidernet.io/",
            "ipam.spidernet.io/owner-application-name",
            "ipam.spidernet.io/app-",
            "ipam.spidernet.io/app-api-group",
            "ipam.spidernet.io/app-api-version",
            "ipam.spidernet.io/app-kind",
            "ipam.spidernet.io/app-namespace",
            "ipam.spidernet.io/app-name");

    @Test
    void sources_ofCore_spellKeysOfPoolsOnly() throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                KEY.matcher(Files.readString(file))
                        .results()
                        .map(MatchResult::group)
                        .forEach(found::add);
            }
        }
        assertEquals(new TreeSet<>(NAMES_OF_POOLS), found);
    }

    @Test
    void prefix_withoutKey_isOnlyInApplicationLabels() throws IOException {
        Set<String> files = new TreeSet<>();
        try (Stream<Path> paths = Files.walk(Path.of("src/main/java"))) {
            for (Path path :
                    paths.filter(file -> file.toString().endsWith(".java")).toList()) {
                if (Files.readString(path).contains("spidernet.io/\"")) {
                    files.add(path.getFileName().toString());
                }
            }
        }
        assertEquals(Set.of("ApplicationLabels.java"), files);
    }
}
