package io.ipam.examples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the quickstart as a user does: in its own JVM. */
record QuickstartRun(int exitCode, String out, String err) {
    static QuickstartRun of(String... args) throws IOException, InterruptedException {
        return withJvmOption("-Xmx256m", args);
    }

    static QuickstartRun withJvmOption(String option, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                option,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Quickstart.class.getName()));
        command.addAll(List.of(args));
        Path out = java.nio.file.Files.createTempFile("quickstart", ".out");
        Path err = java.nio.file.Files.createTempFile("quickstart", ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("the quickstart does not end");
            }
            return new QuickstartRun(
                    process.exitValue(), java.nio.file.Files.readString(out), java.nio.file.Files.readString(err));
        } finally {
            java.nio.file.Files.delete(out);
            java.nio.file.Files.delete(err);
        }
    }

    /** The output for the shipped manifests, in this JVM. */
    static String shippedOutput() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            Quickstart.run(ManifestReader.shipped(), out);
        }
        return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    /** The output of the shipped manifests with a file that keeps the state, in this JVM. */
    static String outputWithStore(Path store) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            Quickstart.run(store, out);
        }
        return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
