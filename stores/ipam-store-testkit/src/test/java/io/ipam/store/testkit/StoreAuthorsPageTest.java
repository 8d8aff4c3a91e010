package io.ipam.store.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store in docs/store-authors.md is compiled as it is on the page, and passes its contract. */
class StoreAuthorsPageTest {
    private static final Path PAGE = Path.of("../../docs/store-authors.md");
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final List<String> IMPORTS = List.of(
            "io.ipam.store.*",
            "io.ipam.store.testkit.*",
            "java.util.*",
            "java.util.concurrent.*",
            "java.util.concurrent.atomic.*");

    @Test
    void storeOfPage_contract_passes(@TempDir Path classes) throws Exception {
        compile(Files.writeString(classes.resolve("CasStore.java"), source()), classes);
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            ContractRun run = ContractRun.of(List.of(selectClass(loader.loadClass("CasStoreTest"))));
            assertEquals("{}", run.failures().toString());
            assertTrue(run.passed() > 90, () -> "only " + run.passed() + " tests ran");
        }
    }

    private static String source() throws IOException {
        StringBuilder source = new StringBuilder();
        IMPORTS.forEach(name -> source.append("import ").append(name).append(";\n"));
        Matcher block = BLOCK.matcher(Files.readString(PAGE));
        while (block.find()) {
            source.append(block.group(1));
        }
        return source.toString();
    }

    private static void compile(Path source, Path classes) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> options = List.of("-proc:none", "-d", classes.toString(), "-cp", classPath);
        boolean compiled = compiler.getTask(
                        messages,
                        null,
                        null,
                        options,
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source))
                .call();
        assertTrue(compiled, messages::toString);
    }
}
