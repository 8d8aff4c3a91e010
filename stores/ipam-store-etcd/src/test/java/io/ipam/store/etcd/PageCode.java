package io.ipam.store.etcd;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.ipam.Ipam;
import io.ipam.IpamSettings;
import io.ipam.pool.PoolCatalog;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** The Java code of the section about etcd in docs/stores.md, compiled as it is there. */
final class PageCode {
    private static final Path PAGE = Path.of("../../docs/stores.md");
    private static final Pattern BLOCK = Pattern.compile("(?s)```java\n(.*?)```");
    private static final String IMPORTS = """
            import io.grpc.*;
            import io.ipam.*;
            import io.ipam.pool.PoolCatalog;
            import io.ipam.store.etcd.*;
            import java.io.File;
            import java.util.concurrent.TimeUnit;
            public class Page {
                public static Object[] run(PoolCatalog catalog, IpamSettings settings, String password) throws Exception {
            """;

    private PageCode() {}

    /** An open process and its channel. */
    record Opened(Ipam ipam, ManagedChannel channel) implements AutoCloseable {
        @Override
        public void close() {
            ipam.close();
            channel.shutdownNow();
        }
    }

    /** The only block that contains a text. */
    static String block(String text) {
        List<String> found =
                etcdBlocks().stream().filter(block -> block.contains(text)).toList();
        assertTrue(found.size() == 1, () -> "blocks with " + text + ": " + found);
        return found.get(0);
    }

    private static List<String> etcdBlocks() {
        try {
            String page = Files.readString(PAGE);
            return BLOCK.matcher(page.substring(page.indexOf("\n## etcd\n")))
                    .results()
                    .map((MatchResult found) -> found.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compiles and runs code that makes a channel and an Ipam. */
    static Opened run(String code, Path folder, PoolCatalog catalog, IpamSettings settings, String password)
            throws Exception {
        Files.createDirectories(folder);
        Path source = Files.writeString(
                folder.resolve("Page.java"), IMPORTS + code + "return new Object[] {ipam, channel};\n}}\n");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options =
                    List.of("-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
            assertTrue(
                    compiler.getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
                            .call(),
                    messages::toString);
        }
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            Object[] made = (Object[]) loader.loadClass("Page")
                    .getMethod("run", PoolCatalog.class, IpamSettings.class, String.class)
                    .invoke(null, catalog, settings, password);
            return new Opened((Ipam) made[0], (ManagedChannel) made[1]);
        }
    }
}
