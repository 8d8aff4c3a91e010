package io.ipam.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.allocation.StateSnapshot;
import io.ipam.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Bad input costs bounded time and memory, and causes only the documented exception. */
class HostileDocumentsTest {
    private static final String DOCUMENT = """
            {"apiVersion":"spiderpool.spidernet.io/v2beta1","kind":"SpiderIPPool","metadata":{"name":"p","labels":{"a":"b"}},
             "spec":{"subnet":"10.6.0.0/16","ipVersion":4,"ips":["10.6.0.5-10.6.0.9"],"gateway":"10.6.0.1","default":true,
             "routes":[{"dst":"10.7.0.0/16","gw":"10.6.0.2"}],"podAffinity":{"matchExpressions":[{"key":"a","operator":"In","values":["b"]}]}},
             "status":{"totalIPCount":5,"allocatedIPs":"{}"}}""";
    private static final Duration SOON = Duration.ofMinutes(1);

    private static final List<String> NAMESPACED = List.of("""
            {"apiVersion":"spiderpool.spidernet.io/v2beta1","kind":"SpiderEndpoint","metadata":{"name":"c","namespace":"s"},
             "status":{"current":{"uid":"u","ips":[{"interface":"eth0","ipv4":"10.6.0.5/16","ipv4Pool":"p"}]},"ownerControllerType":"Job"}}""", """
            {"apiVersion":"spiderpool.spidernet.io/v2beta1","kind":"SpiderMultusConfig","metadata":{"name":"c","namespace":"s"},
             "spec":{"cniType":"macvlan","macvlan":{"ippools":{"ipv4":["p"],"matchMasterSubnet":true}}}}""");

    @Test
    void read_oneCharacterOfNamespacedDocumentsChanged_isReadOrRefused() {
        for (String document : NAMESPACED) {
            for (int at = 0; at < document.length(); at++) {
                for (char c : "{}[]\",:0x\ud800".toCharArray()) {
                    takeOverEndpoints(document.substring(0, at) + c + document.substring(at + 1));
                    takeOverEndpoints(document.substring(0, at) + c + document.substring(at));
                }
            }
        }
    }

    private static void takeOverEndpoints(String text) {
        try {
            Documents read = DocumentReader.compatible().read(text);
            Takeover.builder().endpoints(read.endpoints()).read(List.of());
            read.multusConfigs().forEach(MultusConfigDocument::cniConfiguration);
        } catch (InvalidDocumentException refused) {
            assertFalse(refused.problems().isEmpty());
        }
    }

    @Test
    void read_truncatedText_isRefused() {
        for (int end = 0; end < DOCUMENT.length(); end++) {
            String text = DOCUMENT.substring(0, end);
            assertThrows(
                    InvalidDocumentException.class,
                    () -> DocumentReader.strict().read(text),
                    text);
        }
    }

    @Test
    void read_oneCharacterChanged_returnsOrRefuses() {
        for (int at = 0; at < DOCUMENT.length(); at++) {
            for (char c : "{}[]\",:\\0-9ax \n\u0000\ud800\ufeff".toCharArray()) {
                read(DOCUMENT.substring(0, at) + c + DOCUMENT.substring(at + 1));
                read(DOCUMENT.substring(0, at) + c + DOCUMENT.substring(at));
            }
        }
    }

    @Property
    void read_anyText_returnsOrRefuses(@ForAll String text) {
        read(text);
        read("{\"kind\":" + text);
        takeOver(text);
        takeOver("{\"10.6.0.5\":" + text);
    }

    /** The status is read, and its records are written as they were read unless it is cut off. */
    private static void takeOver(String text) {
        PoolDocument document = DocumentReader.strict()
                .readPool(DOCUMENT)
                .withStatus(new PoolStatus(Optional.empty(), Optional.empty(), Optional.of(text)));
        Map<String, String> annotations =
                Map.of("k8s.v1.cni.cncf.io/network-status", text, "ipam.spidernet.io/assigned-eth0", text);
        Takeover.Reading reading =
                Takeover.builder().podAnnotations("a/b", annotations).read(List.of(document));
        assertEquals(
                AllocatedIps.read(text).isWhole(),
                Takeover.allocatedIps(reading.snapshot(), "p").isPresent());
        StateSnapshot snapshot = reading.snapshot();
        assertEquals(snapshot, StateText.parse(StateText.format(snapshot)));
    }

    @Test
    void takeover_everyMutationOfOneCharacter_keepsTheOtherRecord() {
        String first = "{\"10.6.0.5\":{\"pod\":\"a/b\",\"podUid\":\"u\",\"x\":[1]}";
        String second = ",\"10.6.0.6\":{\"pod\":\"a/c\",\"podUid\":\"v\"}}";
        for (int at = 0; at < first.length(); at++) {
            for (char c : "{}[]\",:\\0 \ud800".toCharArray()) {
                String text = first.substring(0, at) + c + first.substring(at + 1) + second;
                takeOver(text);
                AllocatedIps.Reading reading = AllocatedIps.read(text);
                assertTrue(
                        !reading.isWhole()
                                || !reading.problems().isEmpty()
                                || reading.allocatedIps().holders().size() == 2,
                        text);
            }
        }
    }

    private static void read(String text) {
        for (DocumentReader reader : List.of(DocumentReader.strict(), DocumentReader.compatible())) {
            try {
                Documents documents = reader.read(text);
                assertEquals(
                        documents.items().size(),
                        reader.read(documents.toJson()).items().size());
            } catch (InvalidDocumentException e) {
                assertFalse(e.problems().isEmpty());
            }
        }
    }

