package io.ipam.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A project of a user, outside the checkout. Maven builds it against the installed artifacts with
 * the bill of materials, and its programs run on the class path and on the module path.
 */
class ConsumerTest {
    private static final Path MAVEN = Path.of(System.getProperty("consumer.maven"), "bin", "mvn");
    private static final Path PROJECT = Path.of(System.getProperty("consumer.project"));
    private static final Path REPOSITORY = Path.of(System.getProperty("consumer.repository"));

    @TempDir
    Path folder;

    private void copyProject() throws IOException {
        try (Stream<Path> files = Files.walk(PROJECT)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(PROJECT.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    static Collection<Jdk> jdks() throws IOException {
        return Jdk.all();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void package_installedArtifacts_programsAllocateOnBothPaths(Jdk jdk) throws Exception {
        copyProject();
        build(jdk);
        assertEquals(
                List.of("eth0 10.6.1.0/16 from blue-v4", "false"),
                run(jdk, "-cp", path("class-path"), "consumer.Main"));
        assertEquals(
                List.of(
                        "eth0 2001:db8:6::100/64 from blue-v6",
                        "io.ipam.annotations",
                        "io.ipam.core",
                        "io.ipam.micrometer",
                        "io.ipam.store.etcd",
                        "io.ipam.store.jdbc",
                        "io.ipam.store.testkit"),
                run(jdk, "-p", path("module-path"), "-m", "consumer/consumer.Main"));
    }

    /** Requirements of public repositories. A POM with a parent would need one more artifact. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ipam-bom",
                "ipam-core",
                "ipam-annotations",
                "ipam-micrometer",
                "ipam-store-jdbc",
                "ipam-store-etcd",
                "ipam-store-testkit"
            })
    void pom_ofEachPublishedModule_isComplete(String module) throws IOException {
        String version = System.getProperty("consumer.version");
        String pom = Files.readString(
                REPOSITORY.resolve(String.join("/", "io/ipam", module, version, module + "-" + version + ".pom")));
        for (String element : List.of("name", "description", "url", "licenses", "developers", "scm")) {
            assertTrue(pom.contains("\n  <" + element), () -> "no " + element + ":\n" + pom);
        }
        for (String text : List.of("<parent>", "${revision}", "<scope>test", "ipam-golden-runner")) {
            assertFalse(pom.contains(text), () -> text + " in:\n" + pom);
        }
    }

    private void build(Jdk jdk) throws IOException, InterruptedException {
        ProcessBuilder maven = new ProcessBuilder(
                MAVEN.toString(),
                "-B",
                "-q",
                "-s",
                folder.resolve("settings.xml").toString(),
                "-Dmaven.repo.local=" + REPOSITORY,
                "package");
        maven.environment().put("JAVA_HOME", jdk.home().toString());
        maven.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        output(maven);
    }

    private List<String> run(Jdk jdk, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(jdk.home().resolve("bin/java").toString());
        command.addAll(List.of(arguments));
        return output(new ProcessBuilder(command)).lines().toList();
    }

    private String output(ProcessBuilder command) throws IOException, InterruptedException {
        Path file = folder.resolve("output.txt");
        Process process = command.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(file.toFile())
                .start();
        assertTrue(process.waitFor(5, TimeUnit.MINUTES), () -> command.command() + " does not end");
        String text = Files.readString(file);
        assertEquals(0, process.exitValue(), text);
        return text;
    }

    /** The jar of a module of the project, and the jars that its manifest names. */
    private String path(String module) throws IOException {
        Path jar = folder.resolve(module + "/target/" + module + "-1.jar");
        List<String> path = new ArrayList<>(List.of(jar.toString()));
        try (JarFile file = new JarFile(jar.toFile())) {
            String names = file.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            for (String name : names.split(" ")) {
                path.add(REPOSITORY.resolve(name).toString());
            }
        }
        return String.join(File.pathSeparator, path);
    }
}
