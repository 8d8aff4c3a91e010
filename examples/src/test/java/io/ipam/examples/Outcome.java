package io.ipam.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The result of the quickstart in this JVM.
 *
 * @param out what it prints
 * @param addresses the first address of each pod that has one, by namespace and name
 */
record Outcome(String out, Map<String, String> addresses) {
    static Outcome of(Path directory) {
        Mistakes mistakes = new Mistakes();
        List<Manifest> manifests = ManifestReader.directory(directory, mistakes);
        mistakes.tell();
        return of(manifests);
    }

    static Outcome of(String text) {
        return of(ManifestReader.read("f.yaml", text));
    }

    private static Outcome of(List<Manifest> manifests) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Quickstart.run(manifests, new PrintStream(bytes, true, UTF_8));
        String out = bytes.toString(UTF_8);
        Map<String, String> addresses = new LinkedHashMap<>();
        String pod = "";
        for (String line : out.lines().toList()) {
            if (!line.isEmpty() && !line.startsWith(" ")) {
                pod = line.split(" ")[0];
            } else if (line.contains("  gateway ")) {
                String[] words = line.strip().split(" +");
                addresses.putIfAbsent(pod, (words[0].contains("/") ? words[0] : words[1]).replaceAll("/.*", ""));
            }
        }
        return new Outcome(out, addresses);
    }

    /** The lines with this prefix. */
    List<String> lines(String start) {
        return out.lines().filter(line -> line.startsWith(start)).toList();
    }
}
