package io.ipam.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A broken manifest causes one message with file, field, and rule, and no other output. */
class BrokenManifestsTest {
    private static final String POOL = """
            apiVersion: spiderpool.spidernet.io/v2beta1
            kind: SpiderIPPool
            metadata: {name: %s}
            spec: {subnet: %s}
            ---
            """;

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of(
                        POOL.formatted("p", "10.1.0.0/16, ips: [10.1.0.1, 10.1.0.256]"),
                        "f.yaml: SpiderIPPool p: spec.ips[1], column 8: \"10.1.0.256\": "),
                Arguments.of(
                        POOL.formatted("p", "10.1.0.1/16"),
                        "f.yaml: SpiderIPPool p: spec.subnet, column 8: \"10.1.0.1/16\": "),
                Arguments.of(
                        POOL.formatted("p", "10.1.0.0/16, excludeIps: [10.1.0.1]"),
                        "f.yaml: SpiderIPPool p: spec.excludeIps: \"excludeIps\": is not a known field;"
                                + " did you mean excludeIPs?"),
                Arguments.of(
                        "kind: List\nitems:\n- {kind: SpiderReservedIP, metadata: {name: r}, spec: {ips: [x]}}",
                        "f.yaml: SpiderReservedIP r: items[0].apiVersion: is required"),
                Arguments.of(
                        POOL.formatted("p", "10.1.0.0/16") + POOL.formatted("p", "10.2.0.0/16"),
                        "f.yaml: SpiderIPPool p: metadata.name: \"p\": must be unique among objects of kind SpiderIPPool;"
                                + " f.yaml, document 1 has this one already; rename or remove one of them"),
                Arguments.of(
                        POOL.formatted("p", "10.1.0.0/16") + POOL.formatted("q", "10.1.0.0/24"),
                        "f.yaml: SpiderIPPool q: spec.subnet: \"10.1.0.0/24\": "),
                Arguments.of(
                        "{kind: Pod, metadata: {name: p, annotations: {ipam.spidernet.io/ippool: '{\"ipv4\":\"a\"}'}}}",
                        "f.yaml: Pod p: metadata.annotations[\"ipam.spidernet.io/ippool\"].ipv4, column 9: "),
                Arguments.of(
                        "{kind: Deployment, metadata: {name: d}, spec: {replicas: 1, template: {metadata: {annotations:"
                                + " {ipam.spidernet.io/ippools: '[]'}}}}}",
                        "f.yaml: Deployment d: spec.template.metadata.annotations[\"ipam.spidernet.io/ippools\"]"),
                Arguments.of(
                        "{kind: Namespace, metadata: {name: default, annotations: {ipam.spidernet.io/default-ipv4-ippool: a}}}\n"
                                + "---\n{kind: Pod, metadata: {name: p}}",
                        "f.yaml: Namespace default: metadata.annotations[\"ipam.spidernet.io/default-ipv4-ippool\"]"),
                Arguments.of(
                        "{kind: NetworkAttachmentDefinition, metadata: {name: n, namespace: kube-system}, spec: {config: '{'}}\n"
                                + "---\n{kind: Pod, metadata: {name: p, annotations: {v1.multus-cni.io/default-network: n}}}",
                        "f.yaml: NetworkAttachmentDefinition n: spec.config, "),
                Arguments.of(
                        "{kind: Deployment, metadata: {name: d}, spec: {replicas: many}}",
                        "f.yaml: Deployment d: spec.replicas: must be a whole number from 0 to 100000, not \"many\""),
                Arguments.of(
                        "{kind: Node, metadata: {name: n, labels: {gpu: true}}}",
                        "f.yaml: Node n: metadata.labels.gpu: must be a text in quotes"),
                Arguments.of(
                        "{kind: ConfigMap, metadata: {name: spiderpool-conf}, data: {conf.yml: 'enableIPv4: maybe'}}",
                        "f.yaml: ConfigMap spiderpool-conf: data[\"conf.yml\"].enableIPv4: must be true or false, not \"maybe\""),
                Arguments.of(
                        "{kind: Deployment, metadata: {name: d}, spec: {replicas: 2000000000}}",
                        "f.yaml: Deployment d: spec.replicas: must be a whole number from 0 to 100000"),
                Arguments.of(
                        "{kind: Node, metadata: {name: n}}\n---\n{kind: Node}",
                        "f.yaml, document 2: metadata.name: is required"),
                Arguments.of(
                        "{\"type\": \"macvlan\", \"ipam\": {}}",
                        "f.yaml: is a CNI configuration: it belongs in the spec.config of a NetworkAttachmentDefinition"),
                Arguments.of("kind: Pod\n  name: [", "f.yaml: line 2, column 7: is not YAML: "));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void run_brokenManifest_reportsFileFieldAndRule(String text, String message) {
        PrintStream out = new PrintStream(new ByteArrayOutputStream());
        BrokenManifestException e = assertThrows(
                BrokenManifestException.class, () -> Quickstart.run(ManifestReader.read("f.yaml", text), out));
        assertTrue(e.getMessage().startsWith(message), e.getMessage());
    }

    @Test
    void run_poolWithSeveralProblems_printsLineForEach() {
        String text = POOL.formatted("p", "10.1.0.0/16, ips: [x, y], gatway: 10.1.0.1");
        BrokenManifestException e = assertThrows(
                BrokenManifestException.class, () -> ClusterReader.read(ManifestReader.read("f.yaml", text)));
        assertEquals(3, e.getMessage().lines().count(), e.getMessage());
        assertTrue(e.getMessage().lines().allMatch(line -> line.startsWith("f.yaml: SpiderIPPool p: spec.")));
    }

    @Test
    void run_severalBrokenManifests_printsLineForEachMistake() {
        String pod = "{kind: Pod, metadata: {name: %s, annotations: {%s}}}\n---\n";
        String text = POOL.formatted("a", "10.1.0.0/16, ips: [10.1.0.1-10.1.0.9]")
                + POOL.formatted("b", "10.1.0.0/16, ips: [10.1.0.1]")
                + POOL.formatted("c", "10.1.0.0/16, ips: [10.1.0.2]")
                + POOL.formatted("d", "10.2.0.1/16")
                + pod.formatted("one", "ipam.spidernet.io/ippools: '[]', ipam.spidernet.io/routes: '{}'")
                + "{kind: Deployment, metadata: {name: two}, spec: {replicas: 3, template: {metadata: {annotations:"
                + " {ipam.spidernet.io/ippol: x}}}}}\n---\n"
                + "{kind: Deployment, metadata: {name: three}, spec: {replicas: many}}\n---\n"
                + "{kind: Namespace, metadata: {name: default, annotations: {ipam.spidernet.io/ippool: '{}'}}}\n---\n"
                + "{kind: Pod, metadata: {name: four}}\n";
        BrokenManifestException e = assertThrows(
                BrokenManifestException.class, () -> ClusterReader.read(ManifestReader.read("f.yaml", text)));
        assertEquals(
                List.of(
                        "SpiderIPPool d: spec.subnet, column 8",
                        "Deployment three: spec.replicas",
                        "SpiderIPPool b: spec.ips",
                        "SpiderIPPool c: spec.ips",
                        "Pod one: metadata.annotations[\"ipam.spidernet.io/ippools\"], column 1",
                        "Pod one: metadata.annotations[\"ipam.spidernet.io/routes\"], column 1",
                        "Deployment two: spec.template.metadata.annotations[\"ipam.spidernet.io/ippol\"]",
                        "Namespace default: metadata.annotations[\"ipam.spidernet.io/ippool\"]"),
                e.getMessage()
                        .lines()
                        .map(line -> line.replaceFirst("f.yaml: (.*?): (.*?): .*", "$1: $2"))
                        .toList(),
                e::getMessage);
    }

    @Test
    void run_severalBrokenFiles_reportsEach(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("a.yaml"), "kind: [");
        Files.writeString(directory.resolve("b.yaml"), "kind: Pod");
        Mistakes mistakes = new Mistakes();
        assertEquals(List.of(), ManifestReader.directory(directory, mistakes));
        BrokenManifestException e = assertThrows(BrokenManifestException.class, mistakes::tell);
        assertEquals(2, e.getMessage().lines().count(), e.getMessage());
    }

    @Test
    void main_brokenManifest_exitsWithOneAndNoTrace(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("pools.yaml"), POOL.formatted("p", "10.1.0.1/16"));
        for (List<String> args :
                List.of(List.of(directory.toString()), List.of(directory + "/none"), List.of("a", "b"))) {
            QuickstartRun run = QuickstartRun.of(args.toArray(String[]::new));
            assertEquals(1, run.exitCode());
            assertEquals("", run.out());
            assertEquals(1, run.err().lines().count(), run.err());
            assertTrue(!run.err().contains("Exception") && !run.err().contains("\tat "), run.err());
        }
    }
}
