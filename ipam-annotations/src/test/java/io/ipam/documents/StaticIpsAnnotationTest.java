package io.ipam.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.pool.Pool;
import io.ipam.problem.Problem;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Static ranges in the annotation of a pool document. */
class StaticIpsAnnotationTest {
    private static final DocumentReader STRICT = DocumentReader.strict();
    private static final DocumentReader COMPATIBLE = DocumentReader.compatible();
    private static final String AT = "metadata.annotations[\"ipam.io/static-ips\"]";
    private static final String ADDRESSES =
            "{'subnet':'10.6.0.0/16','ips':['10.6.1.0-10.6.1.9'],'excludeIPs':['10.6.1.5']}";

    private static Map<String, Object> document(Object annotations) {
        Map<String, Object> tree = new HashMap<>(Trees.pool("p", ADDRESSES));
        tree.put("metadata", Map.of("name", "p", "annotations", annotations));
        return tree;
    }

    private static Map<String, Object> document(String value) {
        return document(Map.of("ipam.io/static-ips", value));
    }

    /** The problems, which both readers report for a tree and for JSON text. */
    private static List<String> problems(Map<String, Object> tree) {
        List<String> problems = refusals(STRICT, tree);
        assertEquals(problems, refusals(COMPATIBLE, tree));
        return problems;
    }

    private static List<String> refusals(DocumentReader reader, Map<String, Object> tree) {
        List<String> ofTree = messages(() -> reader.readPool(tree));
        assertEquals(ofTree, messages(() -> reader.readPool(Trees.json(tree))));
        return ofTree;
    }

    private static List<String> messages(Runnable reading) {
        return assertThrows(InvalidDocumentException.class, reading::run).problems().stream()
                .map(Problem::message)
                .toList();
    }

    @Example
    void read_ranges_areStatic() {
        for (DocumentReader reader : List.of(STRICT, COMPATIBLE)) {
            Pool pool = reader.readPool(document(" [\"10.6.1.1-10.6.1.4\",\n\"10.6.1.3\" ,\"10.6.1.9\"] "))
                    .pool();
            assertEquals(List.of("10.6.1.1-10.6.1.4", "10.6.1.3", "10.6.1.9"), pool.staticIpTexts());
            assertEquals(
                    List.of("10.6.1.1-10.6.1.4", "10.6.1.9"),
                    pool.staticAddresses().texts());
        }
    }

    @Example
    void read_emptyListOrNoAnnotation_poolHasNoStaticRanges() {
        assertTrue(STRICT.readPool(document("[]")).pool().staticAddresses().isEmpty());
        assertTrue(STRICT.readPool(document(Map.of("other.io/x", "y")))
                .pool()
                .staticAddresses()
                .isEmpty());
    }

    @Example
    void read_rangesOutsideThePool_areReported() {
        assertEquals(
                List.of(
                        AT + "[1]: \"10.6.1.8-10.6.1.12\": must be within spec.ips without spec.excludeIPs;"
                                + " add 10.6.1.10 to spec.ips, or remove it from the static ranges",
                        AT + "[2]: \"10.6.1.5\": must be within spec.ips without spec.excludeIPs;"
                                + " remove 10.6.1.5 from spec.excludeIPs, or remove it from the static ranges"),
                problems(document("[\"10.6.1.1\",\"10.6.1.8-10.6.1.12\",\"10.6.1.5\"]")));
        assertEquals(
                List.of(AT + "[0]: \"10.7.0.1\": must be within spec.subnet 10.6.0.0/16; the subnet is"
                        + " 10.6.0.0-10.6.255.255"),
                problems(document("[\"10.7.0.1\"]")));
    }

    @Example
    void read_rangeThatIsNone_isReportedWithItsIndex() {
        List<String> problems =
                problems(document("[\"10.6.1.1\",\"10.6.1.x\",\"10.6.1.9-10.6.1.8\",\"fd00::1\",\"\"]"));
        assertEquals(4, problems.size(), problems::toString);
        for (int i = 0; i < 4; i++) {
            assertTrue(problems.get(i).startsWith(AT + "[" + (i + 1) + "]"), problems::toString);
        }
    }

    @Example
    void read_rangeInAList_hasThePathOfItsItem() {
        Map<String, Object> list = Map.of(
                "apiVersion", "v1", "kind", "List", "items", List.of(document("[]"), document("[\"10.6.1.5\",7]")));
        assertEquals(
                List.of("items[1]." + AT + "[1], column 13: \"7\": must be an address or a range, as a string;"
                        + " write \"10.6.1.200-10.6.1.250\""),
                messages(() -> STRICT.read(list)));
    }

