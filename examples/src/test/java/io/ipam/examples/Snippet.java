package io.ipam.examples;

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

/** Compiles and runs the code of a page as it is there. */
final class Snippet {
    private Snippet() {}

    /** The output of the statements to {@code out}, or to {@code System.out}. */
    static String run(List<String> imports, String snippet, Path classes) throws Exception {
        StringBuilder source = new StringBuilder();
        imports.forEach(name -> source.append("import ").append(name).append(";\n"));
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
