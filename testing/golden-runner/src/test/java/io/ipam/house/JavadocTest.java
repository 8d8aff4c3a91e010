package io.ipam.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every public declaration of an exported package has a Javadoc comment. The compiler checks its
 * contents.
 */
class JavadocTest {
    private static final Path ROOT = Project.root();
    private static final Pattern EXPORT = Pattern.compile("exports ([\\w.]+);");
    private static final Pattern PUBLIC = Pattern.compile("( {0,8})(public|protected) .*");

    @Test
    void publicDeclarations_ofExportedPackages_haveJavadoc() throws IOException {
        Set<Path> folders = exportedFolders();
        assertTrue(folders.size() > 10, () -> "only " + folders);
        List<String> missing = new ArrayList<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                        .sorted()
                        .toList()) {
                    undocumented(Files.readAllLines(file))
                            .forEach(line -> missing.add(ROOT.relativize(file) + ": " + line.strip()));
                }
            }
        }
        assertEquals("", String.join("\n", missing));
    }

    @Test
    void undocumented_plantedDeclarations_findsThoseWithoutComment() {
        List<String> source = List.of(
                "/** A type. */",
                "public final class A {",
                "    public int first() {",
                "    @Override",
                "    public String toString() {",
                "    /** {@return the second} */",
                "    @Nullable",
                "    public String second() {",
                "    public A {");
        assertEquals(List.of("    public int first() {"), undocumented(source));
    }

    /**
     * The public declarations without a comment, excluding overriding methods and compact
     * constructors.
     */
    private static List<String> undocumented(List<String> lines) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher declaration = PUBLIC.matcher(lines.get(i));
            if (declaration.matches()
                    && !isDocumented(lines, i)
                    && !lines.get(i).matches(" +public \\w+ \\{")) {
                found.add(lines.get(i));
            }
        }
        return found;
    }

    private static boolean isDocumented(List<String> lines, int declaration) {
        for (int i = declaration - 1; i >= 0; i--) {
            String line = lines.get(i).strip();
            if (line.equals("@Override") || line.endsWith("*/")) {
                return true;
            }
            if (!line.startsWith("@")) {
                return false;
            }
        }
        return false;
    }

    private static Set<Path> exportedFolders() throws IOException {
        Set<Path> folders = new TreeSet<>();
        for (String module : List.of(
                "ipam-core",
                "ipam-annotations",
                "adapters/ipam-micrometer",
                "stores/ipam-store-testkit",
                "stores/ipam-store-jdbc",
                "stores/ipam-store-etcd")) {
            Path sources = ROOT.resolve(module).resolve("src/main/java");
            Matcher export = EXPORT.matcher(Files.readString(sources.resolve("module-info.java")));
            while (export.find()) {
                folders.add(sources.resolve(export.group(1).replace('.', '/')));
            }
        }
        return folders;
    }
}