    @Example
    void read_valueOfAnotherForm_isReportedWithItsPlace() {
        String list = "the value must be a list of addresses and ranges; write [\"10.6.1.200-10.6.1.250\"]";
        String range = "must be an address or a range, as a string; ";
        assertEquals(List.of(AT + ", column 1: \"10.6.1.1\": " + list), problems(document("\"10.6.1.1\"")));
        assertEquals(List.of(AT + ", column 1: \"null\": " + list), problems(document("null")));
        assertEquals(List.of(AT + ", column 1: \"{}\": " + list), problems(document("{}")));
        assertEquals(
                List.of(
                        AT + "[0], column 2: \"null\": " + range + "remove this element",
                        AT + "[1], column 7: \"[]\": " + range + "write all ranges in one list"),
                problems(document("[null,[]]")));
        assertEquals(List.of(AT + ": \"7\": must be a text"), problems(document(Map.of("ipam.io/static-ips", 7))));
        assertEquals(List.of("metadata.annotations: \"7\": must be an object"), problems(document((Object) 7)));
    }

    @Example
    void read_valueThatIsNotJson_isReportedWithItsPlace() {
        for (String value : List.of("", "10.6.1.1", "10.6.1.1,10.6.1.2", "[\"10.6.1.1\"", "[\"10.6.1.1\",]", "[]]")) {
            List<String> problems = problems(document(value));
            assertEquals(1, problems.size(), problems::toString);
            assertTrue(problems.get(0).startsWith(AT + ", column "), problems::toString);
        }
    }

    @Example
    void read_keyThatIsMisspelled_isReportedInStrictMode() {
        Map<String, Object> tree = document(Map.of("ipam.io/static-ip", "[\"10.6.1.1\"]", "other.io/static-ip", "x"));
        assertEquals(
                List.of("metadata.annotations[\"ipam.io/static-ip\"]: \"ipam.io/static-ip\": is not a known"
                        + " field; did you mean ipam.io/static-ips?"),
                refusals(STRICT, tree));
        assertTrue(COMPATIBLE.readPool(tree).pool().staticAddresses().isEmpty());
    }

    /** The time of a refusal is proportional to the length, and the list of problems is limited. */
    @Example
    void read_hostileText_costsLittleAndReportsTheFirstProblems() {
        List<String> hostile = new ArrayList<>();
        hostile.add("[" + "1,".repeat(130_000) + "1]");
        hostile.add("[" + "\"\",".repeat(80_000) + "\"\"]");
        hostile.add("[" + "\"10.6.1.5\",".repeat(20_000) + "\"\"]");
        hostile.add("[".repeat(200_000));
        hostile.add("[\"" + "1".repeat(250_000) + "\"]");
        hostile.add("\"".repeat(1 << 20));
        hostile.add("[\"\ud800\",\"\u0000\"]");
        for (String value : hostile) {
            Map<String, Object> tree = document(value);
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            int problems = messages(() -> STRICT.readPool(tree)).size();
            assertTrue(problems >= 1 && problems <= 51, value.length() + ": " + problems);
            long millis = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1_000_000;
            assertTrue(millis < 5_000, value.length() + ": " + millis + " ms of processor time");
        }
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.of("[", "]", ",", "\"", "10.6.1.1", "-", "10.6.1.4", "null", "\\", " ", "7", "{", "}", ":")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    @Property(tries = 2000)
    void read_anyValue_isReadOrRefusedAtItsPath(@ForAll("values") String value) {
        try {
            Pool pool = STRICT.readPool(document(value)).pool();
            PoolDocument written = PoolDocument.of(pool);
            assertEquals(written, STRICT.readPool(written.toJson()));
        } catch (InvalidDocumentException e) {
            e.problems().forEach(problem -> assertTrue(problem.where().startsWith(AT), problem::message));
        }
    }

    @Example
    void toMap_poolWithStaticRanges_hasTheAnnotation() {
        Pool pool = Pool.builder("p", "10.6.0.0/16")
                .ips("10.6.1.0-10.6.1.9")
                .staticIps("10.6.1.2-10.6.1.4", "10.6.1.3")
                .labels(Map.of("a", "b"))
                .build();
        PoolDocument document = PoolDocument.of(pool);
        assertEquals(
                Map.of(
                        "name",
                        "p",
                        "annotations",
                        Map.of("ipam.io/static-ips", "[\"10.6.1.2-10.6.1.4\",\"10.6.1.3\"]"),
                        "labels",
                        Map.of("a", "b")),
                document.toMap().get("metadata"));
        assertEquals(document, STRICT.readPool(document.toJson()));
    }
}
