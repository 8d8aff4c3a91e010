package io.ipam.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Mistakes that involve several objects or files: each has its own line, with the file and the
 * object.
 */
class MistakesOfManyFilesTest {
    private static List<String> mistakes(Path directory) throws Exception {
        QuickstartRun run = QuickstartRun.of(directory.toString());
        assertEquals(1, run.exitCode(), run::toString);
        assertEquals("", run.out());
        return run.err().lines().toList();
    }

    private static List<String> mistakes(String text) {
        return assertThrows(BrokenManifestException.class, () -> Outcome.of(text))
                .getMessage()
                .lines()
                .toList();
    }

    private static String object(String apiVersion, String kind, String more) {
        return "{apiVersion: %s, kind: %s, metadata: {name: one%s}}\n".formatted(apiVersion, kind, more);
    }

    @ParameterizedTest
    @CsvSource({
        "v1, Node, false",
        "v1, Namespace, false",
        "v1, ConfigMap, true",
        "k8s.cni.cncf.io/v1, NetworkAttachmentDefinition, true",
        "spiderpool.spidernet.io/v2beta1, SpiderIPPool, false",
        "spiderpool.spidernet.io/v2beta1, SpiderReservedIP, false",
        "spiderpool.spidernet.io/v2beta1, SpiderSubnet, false",
        "v1, Pod, true",
        "apps/v1, Deployment, true",
        "apps/v1, ReplicaSet, true",
        "v1, ReplicationController, true",
        "apps/v1, StatefulSet, true",
        "apps/v1, DaemonSet, true",
        "apps.kruise.io/v1alpha1, CloneSet, true",
        "batch/v1, Job, true",
        "batch/v1, CronJob, true",
        "kubevirt.io/v1, VirtualMachine, true",
        "kubevirt.io/v1, VirtualMachineInstance, true",
    })
    void objectOfEveryKind_twice_isReportedWithBothFiles(
            String apiVersion, String kind, boolean namespaced, @TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("a.yaml"), object(apiVersion, kind, ""));
        Files.writeString(
                directory.resolve("b.yaml"),
                "kind: List\nitems:\n- " + object(apiVersion, kind, namespaced ? ", namespace: default" : "") + "- "
                        + object(apiVersion, kind, ", namespace: other"));
        List<Manifest> manifests = ManifestReader.directory(directory, new Mistakes());
        List<String> lines = assertThrows(BrokenManifestException.class, () -> ClusterReader.read(manifests))
                .getMessage()
                .lines()
                .filter(line -> line.contains("metadata.name"))
                .toList();
        String line = "b.yaml: " + kind + " one: items[0].metadata.name: \"one\": must be unique among objects of kind "
                + kind + (namespaced ? " of namespace default" : "")
                + "; a.yaml has this one already; rename or remove one of them";
        assertEquals(namespaced ? List.of(line) : List.of(line, line.replace("[0]", "[1]")), lines);
    }

    @Test
    void objectsOfOneName_ofOtherKindsGroupsOrNamespaces_areNoMistake() {
        String template = ", namespace: shop}, spec: {replicas: 1, template: {}";
        Outcome outcome = Outcome.of(object("apps/v1", "Deployment", template) + "---\n"
                + object("apps/v1", "StatefulSet", template) + "---\n"
                + object("apps.kruise.io/v1beta1", "StatefulSet", template) + "---\n"
                + object("apps/v1", "Deployment", template.replace("shop", "bank")) + "---\n"
                + object("v1", "Service", "") + "---\n" + object("v1", "Service", ""));
        assertEquals(List.of("not read: Service 2"), outcome.lines("not read"));
        assertTrue(outcome.out().contains("0 of 4 pods have addresses."), outcome::toString);
    }

    @Test
    void deployment_underTwoVersions_isOne() {
        assertEquals(
                1,
                mistakes(object("apps/v1", "Deployment", "") + "---\n" + object("extensions/v1beta1", "Deployment", ""))
                        .size());
    }

    @Test
    void settings_inTwoNamespaces_areThoseOfTheSystemNamespaceOrAMistake() {
        String conf = "{kind: ConfigMap, metadata: {name: spiderpool-conf, namespace: %s},"
                + " data: {conf.yml: 'enableIPv6: %s'}}\n---\n";
        String six = """
                apiVersion: spiderpool.spidernet.io/v2beta1
                kind: SpiderIPPool
                metadata: {name: six}
                spec: {subnet: 'fd00::/64', ips: ['fd00::1']}
                """;
        String system = conf.formatted("kube-system", "true");
        assertTrue(Outcome.of(conf.formatted("a", "false") + system + six).out().contains("fd00::/64"));
        assertTrue(Outcome.of(conf.formatted("a", "true") + six).out().contains("fd00::/64"));
        assertEquals(
                List.of("f.yaml: ConfigMap spiderpool-conf: metadata.namespace: \"b\": must be kube-system for one of"
                        + " several; f.yaml, document 1 has one in a"),
                mistakes(conf.formatted("a", "false") + conf.formatted("b", "true") + six));
    }

    @Test
    void mistakesOfEverySort_inManyFiles_areReportedTogether(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("a.yaml"), "{kind: Node, metadata: {name: n}}\n---\nkind: Pod\n  name: [");
        Files.writeString(directory.resolve("b.json"), "[]");
        Files.writeString(
                directory.resolve("c.yaml"),
                "{kind: List, items: [{kind: Pod}, 7, {kind: Node, metadata: {name: n}}, {metadata: {name: x}}]}");
        Files.writeString(
                directory.resolve("d.yaml"),
                "{kind: Node, metadata: {name: m, labels: {gpu: true, cpus: 4}}}\n---\n"
                        + "{kind: Deployment, metadata: {name: d}, spec: {replicas: many, template: {metadata:"
                        + " {labels: {v: 1}, annotations: {ipam.spidernet.io/ippools: '[]'}}}}}\n");
        Files.writeString(directory.resolve("e.yaml"), """
                apiVersion: spiderpool.spidernet.io/v2beta1
                kind: SpiderSubnet
                metadata: {name: s}
                spec: {subnet: 10.1.0.0/16}
                ---
                apiVersion: spiderpool.spidernet.io/v2beta1
                kind: SpiderSubnet
                metadata: {name: t}
                spec: {subnet: 10.1.0.0/24}
                """);
        assertEquals(
                List.of(
                        "a.yaml: line 4, column 7",
                        "b.json: must be an object (key",
                        "c.yaml: items[0].metadata.name: is required",
                        "c.yaml: items[1]",
                        "c.yaml: items[3].kind: is required",
                        "c.yaml: Node n: items[2].metadata.name",
                        "d.yaml: Node m: metadata.labels.gpu",
                        "d.yaml: Node m: metadata.labels.cpus",
                        "d.yaml: Deployment d: spec.replicas",
                        "e.yaml: SpiderSubnet t: spec.subnet",
                        "d.yaml: Deployment d: spec.template.metadata.labels.v",
                        "d.yaml: Deployment d: spec.template.metadata.annotations[\"ipam.spidernet.io/ippools\"], column 1"),
                mistakes(directory).stream().map(MistakesOfManyFilesTest::place).toList());
    }

    /** The line up to the rule or the offending text. */
    private static String place(String line) {
        return line.replaceFirst("^(.*?: (?:[A-Za-z]+ \\w: )?[^:]*(?:: is required)?).*", "$1");
    }

    @Test
    void overlap_ofSubnetsAndPoolsWithLongNames_namesTheFile() {
        String name = "a".repeat(200);
        for (String kind : List.of("SpiderSubnet", "SpiderIPPool")) {
            String text = """
                    apiVersion: spiderpool.spidernet.io/v2beta1
                    kind: %1$s
                    metadata: {name: A%2$s}
                    spec: {subnet: 10.1.0.0/16}
                    ---
                    apiVersion: spiderpool.spidernet.io/v2beta1
                    kind: %1$s
                    metadata: {name: %2$s}
                    spec: {subnet: 10.1.0.0/24}
                    """.formatted(kind, name);
            List<String> lines = mistakes(text);
            assertEquals(1, lines.size());
            assertTrue(
                    lines.get(0).startsWith("f.yaml: " + kind + " " + name + ": spec.subnet: \"10.1.0.0/24\": "),
                    lines::toString);
        }
    }
}
