package io.ipam.house;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A script of the project.
 *
 * @param file the script
 */
record Script(Path file) {

    /**
     * The end of a run.
     *
     * @param status the exit status
     * @param output standard output and standard error
     */
    record Run(int status, String output) {}

    static Script of(String name) {
        return new Script(Project.root().resolve("scripts").resolve(name));
    }

    Run run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", file.toString()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("script", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            assertTrue(process.waitFor(2, TimeUnit.MINUTES), () -> file + " does not end");
            return new Run(process.exitValue(), Files.readString(output));
        } finally {
            Files.delete(output);
        }
    }
}
