package io.ipam.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Bad input costs bounded time and memory, and gives the documented exception alone. */
class HostileDocumentsTest {
    private static final String DOCUMENT = """
            {"apiVersion":"spiderpool.spidernet.io/v2beta1","kind":"SpiderIPPool","metadata":{"name":"p","labels":{"a":"b"}},
             "spec":{"subnet":"10.6.0.0/16","ipVersion":4,"ips":["10.6.0.5-10.6.0.9"],"gateway":"10.6.0.1","default":true,
             "routes":[{"dst":"10.7.0.0/16","gw":"10.6.0.2"}],"podAffinity":{"matchExpressions":[{"key":"a","operator":"In","values":["b"]}]}},
             "status":{"totalIPCount":5,"allocatedIPs":"{}"}}""";
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void everyTruncationIsRefused() {
        for (int end = 0; end < DOCUMENT.length(); end++) {
            String text = DOCUMENT.substring(0, end);
            assertThrows(
                    InvalidDocumentException.class,
                    () -> DocumentReader.strict().read(text),
                    text);
        }
    }

    @Test
    void everyMutationOfOneCharacterIsReadOrRefused() {
        for (int at = 0; at < DOCUMENT.length(); at++) {
            for (char c : "{}[]\",:\\0-9ax \n\u0000\ud800\ufeff".toCharArray()) {
                read(DOCUMENT.substring(0, at) + c + DOCUMENT.substring(at + 1));
                read(DOCUMENT.substring(0, at) + c + DOCUMENT.substring(at));
            }
        }
    }

    @Property
    void anyTextIsReadOrRefused(@ForAll String text) {
        read(text);
        read("{\"kind\":" + text);
        AllocatedIps.read(text);
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
    void deepNestingIsRefused() {
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
    void hugeTextsAreReadOrRefusedSoon() {
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
        assertEquals(200_000, e.problems().size());
    }

    @Test
    void aTreeThatContainsItselfIsReadOrRefused() {
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
    void aTreeThatRepeatsItsPartsWithoutEndIsRefused() {
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
    void objectsOfOtherLibrariesAreNamedAndNotAsked() {
        Map<String, Object> tree = Trees.pool("p", "{'subnet':'10.6.0.0/16'}");
        Object strange = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("not to be called");
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
