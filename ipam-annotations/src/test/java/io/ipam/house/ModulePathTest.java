package io.ipam.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A small named module, compiled and run against the module path of a user. JSpecify is not on that
 * path, because users do not get it as a dependency.
 */
class ModulePathTest {

    private static final List<String> MODULES = List.of(
            "io.ipam.core",
            "io.ipam.annotations",
            "inet.ipaddr",
            "com.fasterxml.jackson.databind",
            "com.fasterxml.jackson.core",
            "com.fasterxml.jackson.annotation");

    private static final String MODULE_PATH = MODULES.stream()
            .map(module -> ModulesOnClassPath.find(module).location().orElseThrow())
            .map(location -> Path.of(location).toString())
            .collect(Collectors.joining(File.pathSeparator));

    @TempDir
    Path folder;

    @Test
    void namedModule_onModulePath_compilesAndRuns() throws IOException, InterruptedException {
        assertEquals("", compile(resource("Main.java.txt")));
        assertEquals(List.of("consumer sees 10.6.1.0", "eth0 true", "refused: ipv4"), run());
    }

    @Test
    void namedModule_usesHiddenPackage_doesNotCompile() throws IOException {
        for (String hidden : List.of("io.ipam.number", "io.ipam.json")) {
            String errors = compile("package consumer; import " + hidden + ".*; final class Main {}");
            assertTrue(errors.contains("package " + hidden + " is not visible"), () -> hidden + ": " + errors);
        }
    }

    /** The output of the compiler; empty if there are no messages. */
    private String compile(String main) throws IOException {
        Path sources = Files.createDirectories(folder.resolve("sources"));
        Path descriptor = Files.writeString(sources.resolve("module-info.java"), resource("module-info.java.txt"));
        Path code = Files.writeString(sources.resolve("Main.java"), main);
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        StringWriter output = new StringWriter();
        try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options =
                    List.of("--release", "17", "-Xlint:all", "-Werror", "--module-path", MODULE_PATH, "-d", classes());
            javac.getTask(output, files, null, options, null, files.getJavaFileObjects(descriptor, code))
                    .call();
        }
        return output.toString();
    }

    private List<String> run() throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String path = MODULE_PATH + File.pathSeparator + classes();
        new ProcessBuilder(java, "--module-path", path, "--module", "consumer/consumer.Main")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        return Files.readAllLines(output);
    }

    private String classes() {
        return folder.resolve("classes").toString();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ModulePathTest.class.getResourceAsStream("/consumer/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
