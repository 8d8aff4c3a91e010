package io.ipam.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RoundTripTest {
    private static final DocumentReader STRICT = DocumentReader.strict();

    @Provide
    Arbitrary<PoolDocument> documents() {
        return Combinators.combine(Pools.any(), statuses().optional()).as(PoolDocument::new);
    }

    private static Arbitrary<PoolStatus> statuses() {
        Arbitrary<BigInteger> counts =
                Arbitraries.of(BigInteger.ZERO, BigInteger.TEN, BigInteger.valueOf(1L << 40), BigInteger.TWO.pow(128));
        Arbitrary<String> texts = Arbitraries.of("", "{}", "{\"10.6.1.10\":{\"pod\":\"a/b\",\"podUid\":\"<u>\"}}");
        return Combinators.combine(counts.optional(), counts.optional(), texts.optional())
                .as(PoolStatus::new);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void write_anyDocument_readsEqualAndWritesTheSameBytes(@ForAll("documents") PoolDocument document) {
        String json = document.toJson();
        PoolDocument read = STRICT.readPool(json);
        assertEquals(document, read);
        assertEquals(json, read.toJson());
        assertEquals(document, STRICT.readPool(document.toMap()));
        assertEquals(document.toMap(), read.toMap());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void toMap_readByAnotherLibrary_equalsJson(@ForAll("documents") PoolDocument document) {
        Map<String, Object> tree = Trees.of(document.toJson().replace("'", "\\u0027"));
        assertEquals(tree, document.toMap());
        assertEquals(document, STRICT.readPool(tree));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void write_anyDocument_keysAreSortedByBytes(@ForAll("documents") PoolDocument document) {
        assertSorted(document.toMap());
    }

    private static void assertSorted(Object value) {
        if (value instanceof Map<?, ?> map) {
            String last = null;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                String key = (String) entry.getKey();
                assertTrue(last == null || compareUtf8(last, key) < 0, last + " before " + key);
                last = key;
                assertSorted(entry.getValue());
            }
        } else if (value instanceof List<?> list) {
            list.forEach(RoundTripTest::assertSorted);
        }
    }

    private static int compareUtf8(String left, String right) {
        return java.util.Arrays.compareUnsigned(
                left.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                right.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void toCatalog_listOfCatalog_returnsEqualCatalog() {
        PoolCatalog catalog = PoolCatalog.of(
                List.of(
                        Pool.builder("b", "10.6.0.0/16").ips("10.6.0.1").build(),
                        Pool.builder("a", "2001:db8::/64").build()),
                STRICT.read(Trees.list(Trees.reserved("r", "{'ips':['10.6.0.9','10.6.0.8']}")))
                        .reserved());
        Documents documents = Documents.of(catalog);
        Documents read = STRICT.read(documents.toJson());
        assertEquals(documents, read);
        assertEquals(catalog.pools(), read.toCatalog().pools());
        assertEquals(catalog.reservedRanges(), read.toCatalog().reservedRanges());
        assertEquals(documents, STRICT.read(documents.toMap()));
    }

    @Test
    void write_pool_matchesKubectl() {
        PoolDocument document = PoolDocument.of(Pool.builder("p", "10.6.0.0/16")
                        .ips("10.6.0.5-10.6.0.9", "10.6.0.2")
                        .gateway("10.6.0.1")
                        .build())
                .withStatus(new PoolStatus(Optional.of(BigInteger.valueOf(6)), Optional.empty(), Optional.of("{}")));
        assertEquals("""
                {"apiVersion":"spiderpool.spidernet.io/v2beta1","kind":"SpiderIPPool","metadata":{"name":"p"},\
                "spec":{"default":false,"disable":false,"gateway":"10.6.0.1","ipVersion":4,\
                "ips":["10.6.0.5-10.6.0.9","10.6.0.2"],"subnet":"10.6.0.0/16"},\
                "status":{"allocatedIPs":"{}","totalIPCount":6}}""", document.toJson());
    }

    @Test
    void within64Bits_hugeCounts_areLimited() {
        BigInteger many = BigInteger.TWO.pow(128);
        PoolStatus status = new PoolStatus(Optional.of(many), Optional.of(BigInteger.ONE), Optional.empty());
        assertEquals(many, status.toMap().get("totalIPCount"));
        assertEquals(
                Map.of("totalIPCount", Long.MAX_VALUE, "allocatedIPCount", 1),
                status.within64Bits().toMap());
        assertThrows(
                IllegalArgumentException.class,
                () -> new PoolStatus(Optional.of(BigInteger.valueOf(-1)), Optional.empty(), Optional.empty()));
    }

    @Test
    void read_treeChangedLater_documentStays() {
        Map<String, Object> tree = Trees.pool("p", "{'subnet':'10.6.0.0/16','ips':['10.6.0.1']}");
        PoolDocument document = STRICT.readPool(tree);
        String json = document.toJson();
        ((Map<?, ?>) tree.get("spec")).clear();
        tree.clear();
        assertEquals(json, document.toJson());
        assertThrows(UnsupportedOperationException.class, () -> document.toMap().clear());
    }
}
