package io.ipam.crash;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM that runs {@link CrashWorker}. Thread safety: as that of its process.
 *
 * @param name the name
 * @param process the process
 * @param output its standard output
 * @param errorFile the file with its standard error
 */
public record WorkerProcess(String name, Process process, BufferedReader output, Path errorFile) {
    private static final int NAME = 4;
    private static final int NUMBER = 5;

    static WorkerProcess start(Class<?> main, Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        Path errors = folder.resolve(arguments[NAME] + ".err." + arguments[NUMBER] + ".txt");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        return new WorkerProcess(arguments[NAME], process, process.inputReader(StandardCharsets.UTF_8), errors);
    }

    String readLine() throws IOException {
        return output.readLine();
    }

    List<String> readAll() {
        return output.lines().toList();
    }

    String errors() {
        try {
            return Files.readString(errorFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Sends SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    void destroy() {
        process.destroyForcibly();
    }

    /**
     * Sends a signal.
     *
     * @param signal STOP or CONT
     */
    public void signal(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
                .redirectError(new File("/dev/null"))
                .start()
                .waitFor();
    }

    void endInput() throws IOException {
        process.getOutputStream().close();
    }

    int waitFor(int minutes) throws InterruptedException {
        if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
            throw new AssertionError(name + " does not end: " + errors());
        }
        return process.exitValue();
    }
}
