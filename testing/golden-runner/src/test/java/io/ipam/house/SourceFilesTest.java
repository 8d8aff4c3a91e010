package io.ipam.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules for the source text of all modules. */
class SourceFilesTest {

    private static final int MOST_LINES = 350;
    private static final Path ROOT = Project.root();
    private static final Pattern FAMILY_CONSTANT = Pattern.compile("\\bIPV[46]\\b");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);

    @Test
    void mainSources_wholeProject_includesEveryModule() throws IOException {
        Set<String> modules = new TreeSet<>();
        mainSources().forEach(file -> modules.add(moduleOf(file)));
        modules.remove("examples/operator"); // May be deleted.
        assertEquals(
                Set.of(
                        "adapters/ipam-micrometer",
                        "examples",
                        "ipam-annotations",
                        "ipam-benchmarks",
                        "ipam-core",
                        "stores/ipam-store-etcd",
                        "stores/ipam-store-jdbc",
                        "stores/ipam-store-testkit",
                        "testing/crash-runner",
                        "testing/golden-runner"),
                modules);
    }

    @Test
    void mainSources_everyFile_hasBoundedLength() throws IOException {
        for (Path file : mainSources()) {
            int lines = Files.readAllLines(file).size();
            assertTrue(lines <= MOST_LINES, () -> ROOT.relativize(file) + " has " + lines + " lines");
        }
    }

    @Test
    void packages_all_areNullMarked() throws IOException {
        for (Path file : mainSources()) {
            Path info = file.resolveSibling("package-info.java");
            if (!file.endsWith("module-info.java")) {
                assertTrue(
                        Files.exists(info) && Files.readString(info).contains("@NullMarked"),
                        () -> "no @NullMarked package-info.java for " + ROOT.relativize(file));
            }
        }
    }

    /** For ipam-core, FamilyConstantsTest checks the compiled classes. */
    @Test
    void familyConstants_outsideCoreAndAnnotations_areAbsent() throws IOException {
        for (Path file : mainSources()) {
            if (!Set.of("ipam-core", "ipam-annotations").contains(moduleOf(file))) {
                String code = COMMENT.matcher(Files.readString(file)).replaceAll(" ");
                assertTrue(!FAMILY_CONSTANT.matcher(code).find(), () -> ROOT.relativize(file) + " names IPV4 or IPV6");
            }
        }
    }

    private static String moduleOf(Path file) {
        String path = ROOT.relativize(file).toString().replace('\\', '/');
        return path.substring(0, path.indexOf("/src/main/java/"));
    }

    private static List<Path> mainSources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file ->
                            isMainSource(ROOT.relativize(file).toString().replace('\\', '/')))
                    .toList();
        }
    }

    private static boolean isMainSource(String path) {
        return path.contains("/src/main/java/")
                && !path.contains("/src/test/")
                && !path.contains("/target/")
                && !path.startsWith(".");
    }
}
