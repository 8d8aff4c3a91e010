package io.ipam.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;

/** The compiled main classes of this module. */
final class CoreClasses {

    static final JavaClasses ALL = new ClassFileImporter()
            .importPath(
                    Path.of(ModulesOnClassPath.find("io.ipam.core").location().orElseThrow()));

    private CoreClasses() {}
}
