package io.ipam.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules for the source text of all modules. */
class SourceFilesTest {

    private static final int MOST_LINES = 350;
    private static final Path ROOT = Project.root();
    private static final Pattern FAMILY_CONSTANT = Pattern.compile("\\bIPV[46]\\b");
    private static final Pattern SLEEP = Pattern.compile("\\b(Thread|TimeUnit\\.[A-Z]+|[A-Z]+SECONDS)\\.sleep\\(");
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

    /**
     * A test waits for a condition, as {@link Await} does: a pause is too short on a busy machine,
     * and too long on others. Load generators pause at random.
     */
    @Test
    void sleeps_allSources_areInLoadGenerators() throws IOException {
        Set<String> sleeping = new TreeSet<>();
        for (Path file : sources(path -> true)) {
            if (SLEEP.matcher(Files.readString(file)).find()) {
                sleeping.add(String.valueOf(file.getFileName()));
            }
        }
        assertEquals(Set.of("RealmUnderLoad.java", "Slices.java"), sleeping);
    }

    private static String moduleOf(Path file) {
        String path = ROOT.relativize(file).toString().replace('\\', '/');
        return path.substring(0, path.indexOf("/src/main/java/"));
    }

    private static List<Path> mainSources() throws IOException {
        return sources(path -> path.contains("/src/main/java/") && !path.contains("/src/test/"));
    }

    /** The Java files whose paths from the root fulfill a condition. */
    private static List<Path> sources(Predicate<String> condition) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> {
                        String path = ROOT.relativize(file).toString().replace('\\', '/');
                        return !path.contains("/target/") && !path.startsWith(".") && condition.test(path);
                    })
                    .toList();
        }
    }
}
