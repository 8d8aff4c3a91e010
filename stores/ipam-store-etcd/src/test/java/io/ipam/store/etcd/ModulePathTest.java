package io.ipam.store.etcd;

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

/** A small named module, compiled and run on the module path with the transport of gRPC. */
class ModulePathTest {
    private static final String MODULE_PATH = List.of(
                    "io.ipam.store.etcd",
                    "io.ipam.core",
                    "io.ipam.annotations",
                    "inet.ipaddr",
                    "com.fasterxml.jackson.databind",
                    "com.fasterxml.jackson.core",
                    "com.fasterxml.jackson.annotation",
                    "io.grpc",
                    "io.grpc.stub",
                    "io.grpc.internal",
                    "io.grpc.util",
                    "io.grpc.netty.shaded",
                    "io.perfmark",
                    "guava",
                    "com.google.common.util.concurrent.internal",
                    "com.google.gson")
            .stream()
            .map(module -> ModulesOnClassPath.find(module).location().orElseThrow())
            .map(location -> Path.of(location).toString())
            .collect(Collectors.joining(File.pathSeparator));

    private static final String DESCRIPTOR = "module consumer { requires io.ipam.store.etcd; }";
    private static final String MAIN = """
            package consumer;

            import io.grpc.Grpc;
            import io.grpc.InsecureChannelCredentials;
            import io.grpc.ManagedChannel;
            import io.ipam.store.StateStore;
            import io.ipam.store.etcd.EtcdStore;

            public final class Main {
                public static void main(String[] arguments) {
                    ManagedChannel channel = Grpc.newChannelBuilder(
                            "localhost:" + arguments[0], InsecureChannelCredentials.create()).build();
                    try (StateStore store = EtcdStore.of(channel, "default")) {
                        System.out.println(Main.class.getModule().getName() + " loads " + store.load().head());
                    }
                    channel.shutdownNow();
                }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void store_onModulePath_findsTheTransport() throws IOException, InterruptedException {
        FakeServer server = new FakeServer();
        try {
            assertEquals("", compile());
            assertEquals(List.of("consumer loads no revision"), run(server.port()));
        } finally {
            server.stop();
        }
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

    private List<String> run(int port) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        Path errors = folder.resolve("errors.txt");
        new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--module-path",
                        MODULE_PATH + File.pathSeparator + classes(),
                        "--module",
                        "consumer/consumer.Main",
                        String.valueOf(port))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start()
                .waitFor();
        List<String> lines = Files.readAllLines(output);
        return lines.isEmpty() ? Files.readAllLines(errors) : lines;
    }

    private String classes() {
        return folder.resolve("classes").toString();
    }
}
