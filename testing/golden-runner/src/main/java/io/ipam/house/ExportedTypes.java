package io.ipam.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The types that a module exports to all other modules: public, in a package with an unqualified
 * export.
 */
public final class ExportedTypes {

    private static final String SUFFIX = ".class";

    private ExportedTypes() {}

    /**
     * The exported types of a module, top-level and nested.
     *
     * @param module the name of the module, such as {@code io.ipam.core}
     * @return the types, in the order of their names
     */
    public static List<Class<?>> of(String module) {
        Set<String> packages = packagesOf(module);
        try (ModuleReader reader = ModulesOnClassPath.find(module).open();
                Stream<String> files = reader.list()) {
            return files.filter(file -> file.endsWith(SUFFIX))
                    .map(file ->
                            file.substring(0, file.length() - SUFFIX.length()).replace('/', '.'))
                    .filter(name -> packages.contains(name.substring(0, Math.max(0, name.lastIndexOf('.')))))
                    .filter(name -> !name.endsWith(".package-info"))
                    .sorted()
                    .<Class<?>>map(ExportedTypes::load)
                    .filter(ExportedTypes::isVisible)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The packages that a module exports to all other modules.
     *
     * @param module the name of the module, such as {@code io.ipam.core}
     * @return the names of the packages
     */
    public static Set<String> packagesOf(String module) {
        ModuleReference reference = ModulesOnClassPath.find(module);
        return reference.descriptor().exports().stream()
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
    }

    private static boolean isVisible(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return Modifier.isPublic(type.getModifiers())
                && type.getCanonicalName() != null
                && (outer == null || isVisible(outer));
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ExportedTypes.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("compiled but not on the class path: " + name, e);
        }
    }
}