    @Test
    void read_deepNesting_isRefused() {
        for (int depth : new int[] {101, 9_999, 1_000_000}) {
            String deep = "[".repeat(depth) + "]".repeat(depth);
            for (String text : List.of(deep, "{\"kind\":\"SpiderIPPool\",\"x\":" + deep + "}")) {
                assertTimeoutPreemptively(
                        SOON,
                        () -> assertThrows(
                                InvalidDocumentException.class,
                                () -> DocumentReader.compatible().read(text)));
            }
        }
    }

    @Test
    void read_hugeText_returnsOrRefusesSoon() {
        String name = "x".repeat(10_000_000);
        assertTimeoutPreemptively(SOON, () -> read("{\"kind\":\"" + name + "\"}"));
        assertTimeoutPreemptively(SOON, () -> read("{\"" + name + "\":1}"));
        assertTimeoutPreemptively(SOON, () -> read("{\"kind\":" + "9".repeat(10_000_000) + "}"));
        assertTimeoutPreemptively(SOON, () -> read("[" + "1,".repeat(1_000_000) + "1]"));
        Map<String, Object> tree = Trees.pool("p", "{'subnet':'10.6.0.0/16','ipVersion':4}");
        tree.put("spec", Map.of("subnet", "10.6.0.0/16", "ips", Collections.nCopies(200_000, "x")));
        InvalidDocumentException e = assertTimeoutPreemptively(
                SOON,
                () -> assertThrows(
                        InvalidDocumentException.class,
                        () -> DocumentReader.strict().readPool(tree)));
        assertEquals(51, e.problems().size());
        assertEquals("199950", e.problems().get(50).offending());
    }

    /** Two million problems once needed 296 MB. */
    @Test
    void read_millionsOfProblems_listsFiftyAndCountsTheOthers() {
        String ones = "[" + "1,".repeat(2_000_000) + "1]";
        String list = "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":" + ones + "}";
        InvalidDocumentException refused = assertThrows(
                InvalidDocumentException.class, () -> DocumentReader.strict().read(list));
        assertFiftyAnd("1999951", refused.problems());
        String pools = "{\"format\":\"ipam-state\",\"version\":1,\"lastGeneration\":\"0\",\"pools\":" + ones + "}";
        assertFiftyAnd(
                "1999951",
                assertThrows(InvalidDocumentException.class, () -> StateText.read(pools))
                        .problems());
        String held = pools.replace(ones, "[{\"pool\":\"p\",\"held\":" + ones + "}]");
        assertFiftyAnd("1999951", StateText.read(held).problems());
        StringBuilder records = new StringBuilder("{");
        for (int i = 0; i < 200_000; i++) {
            records.append("\"k").append(i).append("\":1,");
        }
        String status = records.append("\"k\":1}").toString();
        assertFiftyAnd("199951", AllocatedIps.read(status).problems());
        PoolDocument document = DocumentReader.strict()
                .readPool(DOCUMENT)
                .withStatus(new PoolStatus(Optional.empty(), Optional.empty(), Optional.of(status)));
        List<Problem> problems = Takeover.builder().read(List.of(document)).problems();
        assertEquals(51, problems.size());
    }

    private static void assertFiftyAnd(String more, List<Problem> problems) {
        assertEquals(51, problems.size());
        assertEquals(more, problems.get(50).offending());
        assertEquals("more problems are not listed", problems.get(50).rule());
    }

    @Test
    void read_treeThatContainsItself_returnsOrRefuses() {
        Map<String, Object> self = new HashMap<>();
        self.put("kind", "List");
        self.put("apiVersion", "v1");
        self.put("items", List.of(self));
        assertThrows(
                InvalidDocumentException.class, () -> DocumentReader.strict().read(self));
        Map<String, Object> tree = Trees.pool("p", "{'subnet':'10.6.0.0/16'}");
        tree.put("x", tree);
        tree.put(null, tree);
        assertEquals("p", DocumentReader.compatible().readPool(tree).name());
        assertThrows(
                InvalidDocumentException.class, () -> DocumentReader.strict().readPool(tree));
    }

    @Test
    void read_treeThatRepeatsWithoutEnd_isRefused() {
        List<Object> ips = Collections.nCopies(1 << 24, "10.6.0.1");
        Map<String, Object> pool = Trees.pool("p", "{'subnet':7}");
        pool.put("spec", Map.of("subnet", 7, "namespaceName", ips));
        List<Object> items = Collections.nCopies(1 << 24, pool);
        Map<String, Object> list = new HashMap<>(Map.of("kind", "List", "apiVersion", "v1", "items", items));
        InvalidDocumentException e = assertTimeoutPreemptively(
                SOON,
                () -> assertThrows(
                        InvalidDocumentException.class,
                        () -> DocumentReader.strict().read(list)));
        assertTrue(e.getMessage().contains("at most 134217728 values and characters"), e.getMessage());
    }

    @Test
    void read_objectOfAnotherLibrary_isNamedAndNotCalled() {
        Map<String, Object> tree = Trees.pool("p", "{'subnet':'10.6.0.0/16'}");
        Object strange = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("must not be called");
            }
        };
        tree.put("spec", new HashMap<>(Map.of("subnet", strange, "ips", List.of(strange), "default", strange)));
        tree.put("metadata", Map.of("name", strange, "labels", Map.of("a", strange)));
        InvalidDocumentException e = assertThrows(
                InvalidDocumentException.class, () -> DocumentReader.strict().readPool(tree));
        List<String> wheres = new ArrayList<>();
        e.problems().forEach(problem -> wheres.add(problem.where()));
        assertTrue(
                wheres.containsAll(
                        List.of("spec.subnet", "spec.ips[0]", "spec.default", "metadata.name", "metadata.labels.a")),
                wheres.toString());
    }
}
