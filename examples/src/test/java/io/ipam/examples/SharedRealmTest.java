package io.ipam.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes that share a realm in PostgreSQL. */
class SharedRealmTest {
    private static final Pattern GOT = Pattern.compile("(\\w+): (\\S+) got (\\S+) from demo-v[46]");
    /** The addresses of the IPv4 pool, and the same number of addresses of the other pool. */
    private static final int ADDRESSES = 24;

    @TempDir
    Path folder;

    @Test
    void twoProcesses_requestingAtOnce_shareThePools() throws Exception {
        List<String> lines = new ArrayList<>();
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
            String url = server.getJdbcUrl("postgres", "postgres");
            Process left = start(url, "left");
            Process right = start(url, "right");
            lines.addAll(output(left, "left"));
            lines.addAll(output(right, "right"));
        }
        Map<String, Set<String>> byPod = new HashMap<>();
        Set<String> names = new HashSet<>();
        for (String line : lines) {
            Matcher got = GOT.matcher(line);
            if (got.matches()) {
                names.add(got.group(1));
                byPod.computeIfAbsent(got.group(2), pod -> new HashSet<>()).add(got.group(3));
            }
        }
        String text = String.join("\n", lines);
        assertEquals(Set.of("left", "right"), names, text);
        Set<String> addresses = new HashSet<>();
        byPod.forEach((pod, own) -> {
            assertEquals(2, own.size(), () -> pod + " has one address of each family:\n" + text);
            own.forEach(address -> assertTrue(addresses.add(address), () -> address + " has two pods:\n" + text));
        });
        assertEquals(ADDRESSES, addresses.size(), text);
        assertTrue(text.contains(" sees 12 held addresses of demo-v4"), text);
        assertTrue(text.contains(" refused: "), text);
    }

    private Process start(String url, String name) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        SharedRealm.class.getName(),
                        url,
                        name)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name).toFile())
                .start();
    }

    private List<String> output(Process process, String name) throws Exception {
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        String text = Files.readString(folder.resolve(name));
        assertEquals(0, process.waitFor(), text);
        return text.lines().toList();
    }
}
