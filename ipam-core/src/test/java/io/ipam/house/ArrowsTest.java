package io.ipam.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Arrows between packages point one way: each may use any to its left, none to its right. */
class ArrowsTest {

    /** From left to right; packages in one entry may use each other. */
    private static final List<List<String>> ORDER = List.of(
            List.of("io.ipam.number"),
            List.of("io.ipam.problem"),
            List.of("io.ipam.address"),
            List.of("io.ipam.pool"),
            List.of("io.ipam.subnet"),
            List.of("io.ipam.allocation", "io.ipam.allocation.state"),
            List.of("io.ipam.resolution"),
            List.of("io.ipam"));

    private static final String BITMAP = "io.ipam.bitmap";

    @TestFactory
    Stream<DynamicTest> nothingPointsRight() {
        return IntStream.range(0, ORDER.size() - 1)
                .mapToObj(i -> dynamicTest(
                        String.join(", ", ORDER.get(i)),
                        () -> noClasses()
                                .that()
                                .resideInAnyPackage(names(ORDER.subList(i, i + 1)))
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(names(ORDER.subList(i + 1, ORDER.size())))
                                .allowEmptyShould(true)
                                .check(CoreClasses.ALL)));
    }

    @Test
    void theBitmapIsALeaf() {
        classes()
                .that()
                .resideInAPackage(BITMAP)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(BITMAP, "io.ipam.number", "java..", "org.jspecify..")
                .allowEmptyShould(true)
                .check(CoreClasses.ALL);
    }

    @Test
    void onlyAllocationUsesTheBitmap() {
        noClasses()
                .that()
                .resideOutsideOfPackages(BITMAP, "io.ipam.allocation", "io.ipam.allocation.state")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(BITMAP)
                .check(CoreClasses.ALL);
    }

    /** A new package must be given its place above. */
    @Test
    void everyPackageHasItsPlace() {
        Set<String> strange = CoreClasses.ALL.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        strange.removeAll(Set.of(names(ORDER)));
        strange.remove(BITMAP);
        assertEquals(Set.of(), strange);
    }

    private static String[] names(List<List<String>> groups) {
        return groups.stream().flatMap(List::stream).toArray(String[]::new);
    }
}
