package io.ipam.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Family;
import io.ipam.address.InvalidAddressException;
import io.ipam.address.Prefix;
import io.ipam.pool.Pool;
import io.ipam.pool.ReservedRange;
import io.ipam.problem.Problem;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentReaderTest {
    private static final DocumentReader STRICT = DocumentReader.strict();
    private static final DocumentReader COMPATIBLE = DocumentReader.compatible();

    @Test
    void readPool_allFields_areRead() {
        Map<String, Object> tree = Trees.pool("blue-v4", """
                {'ipVersion':4,'subnet':'10.6.0.0/16','ips':['10.6.1.0-10.6.1.9','10.6.2.1'],'excludeIPs':['10.6.1.1'],
                 'gateway':'10.6.0.1','routes':[{'dst':'10.7.0.0/16','gw':'10.6.0.2'}],'vlan':0,'default':true,'disable':true,
                 'podAffinity':{'matchLabels':{'app':'cart'}},
                 'namespaceAffinity':{'matchExpressions':[{'key':'team','operator':'In','values':['a','b']}]},
                 'nodeAffinity':{'matchExpressions':[{'key':'gpu','operator':'Exists'}]},
                 'namespaceName':['shop'],'nodeName':['n1','n2'],'multusName':['kube-system/macvlan']}
                """);
        tree.put(
                "metadata",
                Trees.of("{'name':'blue-v4','labels':{'a':'b'},'uid':'x','annotations':{},"
                        + "'deletionTimestamp':'2026-01-31T09:00:00Z'}"));
        tree.put(
                "status",
                Trees.of("{'totalIPCount':10,'allocatedIPCount':1,'allocatedIPs':'{\\'10.6.1.0\\':{}}'}"
                        .replace("\\'", "\\\"")));
        PoolDocument document = STRICT.readPool(tree);
        assertEquals(document, STRICT.readPool(Trees.json(tree)));
        assertEquals("blue-v4", document.pool().name());
        assertEquals(Map.of("a", "b"), document.pool().labels());
        assertEquals(
                Optional.of(Instant.parse("2026-01-31T09:00:00Z")),
                document.pool().deletedAt());
        assertEquals(
                "10.6.1.0,10.6.1.2-10.6.1.9,10.6.2.1",
                document.pool().addresses().texts().stream().collect(Collectors.joining(",")));
        assertEquals("[10.7.0.0/16 via 10.6.0.2]", document.pool().routes().toString());
        assertEquals("app=cart", document.pool().affinity().pod().orElseThrow().toString());
        assertEquals(
                "team in (a,b)",
                document.pool().affinity().namespace().orElseThrow().toString());
        assertEquals("gpu", document.pool().affinity().node().orElseThrow().toString());
        assertEquals(List.of("shop"), document.pool().affinity().namespaceNames());
        assertEquals(List.of("n1", "n2"), document.pool().affinity().nodeNames());
        assertEquals(List.of("kube-system/macvlan"), document.pool().affinity().attachments());
        assertTrue(document.pool().isDefault() && document.pool().isDisabled());
        assertEquals(
                Optional.of(BigInteger.TEN), document.status().orElseThrow().totalIpCount());
        assertEquals(
                Optional.of("{\"10.6.1.0\":{}}"),
                document.status().orElseThrow().allocatedIps());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'subnet':'10.6.0.0/16','ips':7}                               | spec.ips
            {'subnet':'10.6.0.0/16','ips':'10.6.0.1'}                      | spec.ips
            {'subnet':'10.6.0.0/16','ips':['10.6.0.1',7,'x']}              | spec.ips[1] spec.ips[2]
            {'subnet':'10.6.0.0/16','ips':['10.7.0.1'],'gateway':'x'}      | spec.ips[0] spec.gateway
            {'subnet':'10.6.0.1/16'}                                       | spec.subnet
            {}                                                             | spec.subnet
            {'subnet':7}                                                   | spec.subnet
            {'subnet':'10.6.0.0/16','ipVersion':6}                         | spec.subnet
            {'subnet':'10.6.0.0/16','ipVersion':'4'}                       | spec.ipVersion
            {'subnet':'10.6.0.0/16','ipVersion':4.5}                       | spec.ipVersion
            {'subnet':'10.6.0.0/16','ipVersion':99999999999999999999}      | spec.ipVersion
            {'subnet':'10.6.0.0/16','default':'yes'}                       | spec.default
            {'subnet':'10.6.0.0/16','disable':1}                           | spec.disable
            {'subnet':'10.6.0.0/16','routes':[{'dst':'10.7.0.0/16'}]}      | spec.routes[0].gw
            {'subnet':'10.6.0.0/16','routes':[7]}                          | spec.routes[0]
            {'subnet':'10.6.0.0/16','nodeName':'n1'}                       | spec.nodeName
            {'subnet':'10.6.0.0/16','nodeName':[null]}                     | spec.nodeName[0]
            {'subnet':'10.6.0.0/16','podAffinity':[]}                      | spec.podAffinity
            {'subnet':'10.6.0.0/16','podAffinity':{'matchLabels':{'a':1}}} | spec.podAffinity.matchLabels.a
            {'subnet':'10.6.0.0/16','nodeAffinity':{'matchExpressions':[{'key':'a','operator':'in'}]}} | spec.nodeAffinity.matchExpressions[0].operator
            {'subnet':'10.6.0.0/16','nodeAffinity':{'matchExpressions':[{'key':'a'}]}} | spec.nodeAffinity.matchExpressions[0].operator
            {'subnet':'10.6.0.0/16','gatway':'10.6.0.1','IPs':[]}          | spec.gatway spec.IPs
            """)
    void readPool_invalidSpec_reportsEachPath(String spec, String paths) {
        Map<String, Object> tree = Trees.pool("p", spec);
        assertEquals(paths, wheres(() -> STRICT.readPool(tree)));
        assertEquals(paths, wheres(() -> STRICT.readPool(Trees.json(tree))));
        assertEquals(
                paths.replace(" ", " items[1]."),
                wheres(() -> STRICT.read(Trees.list(Trees.pool("q", "{'subnet':'10.9.0.0/16'}"), tree)))
                        .replaceFirst("items\\[1\\]\\.", ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                        | kind
            {'kind':'SpiderIPPool'}                                   | apiVersion metadata.name spec.subnet
            {'kind':'SpiderIPPool','apiVersion':'v1','metadata':{'name':'p'},'spec':{'subnet':'10.6.0.0/16'}} | apiVersion
            {'kind':'SpiderIPPool','apiVersion':7,'metadata':7,'spec':7,'status':7} | apiVersion metadata spec status metadata.name spec.subnet
            {'kind':'Pod','apiVersion':'v1'}                          | kind
            {'kind':'SpiderCoordinator','apiVersion':'spiderpool.spidernet.io/v2beta1'} | kind
            {'kind':'List'}                                           | apiVersion
            {'kind':'List','apiVersion':'v1','items':{}}              | items
            {'kind':'List','apiVersion':'v1','items':[1,{'kind':'x'}]} | items[0] items[1].kind
            {'kind':'List','apiVersion':'v1','item':[]}               | item
            """)
    void readPool_invalidDocument_reportsEachPath(String document, String paths) {
        Map<String, Object> tree = Trees.of(document);
        assertEquals(paths, wheres(() -> STRICT.read(tree)));
        assertEquals(paths, wheres(() -> STRICT.read(Trees.json(tree))));
    }

    @Test
    void readPool_subnetMissing_reportsOneProblem() {
        for (Map<String, Object> tree : List.of(Trees.pool("p", "{}"), Trees.pool("p", "{'subnet':''}"))) {
            assertEquals(
                    "invalid SpiderIPPool p: spec.subnet: a pool must have a subnet; write a CIDR such as 10.6.0.0/16",
                    assertThrows(InvalidDocumentException.class, () -> STRICT.readPool(tree))
                            .getMessage());
        }
        assertEquals(
                "spec.subnet spec.ipVersion",
                wheres(() -> STRICT.readPool(Trees.pool("p", "{'subnet':'','ipVersion':5}"))));
        assertEquals(
                "spec.ipVersion",
                wheres(() -> STRICT.withFamilies(Set.of(Family.IPV6))
                        .readPool(Trees.pool("p", "{'subnet':'10.6.0.0/16'}"))));
    }

    @Test
    void readPool_invalidMetadataAndStatus_areReported() {
        Map<String, Object> tree = Trees.pool("p", "{'subnet':'10.6.0.0/16'}");
        tree.put("metadata", Trees.of("{'name':'p','labels':{'a':1},'deletionTimestamp':'today','lables':{}}"));
        tree.put("status", Trees.of("{'totalIPCount':-1,'allocatedIPs':{}}"));
        tree.put("sepc", 1);
        assertEquals(
                "metadata.labels.a metadata.deletionTimestamp metadata.lables"
                        + " status.totalIPCount status.allocatedIPs sepc",
                wheres(() -> STRICT.readPool(tree)));
    }

    @Test
    void readPool_unknownFields_refusedOnlyIfStrict() {
        Map<String, Object> tree = Trees.pool("p", "{'subnet':'10.6.0.0/16','excludeIps':['10.6.0.1'],'x':{'y':[{}]}}");
        InvalidDocumentException e = assertThrows(InvalidDocumentException.class, () -> STRICT.readPool(tree));
        assertEquals("SpiderIPPool p", e.subject());
        assertEquals(
                List.of("did you mean excludeIPs?", ""),
                e.problems().stream().map(Problem::hint).toList());
        assertEquals(STRICT.readPool(Trees.pool("p", "{'subnet':'10.6.0.0/16'}")), COMPATIBLE.readPool(tree));
    }

    @Test
    void readPool_invalidNumber_isShownAsWritten() {
        for (String written : List.of("4.5", "45e-1", "99999999999999999999")) {
            String json = Trees.json(Trees.pool("p", "{'subnet':'10.6.0.0/16','ipVersion':7}"));
            InvalidDocumentException e =
                    assertThrows(InvalidDocumentException.class, () -> STRICT.readPool(json.replace("7", written)));
            assertEquals(
                    List.of("spec.ipVersion " + written),
                    e.problems().stream()
                            .map(problem -> problem.where() + " " + problem.offending())
                            .toList());
        }
    }

    /** A number as text, and the number that a library reads. */
    @Test
    void readPool_numberWithFraction_isRefusedInTextAndTree() {
        for (String written : List.of("4.0", "4e0", "40E-1", "4.00", "4.5", "0.4e1", "1e400", "-4.0", "5.0", "1e3")) {
            Map<String, Object> tree = Trees.pool("p", "{'subnet':'10.6.0.0/16','ipVersion':7}");
            String json = Trees.json(tree).replace("7", written);
            assertEquals(
                    faults(() -> STRICT.readPool(withVersion(Double.valueOf(written)))),
                    faults(() -> STRICT.readPool(json)),
                    written);
            assertEquals(
                    faults(() -> STRICT.readPool(withVersion(new BigDecimal(written)))),
                    faults(() -> STRICT.readPool(json)),
                    written);
        }
        assertEquals(
                Family.IPV4,
                STRICT.readPool(Trees.json(withVersion(7)).replace("7", "4.0"))
                        .pool()
                        .family());
    }

    private static Map<String, Object> withVersion(Object version) {
        Map<String, Object> tree = Trees.pool("p", "{'subnet':'10.6.0.0/16'}");
        tree.put("spec", Map.of("subnet", "10.6.0.0/16", "ipVersion", version));
        return tree;
    }

    private static List<String> faults(Runnable reading) {
        try {
            reading.run();
            return List.of();
        } catch (InvalidDocumentException e) {
            return e.problems().stream()
                    .map(problem -> problem.where() + ": " + problem.rule())
                    .toList();
        }
    }

    @Test
    void readPool_statusWithOtherFields_isAccepted() {
        Map<String, Object> tree = Trees.pool("p", "{'subnet':'10.6.0.0/16'}");
        tree.put("status", Trees.of("{'totalIPCount':0,'ipMetaData':{'unreadyIPCount':3}}"));
        assertEquals(
                Optional.of(BigInteger.ZERO),
                STRICT.readPool(tree).status().orElseThrow().totalIpCount());
    }

    @Test
    void read_otherKindsAndVersionsIfCompatible_areIgnoredAndAccepted() {
        Map<String, Object> old = Trees.pool("p", "{'subnet':'10.6.0.0/16'}");
        old.put("apiVersion", "spiderpool.spidernet.io/v1");
        Documents documents = COMPATIBLE.read(Trees.list(Trees.of("{'kind':'Pod','apiVersion':'v1'}"), old));
        assertEquals(
                List.of("p"), documents.items().stream().map(Document::name).toList());
    }

    @Test
    void readPool_familyDisabled_isRefused() {
        Map<String, Object> tree = Trees.pool("p", "{'subnet':'10.6.0.0/16'}");
        assertEquals(
                "spec.ipVersion",
                wheres(() -> STRICT.withFamilies(Set.of(Family.IPV6)).readPool(tree)));
    }

    @Test
    void readPool_otherKind_isRefused() {
        assertEquals("kind", wheres(() -> STRICT.readReserved(Trees.pool("p", "{}"))));
        assertEquals("kind", wheres(() -> STRICT.readPool(Trees.reserved("p", "{}"))));
        assertEquals("kind", wheres(() -> STRICT.readPool(Trees.list())));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'ips':['10.6.0.1','10.6.0.5-10.6.0.9']} | 10.6.0.1,10.6.0.5-10.6.0.9
            {'ipVersion':4,'ips':['10.6.0.1']}       | 10.6.0.1
            {'ips':['2001:db8::1']}                  | 2001:db8::1
            {'ipVersion':6}                          | ''
            """)
    void readReserved_validDocument_returnsAddresses(String spec, String addresses) {
        ReservedDocument document = STRICT.readReserved(Trees.reserved("r", spec));
        assertEquals(addresses, String.join(",", document.reserved().addresses().texts()));
        assertEquals(document, STRICT.readReserved(document.toJson()));
        assertEquals(document, STRICT.readReserved(document.toMap()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                    | spec.ipVersion
            {'ips':['x']}                         | spec.ips
            {'ips':['10.0.0.1','2001:db8::1','y']} | spec.ips[1] spec.ips[2]
            {'ipVersion':5,'ips':[]}              | spec.ipVersion
            {'ipVersion':6,'ips':['10.0.0.1']}    | spec.ips[0]
            {'ipVersion':6,'subnet':'x'}          | spec.subnet
            """)
    void readReserved_invalidDocument_reportsEachPath(String spec, String paths) {
        assertEquals(paths, wheres(() -> STRICT.readReserved(Trees.reserved("r", spec))));
    }

    /** A document must not contain a prefix: Spiderpool refuses it, too. */
    @Test
    void read_prefixAmongAddresses_isRefusedWithTheRangeToWrite() {
        String spec = "{'subnet':'10.6.0.0/16','ips':['10.6.0.1','10.6.1.0/24'],'excludeIPs':['10.6.1.7/24']}";
        Map<String, Object> subnet = Trees.pool("s", spec);
        subnet.put("kind", "SpiderSubnet");
        Map<String, Object> pool = Trees.pool("p", spec);
        pool.put(
                "metadata",
                Trees.of("{'name':'p','annotations':{'ipam.io/static-ips':'[\\'10.6.1.0/24\\']'}}"
                        .replace("\\'", "\\\"")));
        for (DocumentReader reader : List.of(STRICT, COMPATIBLE)) {
            String hint = "write the range 10.6.1.0-10.6.1.255";
            assertEquals(
                    List.of("spec.ips[1] " + hint, "spec.excludeIPs[0] " + hint), hints(() -> reader.read(subnet)));
            assertEquals(
                    List.of(
                            "spec.ips[1] " + hint,
                            "spec.excludeIPs[0] " + hint,
                            "metadata.annotations[\"ipam.io/static-ips\"][0] " + hint),
                    hints(() -> reader.readPool(pool)));
            for (String ips : List.of("{'ips':['10.6.1.0/24']}", "{'ipVersion':4,'ips':['10.6.1.0/24']}")) {
                assertEquals(
                        List.of("spec.ips[0] " + hint), hints(() -> reader.readReserved(Trees.reserved("r", ips))));
            }
            assertEquals(
                    List.of("metadata.name ", "spec.ips[0] " + hint),
                    hints(() -> reader.readReserved(Trees.reserved("", "{'ips':['10.6.1.0/24']}"))));
        }
    }

    private static List<String> hints(Runnable reading) {
        return assertThrows(InvalidDocumentException.class, reading::run).problems().stream()
                .map(problem -> problem.where() + " " + problem.hint())
                .toList();
    }

    /** The document of a pool that was built from prefixes can be read. */
    @Test
    void poolDocument_poolOfPrefixes_isReadBack() {
        Pool pool = Pool.builder("p", Prefix.parse("10.6.0.0/16"))
                .ips("10.6.1.0/24")
                .excludeIps("10.6.1.0/31")
                .staticIps("10.6.1.128/25")
                .build();
        assertEquals(pool, STRICT.readPool(PoolDocument.of(pool).toJson()).pool());
        assertEquals(
                pool.ipTexts(),
                STRICT.readPool(PoolDocument.of(pool).toMap()).pool().ipTexts());
        ReservedRange reserved = ReservedRange.parse("r", pool.family(), List.of("10.6.1.0/24"));
        assertEquals(
                reserved,
                STRICT.readReserved(ReservedDocument.of(reserved).toJson()).reserved());
        assertThrows(
                InvalidAddressException.class,
                () -> new ReservedDocument(reserved, List.of("10.6.1.0/24"), Optional.empty()));
    }

    @Test
    void readReserved_nameOrSpecMissing_isRefused() {
        Map<String, Object> tree = Trees.reserved("", "{'ipVersion':4}");
        assertEquals("metadata.name", wheres(() -> STRICT.readReserved(tree)));
        tree.remove("spec");
        assertEquals("spec", wheres(() -> STRICT.readReserved(tree)));
    }

    @Test
    void readReserved_terminating_keepsTime() {
        Map<String, Object> tree = Trees.reserved("r", "{'ips':['10.0.0.1','10.0.0.2']}");
        tree.put("metadata", Trees.of("{'name':'r','deletionTimestamp':'2026-01-31T10:00:00+01:00'}"));
        ReservedDocument document = STRICT.readReserved(tree);
        assertTrue(document.reserved().terminating());
        assertEquals(List.of("10.0.0.1", "10.0.0.2"), document.ips());
        assertTrue(document.toJson().contains("\"deletionTimestamp\":\"2026-01-31T09:00:00Z\""));
    }

    @Test
    void readPool_typesOfOtherLibraries_areAccepted() {
        for (Object version : List.of(4, 4L, (short) 4, (byte) 4, 4.0, BigInteger.valueOf(4))) {
            Map<String, Object> tree = Trees.pool("p", "{'subnet':'10.6.0.0/16'}");
            Trees.of("{}");
            @SuppressWarnings("unchecked")
            Map<String, Object> spec = (Map<String, Object>) tree.get("spec");
            spec.put("ipVersion", version);
            assertEquals(Family.IPV4, STRICT.readPool(tree).pool().family());
        }
        Instant time = Instant.parse("2026-01-31T09:00:00Z");
        for (Object stamp : List.of(time, Date.from(time), time.toString())) {
            Map<String, Object> tree = Trees.pool("p", "{'subnet':'10.6.0.0/16'}");
            tree.put("metadata", Map.of("name", "p", "deletionTimestamp", stamp));
            assertEquals(Optional.of(time), STRICT.readPool(tree).pool().deletedAt());
        }
    }

    @Test
    void read_textThatIsNotADocument_isRefused() {
        for (String text :
                List.of("", "null", "7", "\"x\"", "[]", "{", "{}x", "{\"kind\":\"a\",\"kind\":\"b\"}", "{'a':1}")) {
            assertThrows(InvalidDocumentException.class, () -> COMPATIBLE.read(text), text);
        }
    }

    @Test
    void read_syntaxError_reportsLineAndColumn() {
        InvalidDocumentException e =
                assertThrows(InvalidDocumentException.class, () -> STRICT.read("{\"kind\":\n  \"x\",}"));
        assertTrue(e.getMessage().contains("line 2, column"), e.getMessage());
    }

    private static String wheres(org.junit.jupiter.api.function.Executable action) {
        List<String> wheres = new ArrayList<>();
        assertThrows(InvalidDocumentException.class, action).problems().forEach(problem -> wheres.add(problem.where()));
        return String.join(" ", wheres);
    }
}
