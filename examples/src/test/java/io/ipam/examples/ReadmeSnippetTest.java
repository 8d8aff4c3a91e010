package io.ipam.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code in README.md is compiled as it stands there, and run. */
class ReadmeSnippetTest {
    private static final Path README = Path.of("../README.md");
    private static final List<String> IMPORTS = List.of(
            "io.ipam.*",
            "io.ipam.allocation.*",
            "io.ipam.annotations.*",
            "io.ipam.pool.*",
            "io.ipam.resolution.*",
            "java.io.PrintStream",
            "java.util.*");

    private static String snippet() throws IOException {
        List<String> blocks = ReadmeOutputTest.blocks(Files.readString(README), "java");
        assertEquals(1, blocks.size());
        return blocks.get(0);
    }

    @Test
    void theSnippetHasFifteenToTwentyLines() throws IOException {
        long lines = snippet().lines().filter(line -> !line.isBlank()).count();
        assertTrue(lines >= 15 && lines <= 20, "lines: " + lines);
    }

    @Test
    void theSnippetRunsAndPrintsWhatItsCommentsSay(@TempDir Path classes) throws Exception {
        List<String> printed = run(snippet(), classes).lines().toList();
        assertTrue(printed.get(0).contains("shop/cart-0"), printed.get(0));
        assertEquals(
                List.of(
                        "eth0 10.6.1.0/16 gw 10.6.0.1 from blue-v4",
                        "eth0 2001:db8:6::100/64 from blue-v6",
                        "net1 10.7.1.1/16 from red-v4",
                        "net1 2001:db8:7::100/64 from red-v6"),
                printed.subList(printed.size() - 4, printed.size()));
        assertTrue(snippet().contains("// " + printed.get(printed.size() - 4)));
    }

    private static String run(String snippet, Path classes) throws Exception {
        StringBuilder source = new StringBuilder();
        IMPORTS.forEach(name -> source.append("import ").append(name).append(";\n"));
        source.append("public class Snippet { public static void run(PrintStream out) {\n");
        source.append(snippet.replace("System.out", "out")).append("}}\n");
        compile(Files.writeString(classes.resolve("Snippet.java"), source), classes);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            loader.loadClass("Snippet")
                    .getMethod("run", PrintStream.class)
                    .invoke(null, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        } catch (InvocationTargetException e) {
            throw new AssertionError(e.getCause());
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void compile(Path source, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        boolean compiled = compiler.getTask(
                        messages,
                        null,
                        null,
                        Stream.of("-proc:none", "-d", classes.toString(), "-cp", classPath)
                                .toList(),
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source))
                .call();
        assertTrue(compiled, messages::toString);
    }
}
