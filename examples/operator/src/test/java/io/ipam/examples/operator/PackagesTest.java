package io.ipam.examples.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The packages of the operator: the size of the one to read first, and the arrows between all. */
class PackagesTest {
    private static final int MOST_LINES = 600;
    private static final String ROOT = "io.ipam.examples.operator";

    /** The packages that each package may use, directly and indirectly. */
    private static final Map<String, Set<String>> ARROWS = Map.of(
            ROOT + ".cluster",
            Set.of(),
            ROOT,
            Set.of(ROOT + ".cluster"),
            ROOT + ".status",
            Set.of(ROOT, ROOT + ".cluster"),
            ROOT + ".process",
            Set.of(ROOT, ROOT + ".cluster", ROOT + ".status"),
            ROOT + ".demo",
            Set.of(ROOT, ROOT + ".cluster"));

    private final JavaClasses classes = read();

    private static JavaClasses read() {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false); // For speed.
        return new ClassFileImporter()
                .importUrl(Operator.class.getProtectionDomain().getCodeSource().getLocation());
    }

    @Test
    void packages_useOnlyWhatTheirArrowsAllow() {
        Set<String> found = classes.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
        assertEquals(ARROWS.keySet(), found);
        ARROWS.forEach((from, allowed) -> noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ARROWS.keySet().stream()
                        .filter(to -> !to.equals(from) && !allowed.contains(to))
                        .toArray(String[]::new))
                .check(classes));
    }

    @Test
    void operator_linesOfCode_areAtMostSixHundred() throws IOException {
        Process count = new ProcessBuilder("bash", "../../scripts/count-lines", "examples/operator").start();
        String counted = new String(count.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int lines = Stream.of(counted.split("\n"))
                .filter(line -> line.contains(" " + ROOT + " ("))
                .map(line -> line.trim().split(" ", 2)[0])
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElseThrow();
        assertTrue(lines <= MOST_LINES, () -> ROOT + " has " + lines + " lines of code");
    }
}
