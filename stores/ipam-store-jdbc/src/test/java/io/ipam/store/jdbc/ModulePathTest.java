package io.ipam.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ipam.house.ModulesOnClassPath;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small named module, compiled and run on the module path with the driver of H2. */
class ModulePathTest {
    private static final String MODULE_PATH = List.of(
                    "io.ipam.store.jdbc",
                    "io.ipam.core",
                    "io.ipam.annotations",
                    "inet.ipaddr",
                    "com.fasterxml.jackson.databind",
                    "com.fasterxml.jackson.core",
                    "com.fasterxml.jackson.annotation",
                    "com.h2database")
            .stream()
            .map(module -> ModulesOnClassPath.find(module).location().orElseThrow())
            .map(location -> Path.of(location).toString())
            .collect(Collectors.joining(File.pathSeparator));

    private static final String DESCRIPTOR =
            "module consumer { requires io.ipam.store.jdbc; requires com.h2database; requires java.naming; }";
    private static final String MAIN = """
            package consumer;

            import io.ipam.store.StateStore;
            import io.ipam.store.jdbc.JdbcStore;
            import org.h2.jdbcx.JdbcDataSource;

            public final class Main {
                public static void main(String[] arguments) {
                    JdbcDataSource source = new JdbcDataSource();
                    source.setURL("jdbc:h2:mem:modules;DB_CLOSE_DELAY=-1");
                    JdbcStore.createSchema(source);
                    try (StateStore store = JdbcStore.of(source, "default")) {
                        System.out.println(Main.class.getModule().getName() + " loads " + store.load().head());
                    }
                }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void store_onModulePath_findsItsSqlAndTheDriver() throws IOException, InterruptedException {
        assertEquals("", compile());
        assertEquals(List.of("consumer loads no revision"), run());
    }

    /** The output of the compiler. */
    private String compile() throws IOException {
        Path descriptor = Files.writeString(folder.resolve("module-info.java"), DESCRIPTOR);
        Path main = Files.writeString(folder.resolve("Main.java"), MAIN);
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        StringWriter output = new StringWriter();
        try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("--release", "17", "--module-path", MODULE_PATH, "-d", classes());
            javac.getTask(output, files, null, options, null, files.getJavaFileObjects(descriptor, main))
                    .call();
        }
        return output.toString();
    }

    private List<String> run() throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--module-path",
                        MODULE_PATH + File.pathSeparator + classes(),
                        "--module",
                        "consumer/consumer.Main")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        return Files.readAllLines(output);
    }

    private String classes() {
        return folder.resolve("classes").toString();
    }
}
