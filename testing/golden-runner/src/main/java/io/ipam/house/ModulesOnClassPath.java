package io.ipam.house;

import java.io.File;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Modules on the class path. Tests run on the class path, whose entries are modules: folders during
 * the build, jars after it.
 */
public final class ModulesOnClassPath {

    private ModulesOnClassPath() {}

    /**
     * Finds a module by name.
     *
     * @param name for example {@code io.ipam.core}
     * @return the module
     * @throws IllegalStateException if no entry of the class path is that module
     */
    public static ModuleReference find(String name) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .flatMap(entry -> lookIn(Path.of(entry), name).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no module " + name + " on the class path"));
    }

    private static Optional<ModuleReference> lookIn(Path entry, String name) {
        try {
            return ModuleFinder.of(entry).find(name);
        } catch (FindException e) {
            return Optional.empty(); // not a module, for example a folder of tests
        }
    }
}
