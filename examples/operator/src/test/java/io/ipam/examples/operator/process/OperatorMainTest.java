package io.ipam.examples.operator.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.ipam.examples.operator.demo.MockCluster;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator as a process of its own. */
class OperatorMainTest {
    private static Process start(String server, Path folder) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "-XX:TieredStopAtLevel=1",
                        "-Dkubernetes.master=" + server,
                        "-Dkubernetes.auth.tryKubeConfig=false",
                        "-Dkubernetes.auth.tryServiceAccount=false",
                        "-Dhttp2.disable=true",
                        OperatorMain.class.getName(),
                        "--port=0",
                        "--store=jdbc:h2:file:" + folder.resolve("ipam")))
                .redirectError(folder.resolve("errors").toFile())
                .start();
    }

    @Test
    void main_stoppedBySigterm_closesTheOperator(@TempDir Path folder) throws IOException, InterruptedException {
        try (MockCluster cluster = new MockCluster();
                KubernetesClient client = cluster.client("test")) {
            Process process = start(client.getMasterUrl().toString(), folder);
            try (BufferedReader output = process.inputReader()) {
                String first = output.readLine();
                assertTrue(
                        first != null && first.startsWith("metrics and health: port "), () -> first + errors(folder));
                process.toHandle().destroy();
                assertEquals("closed", output.readLine(), () -> errors(folder));
                assertTrue(process.waitFor(1, TimeUnit.MINUTES));
                assertEquals(128 + 15, process.exitValue());
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private static String errors(Path folder) {
        try {
            return Files.readString(folder.resolve("errors"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
