package io.ipam.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The arrows between the packages of the core, as docs/architecture.md draws them. */
class ArrowsTest {

    /** The packages that each package may use, directly or also indirectly. */
    private static final Map<String, List<String>> DIRECT = Map.ofEntries(
            entry("number", List.of()),
            entry("problem", List.of()),
            entry("address", List.of("number", "problem")),
            entry("owner", List.of("address")),
            entry("pool", List.of("owner")),
            entry("subnet", List.of("pool")),
            entry("allocation", List.of("subnet")),
            entry("store", List.of("allocation")),
            entry("bitmap", List.of("number")),
            entry("occupancy", List.of("bitmap", "address")),
            entry("range", List.of("occupancy", "allocation")),
            entry("record", List.of("allocation")),
            entry("engine.decision", List.of("occupancy", "record")),
            entry("engine.state", List.of("engine.decision")),
            entry("engine.swap", List.of("engine.state")),
            entry("engine.commit", List.of("store")),
            entry("engine.replica", List.of("engine.swap", "engine.commit")),
            entry("engine.realm", List.of("engine.replica")),
            entry("engine", List.of("engine.realm")),
            entry("resolution", List.of("allocation")),
            entry("", List.of("resolution", "engine", "range")));

    @TestFactory
    Stream<DynamicTest> packages_withoutAnArrow_areNotUsed() {
        return DIRECT.keySet().stream().map(from -> dynamicTest("io.ipam." + from, () -> verify(from)));
    }

    @Test
    void arrows_packagesOfTheModule_nameEach() {
        Set<String> found = CoreClasses.ALL.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> drawn =
                DIRECT.keySet().stream().map(ArrowsTest::packageName).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(drawn, found);
    }

    private static void verify(String from) {
        Set<String> allowed = new HashSet<>();
        addReachable(from, allowed);
        String[] forbidden = DIRECT.keySet().stream()
                .filter(name -> !allowed.contains(name))
                .map(ArrowsTest::packageName)
                .toArray(String[]::new);
        assertTrue(forbidden.length + allowed.size() == DIRECT.size());
        if (forbidden.length > 0) {
            noClasses()
                    .that()
                    .resideInAPackage(packageName(from))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(forbidden)
                    .check(CoreClasses.ALL);
        }
    }

    private static void addReachable(String from, Set<String> reachable) {
        if (reachable.add(from)) {
            DIRECT.get(from).forEach(to -> addReachable(to, reachable));
        }
    }

    private static String packageName(String name) {
        return name.isEmpty() ? "io.ipam" : "io.ipam." + name;
    }
}
