package io.ipam.examples;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * After any change of the shipped manifests, or of one manifest of each owner of pods, the
 * quickstart runs or reports mistakes.
 */
class MutatedManifestsTest {
    private static final List<String> FILES = List.of(
            "/manifests/nodes.yaml",
            "/manifests/namespaces.yaml",
            "/manifests/networks.yaml",
            "/manifests/pools.yaml",
            "/manifests/reserved.yaml",
            "/manifests/pods.yaml",
            "/manifests/deployments.yaml",
            "/owners.yaml");
    private static final List<String> VALUES = List.of(
            "",
            "null",
            "7",
            "true",
            "[]",
            "{}",
            "[x]",
            "{a: b}",
            "''",
            "x y",
            "a/b/c",
            "'{'",
            "10.6.0.1",
            "&a [*a]",
            "-1");
    private static final int RUNS = Integer.getInteger("ipam.mutations", 400);

    @Test
    void run_mutatedManifests_succeedsOrReportsMistakes() throws IOException {
        long seed = Long.getLong("ipam.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < RUNS; i++) {
            int mutated = random.nextInt(FILES.size());
            List<String> texts = new ArrayList<>();
            for (String file : FILES) {
                texts.add(text(file));
            }
            texts.set(mutated, mutation(texts.get(mutated), random));
            try {
                runAll(texts);
            } catch (BrokenManifestException e) {
                assertFalse(e.getMessage().isBlank());
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("-Dipam.seed=" + seed + "\n" + texts.get(mutated), e);
            }
        }
    }

    private static void runAll(List<String> texts) {
        List<Manifest> manifests = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            manifests.addAll(ManifestReader.read(FILES.get(i), texts.get(i)));
        }
        Quickstart.run(manifests, new PrintStream(OutputStream.nullOutputStream()));
    }

    /** One line is removed, repeated, cut, or gets another value. */
    private static String mutation(String text, Random random) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        switch (random.nextInt(4)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(at, line);
            case 2 -> lines.set(at, line.substring(0, random.nextInt(line.length() + 1)));
            default -> lines.set(at, withValue(line, VALUES.get(random.nextInt(VALUES.size()))));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String withValue(String line, String value) {
        int colon = line.indexOf(": ");
        int dash = line.indexOf("- ");
        int end = colon >= 0 ? colon + 2 : dash >= 0 ? dash + 2 : line.length();
        return line.substring(0, end) + value;
    }

    private static String text(String file) throws IOException {
        try (InputStream in = MutatedManifestsTest.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
