package io.ipam.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.annotations.AnnotationKeys;
import io.ipam.annotations.AnnotationReader;
import io.ipam.annotations.AnnotationTexts;
import io.ipam.annotations.AnnotationWriter;
import io.ipam.documents.DocumentReader;
import io.ipam.documents.Documents;
import io.ipam.resolution.PoolSelections;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every example of the user's document is among the shipped manifests, and survives being read and
 * written by the library.
 */
class SeedExamplesTest {
    private static final String TRAILING_COMMAS = """
            [{
            "ipv4": ["demo-v4-ippool1"],
            "ipv6": ["demo-v6-ippool1"],
            },{
            "ipv4": ["demo-v4-ippool2"],
            "ipv6": ["demo-v6-ippool2"],
            "cleangateway": true
            }]""";
    private static final String NAMED = """
            [{
            "interface": "eth0",
            "ipv4": ["demo-v4-ippool1"],
            "ipv6": ["demo-v6-ippool1"],
            "cleangateway": true
            },{
            "interface": "net1",
            "ipv4": ["demo-v4-ippool2"],
            "ipv6": ["demo-v6-ippool2"],
            "cleangateway": false
            }]""";
    private static final String CNI = """
            {
            "name": "macvlan-vlan0",
            "type": "macvlan",
            "master": "eth0",
            "ipam": {
            "type": "spiderpool",
            "default_ipv4_ippool":["default-v4-ippool","backup-ipv4-ippool"],
            "default_ipv6_ippool":["default-v6-ippool","backup-ipv6-ippool"]
            }
            }""";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ipam.spidernet.io/ippool               | {"ipv4": ["custom-ipv4-ippool"]}
            ipam.spidernet.io/ippool               | {"ipv4": ["custom-ipv4-ippool"],"ipv6": ["custom-ipv6-ippool"]}
            ipam.spidernet.io/ippool               | {"ipv4": ["demo-v4-ippool1", "backup-ipv4-ippool"],"ipv6": ["demo-v6-ippool1", "backup-ipv6-ippool"]}
            ipam.spidernet.io/default-ipv4-ippool  | ["ns-v4-ippool1","ns-v4-ippool2"]
            ipam.spidernet.io/default-ipv6-ippool  | ["ns-v6-ippool1","ns-v6-ippool2"]
            """)
    void annotations_ofTheDocument_areShippedAndRoundTrip(String key, String text) throws IOException {
        assertShipped(key, text);
        assertRoundTrip(key, text);
    }

    @Test
    void annotationsForSeveralInterfaces_ofTheDocument_areShippedAndRoundTrip() throws IOException {
        for (String text : List.of(TRAILING_COMMAS, NAMED)) {
            assertShipped(AnnotationKeys.INTERFACE_POOLS, text);
            assertRoundTrip(AnnotationKeys.INTERFACE_POOLS, text);
        }
    }

    @Test
    void cniConfiguration_ofTheDocument_isShippedAndRead() throws IOException {
        List<String> configurations = ManifestReader.shipped().stream()
                .filter(manifest -> manifest.kind().equals("NetworkAttachmentDefinition"))
                .map(manifest -> squeezed(manifest.spec().text("config")))
                .toList();
        assertTrue(configurations.contains(squeezed(CNI)));
        PoolSelections read = AnnotationReader.strict().read(Map.of(), Map.of(), Map.of("eth0", CNI));
        assertEquals(
                "[default-v4-ippool, backup-ipv4-ippool] [default-v6-ippool, backup-ipv6-ippool]",
                String.join(
                        " ",
                        read.interfaces().get(0).cniPools().byFamily().values().stream()
                                .map(Object::toString)
                                .toList()));
    }

    @Test
    void objects_ofTheDocument_areShipped() throws IOException {
        List<String> objects = ManifestReader.shipped().stream()
                .map(manifest -> manifest.kind() + " " + manifest.namespace() + "/" + manifest.name())
                .toList();
        assertTrue(objects.containsAll(List.of(
                "Deployment default/custom-dual-ippool-deploy",
                "Namespace default/kube-system",
                "SpiderIPPool default/master-172",
                "SpiderSubnet default/demo-subnet-v4",
                "SpiderIPPool default/test-pod-ippool")));
    }

    @Test
    void documents_shipped_roundTrip() throws IOException {
        List<Map<String, Object>> trees = new ArrayList<>();
        for (Manifest manifest : ManifestReader.shipped()) {
            if (manifest.kind().startsWith("Spider")) {
                trees.add(manifest.fields().asTree());
            }
        }
        for (Map<String, Object> tree : trees) {
            Documents documents = DocumentReader.strict().read(tree);
            Map<String, Object> written = documents.items().get(0).toMap();
            assertEquals(tree.get("spec"), written.get("spec"));
            assertEquals(documents, DocumentReader.strict().read(written));
            assertEquals(documents, DocumentReader.strict().read(documents.toJson()));
            assertEquals(
                    documents.toJson(),
                    DocumentReader.strict().read(documents.toJson()).toJson());
        }
        assertTrue(trees.size() > 20);
    }

    private static void assertShipped(String key, String text) throws IOException {
        List<String> shipped = new ArrayList<>();
        for (Manifest manifest : ManifestReader.shipped()) {
            shipped.add(manifest.annotations().get(key));
            shipped.add(manifest.spec()
                    .object("template")
                    .object("metadata")
                    .texts("annotations")
                    .get(key));
        }
        assertTrue(
                shipped.stream()
                        .anyMatch(value -> value != null && squeezed(value).equals(squeezed(text))),
                key + ": " + text);
    }

    /** Selections that were read are written, and read again as equal ones. */
    private static void assertRoundTrip(String key, String text) {
        Map<String, String> annotations = Map.of(key, text, AnnotationKeys.NETWORKS, "kube-system/macvlan-vlan100");
        PoolSelections read = key.contains("default-")
                ? AnnotationReader.strict().read(Map.of(), annotations)
                : AnnotationReader.strict().read(annotations, Map.of());
        AnnotationTexts written = AnnotationWriter.write(read);
        assertEquals(read, AnnotationReader.strict().read(written.pod(), written.namespace(), written.cni()));
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "");
    }
}
