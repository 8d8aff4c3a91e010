package io.ipam.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestReaderTest {
    @Test
    void shipped_always_containEveryKind() throws IOException {
        List<String> kinds =
                ManifestReader.shipped().stream().map(Manifest::kind).distinct().toList();
        assertEquals(
                List.of(
                        "Node",
                        "Namespace",
                        "NetworkAttachmentDefinition",
                        "ConfigMap",
                        "SpiderIPPool",
                        "SpiderReservedIP",
                        "SpiderSubnet",
                        "Pod",
                        "Deployment"),
                kinds);
    }

    @Test
    void read_documentsAndLists_areFlattenedInOrder() {
        String text = """
                apiVersion: v1
                kind: Namespace
                metadata: {name: a}
                ---
                apiVersion: v1
                kind: List
                items:
                - {kind: Pod, metadata: {name: b, namespace: x, creationTimestamp: 2026-03-02T08:00:00Z}}
                - {kind: Pod, metadata: {name: c}}
                """;
        List<Manifest> manifests = ManifestReader.read("a.yaml", text);
        assertEquals(
                List.of("a", "b", "c"), manifests.stream().map(Manifest::name).toList());
        assertEquals("x", manifests.get(1).namespace());
        assertEquals("items[1].metadata", manifests.get(1).metadata().path().replace("items[0]", "items[1]"));
        assertEquals("2026-03-02T08:00:00Z", manifests.get(1).metadata().text("creationTimestamp"));
    }

    @Test
    void read_directory_readsFilesInNameOrder(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("b.json"), "{\"kind\":\"Pod\",\"metadata\":{\"name\":\"b\"}}");
        Files.writeString(directory.resolve("a.yml"), "kind: Pod\nmetadata: {name: a}\n");
        Files.writeString(directory.resolve("notes.txt"), "not read");
        assertEquals(
                List.of("a", "b"),
                ManifestReader.directory(directory, new Mistakes()).stream()
                        .map(Manifest::name)
                        .toList());
    }

    @Test
    void read_directoryWithoutManifests_isNamed(@TempDir Path directory) {
        assertMessage(
                directory + ": holds no .yaml, .yml or .json file",
                () -> ManifestReader.directory(directory, new Mistakes()));
        assertMessage(
                directory.resolve("x") + ": is not a directory",
                () -> ManifestReader.directory(directory.resolve("x"), new Mistakes()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    'kind: Pod'                                | 'f.yaml: metadata.name: is required'
                    'metadata: {name: a}'                      | 'f.yaml: kind: is required'
                    '[1]'                                      | 'f.yaml: must be an object (key: value lines), not a list'
                    'kind: [Pod]'                              | 'f.yaml: kind: must be a text, not a list'
                    '{kind: List, items: 3}'                   | 'f.yaml: items: must be a list, not "3"'
                    '{kind: List, items: [x]}'                 | 'f.yaml: items[0]: must be an object (key: value lines), not "x"'
                    '{kind: Pod, metadata: {name: 7}}'         | 'f.yaml: metadata.name: must be a text, not "7"'
                    """)
    void read_mistake_namesFileFieldAndRule(String text, String message) {
        assertMessage(message, () -> ManifestReader.read("f.yaml", text));
    }

    @Test
    void read_textThatIsNotYaml_namesLineAndColumn() {
        BrokenManifestException e = assertThrows(
                BrokenManifestException.class, () -> ManifestReader.read("f.yaml", "kind: Pod\n  name: [\n"));
        assertTrue(e.getMessage().startsWith("f.yaml: line 2, column 7: is not YAML: "), e.getMessage());
    }

    @Test
    void read_repeatedKey_isRefused() {
        BrokenManifestException e = assertThrows(
                BrokenManifestException.class, () -> ManifestReader.read("f.yaml", "kind: Pod\nkind: Node\n"));
        assertTrue(e.getMessage().contains("found duplicate key kind"), e.getMessage());
    }

    private static void assertMessage(String message, org.junit.jupiter.api.function.Executable action) {
        assertEquals(
                message, assertThrows(BrokenManifestException.class, action).getMessage());
    }
}
