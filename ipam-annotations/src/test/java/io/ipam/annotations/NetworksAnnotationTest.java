package io.ipam.annotations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.ipam.address.Address;
import io.ipam.problem.Problem;
import io.ipam.resolution.InterfaceRequest;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.PoolSelections.GivenAddress;
import io.ipam.resolution.ReadingMode;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworksAnnotationTest {
    private static String read(String key, String text) {
        List<InterfaceRequest> strict =
                AnnotationReader.strict().read(Map.of(key, text), Map.of()).interfaces();
        assertEquals(
                strict,
                AnnotationReader.compatible().read(Map.of(key, text), Map.of()).interfaces());
        return strict.stream()
                .map(request -> request.name() + "=" + request.attachment().orElse("-"))
                .collect(Collectors.joining(" "));
    }

    private static List<String> problems(String key, String text) {
        return assertThrows(
                        InvalidAnnotationException.class,
                        () -> AnnotationReader.compatible().read(Map.of(key, text), Map.of()))
                .problems()
                .stream()
                .map(problem -> problem.type() + " " + problem.where() + " "
                        + problem.position().column())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                                  | eth0=-
            `  `                                                | eth0=-
            a                                                   | eth0=- net1=a
            ns/a                                                | eth0=- net1=ns/a
            ns/a@x1,b                                           | eth0=- x1=ns/a net2=b
            ` ns / a @ x1 , b `                                 | eth0=- x1=ns/a net2=b
            a@                                                  | eth0=- net1=a
            a,a                                                 | eth0=- net1=a net2=a
            null                                                | eth0=- net1=null
            [a]                                                 | -
            []                                                  | eth0=-
            [{"name":"a"},{"namespace":"n","name":"b","interface":"x"}] | eth0=- net1=a x=n/b
            [{"name":"a","ips":["10.0.0.1/24"],"mac":null,"namespace":null}] | eth0=- net1=a
            """)
    void read_bothForms_returnsNetworks(String text, String expected) {
        if (expected.equals("-")) {
            assertEquals(1, problems(AnnotationKeys.NETWORKS, text).size());
        } else {
            assertEquals(expected, read(AnnotationKeys.NETWORKS, text));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a/b/c              | INVALID [0] 1
            a@b@c              | INVALID [0] 1
            a,,b               | REQUIRED [1] 3
            a,B                | INVALID [1] 3
            n_s/a              | INVALID [0] 1
            -a                 | INVALID [0] 1
            a@eth0             | DUPLICATE [0] 1
            a@x,b@x            | DUPLICATE [1] 5
            a@net2,b           | DUPLICATE [1] 8
            a@0123456789abcdef | INVALID [0] 1
            a@x y              | INVALID [0] 1
            [{"namespace":"n"}] | REQUIRED [0] 2
            [{"name":"n/a"}]   | INVALID [0] 2
            [{"name":5}]       | INVALID [0].name 10
            [null]             | REQUIRED [0] 2
            ["a"]              | INVALID [0] 2
            {"name":"a"}       | INVALID  1
            "a"                | INVALID  1
            """)
    void read_invalidNetworks_isRefused(String text, String problem) {
        assertEquals(List.of(problem), problems(AnnotationKeys.NETWORKS, text));
    }

    private static PoolSelections selections(String... keysAndTexts) {
        Map<String, String> pod = new TreeMap<>();
        for (int i = 0; i < keysAndTexts.length; i += 2) {
            pod.put(keysAndTexts[i], keysAndTexts[i + 1]);
        }
        PoolSelections strict = AnnotationReader.strict().read(pod, Map.of());
        assertEquals(strict, AnnotationReader.compatible().read(pod, Map.of()).withMode(ReadingMode.STRICT));
        return strict;
    }

    private static GivenAddress given(String interfaceName, String address, int length) {
        return new GivenAddress(
                interfaceName, Address.parse(address), length < 0 ? OptionalInt.empty() : OptionalInt.of(length));
    }

    @Test
    void read_ipsAndMac_areGivenAddressesAndThePassedMac() {
        PoolSelections read = selections(
                AnnotationKeys.DEFAULT_NETWORK,
                "[{\"name\":\"a\",\"ips\":[\"10.0.0.1\"],\"mac\":\"02-00\",\"interface\":\"x\"}]",
                AnnotationKeys.NETWORKS,
                "[{\"name\":\"b\"},{\"ips\":[\"fd00::9/64\",\"10.0.0.2/0\",],\"name\":\"c\",\"interface\":\"blue\"},"
                        + "{\"name\":\"d\",\"ips\":null,\"mac\":\"\"},{\"name\":\"e\",\"ips\":[]}]");
        assertEquals(
                List.of(given("eth0", "10.0.0.1", -1), given("blue", "fd00::9", 64), given("blue", "10.0.0.2", 0)),
                read.given());
        assertEquals(
                List.of(
                        InterfaceRequest.of("eth0").withAttachment("a").withMac("02-00"),
                        InterfaceRequest.of("net1").withAttachment("b"),
                        InterfaceRequest.of("blue").withAttachment("c"),
                        InterfaceRequest.of("net3").withAttachment("d"),
                        InterfaceRequest.of("net4").withAttachment("e")),
                read.interfaces());
        assertEquals(Optional.empty(), read.claim());
    }

    /** An invalid address costs an exception, and no problem after the fiftieth is listed. */
    @Test
    void read_moreInvalidIpsThanProblemsAreListed_parsesNoFurtherOnes() {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        String text = "[{\"name\":\"a\",\"ips\":[" + "\"x\",".repeat(100_000) + "\"x\"]}]";
        Map<String, String> pod = Map.of("k8s.v1.cni.cncf.io/networks", text);
        long before = thread.getCurrentThreadAllocatedBytes();
        InvalidAnnotationException refused = assertThrows(
                InvalidAnnotationException.class,
                () -> AnnotationReader.strict().read(pod, Map.of()));
        long allocated = thread.getCurrentThreadAllocatedBytes() - before;
        assertEquals(50, refused.problems().size());
        assertTrue(allocated < 40_000_000, allocated + " B");
    }

    /** The other IPAM gets them from multus, as the capability {@code ips}. */
    @Test
    void read_ipsOfAnotherIpam_areNotGiven() {
        Map<String, String> pod = Map.of(
                AnnotationKeys.NETWORKS,
                "[{\"name\":\"b\",\"ips\":[\"10.0.0.2\"]},{\"name\":\"c\",\"ips\":[\"10.0.0.3\"]},{\"name\":\"d\",\"ips\":[\"10.0.0.4\"]}]");
        Map<String, String> cni =
                Map.of("net1", "{\"ipam\":{\"type\":\"static\"}}", "net2", "{\"ipam\":{\"type\":\"spiderpool\"}}");
        assertEquals(
                List.of(given("net2", "10.0.0.3", -1)),
                AnnotationReader.strict().read(pod, Map.of(), cni).given());
    }

    @Test
    void read_claims_nameOneOwnerIfTheReaderServesThem() {
        String text = "[{\"name\":\"a\",\"ipam-claim-reference\":\"vm-0\"},{\"name\":\"b\"},"
                + "{\"name\":\"c\",\"ipam-claim-reference\":\"vm-1\"}]";
        Map<String, String> pod = Map.of(AnnotationKeys.NETWORKS, text);
        assertEquals(Optional.empty(), selections(AnnotationKeys.NETWORKS, text).claim());
        assertEquals(
                Optional.empty(),
                selections(AnnotationKeys.NETWORKS, "[{\"name\":\"a\",\"ipam-claim-reference\":5}]")
                        .claim());
        AnnotationReader reader = AnnotationReader.strict().withClaims();
        Problem problem = assertThrows(InvalidAnnotationException.class, () -> reader.read(pod, Map.of()))
                .problems()
                .get(0);
        assertEquals("[2].ipam-claim-reference column 93 vm-1", place(problem));
        Map<String, String> cni = Map.of("net3", "{\"ipam\":{\"type\":\"spiderpool\"}}");
        assertEquals(
                Optional.of("vm-1"), reader.read(pod, Map.of(), cni).claim(), "net1 and its claim are of another IPAM");
        for (String wrong : List.of("5", "\"Vm\"", "\"a/b\"")) {
            String one = "[{\"name\":\"a\",\"ipam-claim-reference\":" + wrong + "}]";
            problem = assertThrows(
                            InvalidAnnotationException.class,
                            () -> reader.read(Map.of(AnnotationKeys.NETWORKS, one), Map.of()))
                    .problems()
                    .get(0);
            assertEquals("[0].ipam-claim-reference column 37 " + wrong.replace("\"", ""), place(problem));
        }
    }

    private static String place(Problem problem) {
        return problem.where() + " " + problem.position() + " " + problem.offending();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ["10.0.0.1","10.0.0.2"]            | DUPLICATE [0].ips[1] 32
            ["fd00::1","10.0.0.1","fd00::1/64"] | DUPLICATE [0].ips[2] 42
            ["::ffff:10.0.0.1"]                | INVALID [0].ips[0] 21
            ["10.0.0.1/33"]                    | INVALID [0].ips[0] 21
            ["10.0.0.1/024"]                   | INVALID [0].ips[0] 21
            ["10.0.0.1/"]                      | INVALID [0].ips[0] 21
            ["10.0.0.1/-1"]                    | INVALID [0].ips[0] 21
            ["10.0.0.1/２"]                    | INVALID [0].ips[0] 21
            ["10.0.0.1-10.0.0.2"]              | INVALID [0].ips[0] 21
            [""]                               | REQUIRED [0].ips[0] 21
            [null]                             | REQUIRED [0].ips[0] 21
            [5]                                | INVALID [0].ips[0] 21
            "10.0.0.1"                         | INVALID [0].ips 20
            """)
    void read_ipsThatAreNone_areRefusedWithTheirPlace(String ips, String problem) {
        String text = "[{\"name\":\"a\",\"ips\":" + ips + "}]";
        assertEquals(List.of(problem), problems(AnnotationKeys.NETWORKS, text));
        assertEquals(List.of(problem), problems(AnnotationKeys.DEFAULT_NETWORK, text));
    }

    /** The naive model splits at the first slash and parses numbers as the JDK does. */
    @Property
    void read_anyIps_areAcceptedIfTheModelAccepts(@ForAll("addresses") List<String> texts) {
        String list = texts.stream().map(text -> '"' + text + '"').collect(Collectors.joining(","));
        Map<String, String> pod = Map.of(AnnotationKeys.NETWORKS, "[{\"name\":\"a\",\"ips\":[" + list + "]}]");
        List<GivenAddress> expected = model(texts);
        if (expected == null) {
            assertThrows(
                    InvalidAnnotationException.class,
                    () -> AnnotationReader.strict().read(pod, Map.of()));
        } else {
            assertEquals(expected, AnnotationReader.strict().read(pod, Map.of()).given());
        }
    }

    private static @Nullable List<GivenAddress> model(List<String> texts) {
        Map<Boolean, List<String>> byFamily = texts.stream().collect(Collectors.partitioningBy(t -> t.contains(":")));
        if (byFamily.values().stream().anyMatch(list -> list.size() > 1)) {
            return null;
        }
        List<GivenAddress> given = new ArrayList<>();
        for (String text : texts) {
            String[] parts = text.split("/", -1);
            boolean fits = parts.length == 1
                    || (parts.length == 2
                            && IntStream.rangeClosed(0, text.contains(":") ? 128 : 32)
                                    .anyMatch(length -> parts[1].equals(Integer.toString(length))));
            if (!fits) {
                return null;
            }
            given.add(given("net1", parts[0], parts.length == 1 ? -1 : Integer.parseInt(parts[1])));
        }
        return given;
    }

    @Provide
    Arbitrary<List<String>> addresses() {
        Arbitrary<String> length = Arbitraries.oneOf(
                Arbitraries.just(""),
                Arbitraries.integers().between(-1, 140).map(n -> "/" + n),
                Arbitraries.of("/", "/08", "/8/8", "/+8", "/8 ", "/8x"));
        return Combinators.combine(Arbitraries.of("10.0.0.1", "10.9.0.255", "fd00::", "::1"), length)
                .as(String::concat)
                .list()
                .ofMaxSize(3);
    }

    /**
     * Few networks are compared in place and many are not; both notice an interface joined twice.
     */
    @Test
    void read_manyNetworks_anInterfaceIsJoinedOnce() {
        StringBuilder text = new StringBuilder("n@x0");
        for (int i = 1; i < 30; i++) {
            assertEquals(
                    i + 1,
                    AnnotationReader.strict()
                            .read(Map.of(AnnotationKeys.NETWORKS, text.toString()), Map.of())
                            .interfaces()
                            .size());
            for (int earlier = 0; earlier < i; earlier++) {
                String problem = "DUPLICATE [" + i + "] " + (text.length() + 2);
                assertEquals(List.of(problem), problems(AnnotationKeys.NETWORKS, text + ",n@x" + earlier));
            }
            text.append(",n@x").append(i);
        }
    }

    @Test
    void read_severalDefaultNetworks_isRefused() {
        assertEquals("eth0=ns/a", read(AnnotationKeys.DEFAULT_NETWORK, "ns/a"));
        assertEquals("eth0=a", read(AnnotationKeys.DEFAULT_NETWORK, "a@eth0"));
        assertEquals("eth0=n/a", read(AnnotationKeys.DEFAULT_NETWORK, "[{\"name\":\"a\",\"namespace\":\"n\"}]"));
        assertEquals("eth0=-", read(AnnotationKeys.DEFAULT_NETWORK, ""));
        assertEquals(List.of("INVALID [1] 1"), problems(AnnotationKeys.DEFAULT_NETWORK, "a,b"));
    }

    @Test
    void read_millionMistakes_keepsFewProblems() {
        String text = "A,".repeat(400_000);
        InvalidAnnotationException refused = assertThrows(
                InvalidAnnotationException.class,
                () -> AnnotationReader.of(ReadingMode.COMPATIBLE)
                        .read(Map.of(AnnotationKeys.NETWORKS, text), Map.of()));
        assertEquals(50, refused.problems().size());
        Problem first = refused.problems().get(0);
        assertEquals("A", first.offending());
    }
}
