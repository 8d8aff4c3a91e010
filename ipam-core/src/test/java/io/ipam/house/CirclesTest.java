package io.ipam.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * No two files within a package use each other, directly or through others. A nested type belongs
 * to its file.
 */
class CirclesTest {

    @TestFactory
    Stream<DynamicTest> files_ofOnePackage_formNoCircle() {
        return Stream.of(
                        "range",
                        "occupancy",
                        "record",
                        "engine",
                        "engine.commit",
                        "engine.decision",
                        "engine.realm",
                        "engine.replica",
                        "engine.state",
                        "engine.swap",
                        "resolution")
                .map("io.ipam."::concat)
                .map(name -> DynamicTest.dynamicTest(
                        name,
                        () -> SlicesRuleDefinition.slices()
                                .assignedFrom(new Files(name))
                                .should()
                                .beFreeOfCycles()
                                .check(CoreClasses.ALL)));
    }

    /** The files of one package, by the outermost type. */
    private record Files(String packageName) implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return type.getPackageName().equals(packageName)
                    ? SliceIdentifier.of(type.getFullName().split("\\$", 2)[0])
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "the files of " + packageName;
        }
    }
}
