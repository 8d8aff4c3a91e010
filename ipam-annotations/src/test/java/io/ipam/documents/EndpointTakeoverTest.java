package io.ipam.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.Ipam;
import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.Stray;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Take-over with SpiderEndpoint documents. */
class EndpointTakeoverTest {
    private static final Pool BLUE =
            Pool.builder("blue-v4", "10.6.0.0/16").ips("10.6.1.0-10.6.1.9").build();

    private static PoolDocument blue(String allocatedIps) {
        return PoolDocument.of(BLUE)
                .withStatus(new PoolStatus(Optional.empty(), Optional.empty(), Optional.of(allocatedIps)));
    }

    private static EndpointDocument endpoint(String name, String uid, String kind, String... interfacesAndAddresses) {
        List<EndpointDocument.Entry> entries = new ArrayList<>();
        for (int i = 0; i < interfacesAndAddresses.length; i += 2) {
            entries.add(new EndpointDocument.Entry(
                    interfacesAndAddresses[i], Family.IPV4, interfacesAndAddresses[i + 1], "blue-v4"));
        }
        return new EndpointDocument("shop", name, uid, "worker1", kind, "vm", entries);
    }

    private static Takeover.Reading read(String allocatedIps, EndpointDocument... endpoints) {
        return Takeover.builder().endpoints(List.of(endpoints)).read(List.of(blue(allocatedIps)));
    }

    private static List<String> held(Takeover.Reading reading) {
        return reading.snapshot().pools().stream()
                .flatMap(pool -> pool.held().stream())
                .map(one -> one.address() + " " + one.interfaceName() + " "
                        + (one.owner().stateful() ? "=" : "") + one.owner())
                .toList();
    }

    private static List<String> problems(Takeover.Reading reading) {
        return reading.problems().stream().map(Problem::message).toList();
    }

    private static String record(String ip, String pod, String uid) {
        return "\"" + ip + "\":{\"pod\":\"shop/" + pod + "\",\"podUid\":\"" + uid + "\"}";
    }

    @Test
    void read_endpoints_stateInterfacesAndKinds() {
        Takeover.Reading reading = read(
                "{" + record("10.6.1.0", "cart-0", "u0") + "," + record("10.6.1.1", "cart-0", "u0") + ","
                        + record("10.6.1.2", "db-0", "u2") + "," + record("10.6.1.3", "vm", "u3") + ","
                        + record("10.6.1.4", "virt-launcher-vm-x", "u4") + "}",
                endpoint("cart-0", "u0", "Deployment", "eth0", "10.6.1.0/16", "net1", "10.6.1.1/16"),
                endpoint("db-0", "u2", "StatefulSet", "eth0", "10.6.1.2/16"),
                endpoint("vm", "u3", "VirtualMachineInstance", "eth0", "10.6.1.3"),
                endpoint("virt-launcher-vm-x", "u4", "VirtualMachineInstance", "net1", "10.6.1.4/16"));
        assertEquals(List.of(), problems(reading));
        assertEquals(
                List.of(
                        "10.6.1.0 eth0 shop/cart-0 (uid u0)",
                        "10.6.1.1 net1 shop/cart-0 (uid u0)",
                        "10.6.1.2 eth0 =shop/db-0 (uid u2)",
                        "10.6.1.3 eth0 =shop/vm (uid u3)",
                        "10.6.1.4 net1 =shop/vm (uid u4)"),
                held(reading));
    }

    /** The endpoint of an ended pod may still exist, and precede that of the running pod. */
    @Test
    void read_twoEndpointsOfOneAddress_usesTheOneThatAgreesWithTheStatus() {
        Takeover.Reading reading = read(
                "{" + record("10.6.1.2", "db-0", "u2") + "}",
                endpoint("ended", "u1", "Deployment", "net7", "10.6.1.2/16"),
                endpoint("db-0", "u2", "StatefulSet", "eth0", "10.6.1.2/16"));
        assertEquals(List.of("10.6.1.2 eth0 =shop/db-0 (uid u2)"), held(reading));
        assertEquals(
                List.of("[\"shop/db-0\"].status.current.ips.eth0.ipv4: \"10.6.1.2/16\": must be noted by one endpoint;"
                        + " [\"shop/ended\"].status.current.ips.net7.ipv4 notes it too"),
                problems(reading));
    }

    @Test
    void read_contradictions_areReportedAndNothingIsFreed() {
        Takeover.Reading reading = read(
                "{" + record("10.6.1.0", "cart-0", "u0") + "," + record("10.6.1.1", "cart-1", "old") + ","
                        + record("10.6.1.2", "db-0", "old") + "," + record("10.6.1.3", "gone", "u3")
                        + ",\"10.6.1.5\":7}",
                endpoint("other", "u9", "Deployment", "eth0", "10.6.1.0/16"),
                endpoint("cart-1", "new", "Deployment", "eth0", "10.6.1.1/16"),
                endpoint("db-0", "new", "StatefulSet", "eth0", "10.6.1.2/16"),
                endpoint("cart-4", "u4", "Deployment", "net1", "10.6.1.4/16", "net2", "10.6.2.4/16", "net3", "10.6.1"),
                endpoint("cart-5", "u5", "Deployment", "eth0", "10.6.1.5", "eth1", "10.6.1.4"));
        assertEquals(
                List.of(
                        "10.6.1.0  shop/cart-0 (uid u0)",
                        "10.6.1.1  shop/cart-1 (uid old)",
                        "10.6.1.2 eth0 =shop/db-0 (uid old)",
                        "10.6.1.3  shop/gone (uid u3)",
                        "10.6.1.4 net1 shop/cart-4 (uid u4)",
                        "10.6.1.5 eth0 shop/cart-5 (uid u5)"),
                held(reading));
        assertEquals(
                List.of("10.6.2.4 held by shop/cart-4 (uid u4), noted in pool blue-v4"),
                reading.snapshot().strays().stream().map(Stray::toString).toList());
        String counts = "; the record counts, and the address stays held";
        List<String> told = problems(reading);
        assertTrue(
                told.contains("blue-v4.status.allocatedIPs[\"10.6.1.0\"].pod: \"shop/cart-0\": must be shop/other as in"
                        + " [\"shop/other\"].status.current.ips.eth0.ipv4" + counts),
                told::toString);
        assertTrue(
                told.contains("blue-v4.status.allocatedIPs[\"10.6.1.3\"]: \"shop/gone\": must be noted by a"
                        + " SpiderEndpoint" + counts),
                told::toString);
        assertTrue(
                told.contains("[\"shop/cart-4\"].status.current.ips.net1.ipv4: \"10.6.1.4/16\": must be noted in the"
                        + " status of pool blue-v4; the address stays held by the owner of the endpoint"),
                told::toString);
        assertEquals(
                Set.of(
                        "blue-v4.status.allocatedIPs[\"10.6.1.0\"].pod",
                        "blue-v4.status.allocatedIPs[\"10.6.1.1\"].podUid",
                        "blue-v4.status.allocatedIPs[\"10.6.1.2\"].podUid",
                        "blue-v4.status.allocatedIPs[\"10.6.1.3\"]",
                        "blue-v4.status.allocatedIPs[\"10.6.1.5\"]",
                        "[\"shop/cart-4\"].status.current.ips.net1.ipv4",
                        "[\"shop/cart-4\"].status.current.ips.net2.ipv4",
                        "[\"shop/cart-4\"].status.current.ips.net3.ipv4",
                        "[\"shop/cart-5\"].status.current.ips.eth1.ipv4"),
                new TreeSet<>(reading.problems().stream().map(Problem::where).toList()));
        Ipam ipam = Ipam.of(PoolCatalog.of(BLUE));
        ipam.state().restore(reading.snapshot(), RestoreMode.HOLD);
        assertEquals(List.of(), ipam.state().verify());
        assertEquals(6, ipam.usage("blue-v4").orElseThrow().held());
    }

    @Test
    void read_poolIsMissingOrHasNoStatusOrIsClosed_endpointsAreHeld() {
        EndpointDocument endpoint = endpoint("cart-0", "u0", "Deployment", "eth0", "10.6.1.0/16");
        Takeover.Reading missing =
                Takeover.builder().endpoints(List.of(endpoint)).read(List.of());
        assertEquals(
                List.of("10.6.1.0 held by shop/cart-0 (uid u0), noted in pool blue-v4"),
                missing.snapshot().strays().stream().map(Stray::toString).toList());
        Takeover.Reading without =
                Takeover.builder().endpoints(List.of(endpoint)).read(List.of(PoolDocument.of(BLUE)));
        assertEquals(List.of("10.6.1.0 eth0 shop/cart-0 (uid u0)"), held(without));
        assertEquals(
                List.of("[\"shop/cart-0\"].status.current.ips.eth0.ipv4"),
                missing.problems().stream().map(Problem::where).toList());
        assertEquals(missing.problems(), without.problems());
        Takeover.Reading closed = read("not JSON", endpoint);
        assertEquals(List.of("10.6.1.0 eth0 shop/cart-0 (uid u0)"), held(closed));
        assertEquals(Set.of("blue-v4"), closed.snapshot().closedPools());
    }

    /** Pods 0 to 3 at addresses 0 to 5; 4 represents no record. */
    @Provide
    Arbitrary<List<Integer>> notes() {
        return Arbitraries.integers().between(0, 4).list().ofSize(6);
    }

    /** The model: an address is held if one of the two records it. The status takes precedence. */
    @Property
    void read_anyNotes_holdsTheUnionAndReportsEachDifference(
            @ForAll("notes") List<Integer> status, @ForAll("notes") List<Integer> endpoints) {
        StringBuilder json = new StringBuilder();
        Map<Integer, List<String>> byPod = new TreeMap<>();
        List<String> expected = new ArrayList<>();
        int different = 0;
        boolean any = endpoints.stream().anyMatch(pod -> pod < 4);
        for (int last = 0; last < 6; last++) {
            int noted = status.get(last);
            int used = endpoints.get(last);
            String ip = "10.6.1." + last;
            if (noted < 4) {
                json.append(json.isEmpty() ? "" : ",").append(record(ip, "db-" + noted, "u" + noted));
            }
            if (used < 4) {
                byPod.computeIfAbsent(used, pod -> new ArrayList<>()).addAll(List.of("net" + last, ip));
            }
            if (noted < 4 || used < 4) {
                int holder = noted < 4 ? noted : used;
                boolean known = noted == used || noted == 4;
                String kind = known && holder % 2 == 0 ? "=" : "";
                expected.add(ip + (known ? " net" + last + " " : "  ") + kind + "shop/db-" + holder + " (uid u" + holder
                        + ")");
                different += known && noted == used || (used == 4 && !any) ? 0 : 1;
            }
        }
        Takeover.Reading reading = Takeover.builder()
                .endpoints(byPod.entrySet().stream()
                        .map(pod -> endpoint(
                                "db-" + pod.getKey(),
                                "u" + pod.getKey(),
                                pod.getKey() % 2 == 0 ? "StatefulSet" : "Job",
                                pod.getValue().toArray(String[]::new)))
                        .toList())
                .read(List.of(blue("{" + json + "}")));
        assertEquals(
                expected.stream().sorted().toList(),
                held(reading).stream().sorted().toList());
        assertEquals(
                different, reading.problems().size(), () -> problems(reading).toString());
        assertEquals(List.of(), reading.snapshot().strays());
    }

    @Provide
    Arbitrary<EndpointDocument> endpoints() {
        Arbitrary<String> text = Arbitraries.of("", "a", "b-1", "\u6c60\"");
        Arbitrary<String> name = Arbitraries.of("a", "b-1", "\u6c60\"");
        Arbitrary<EndpointDocument.Entry> entry = Combinators.combine(
                        text, Arbitraries.of(Family.class), Arbitraries.of("10.6.1.1/16", "x", "fd00::1"), text)
                .as(EndpointDocument.Entry::new);
        return Combinators.combine(
                        name, name, text, text, text, text, entry.list().ofMaxSize(3))
                .as(EndpointDocument::new);
    }

    @Property(tries = 300)
    void read_writtenEndpoint_isEqual(@ForAll("endpoints") EndpointDocument endpoint) {
        Documents read = DocumentReader.strict().read(new Documents(List.of(endpoint)).toJson());
        assertEquals(List.of(endpoint), read.endpoints());
        assertEquals(endpoint.toJson(), read.items().get(0).toJson());
        Takeover.builder().endpoints(read.endpoints()).read(List.of(blue("{}")));
    }

    @Test
    void read_endpointOfACluster_keepsTheRelevantParts() {
        String text = """
                {"apiVersion":"spiderpool.spidernet.io/v2beta1","kind":"SpiderEndpoint",
                 "metadata":{"name":"vm-0","namespace":"shop","ownerReferences":[],"finalizers":["x"]},
                 "status":{"current":{"uid":"u","node":"worker1","ips":[
                   {"interface":"eth0","ipv4":"10.6.1.1/16","ipv4Pool":"blue-v4","ipv4Gateway":"10.6.0.1",
                    "ipv6":"fd00::1/64","ipv6Pool":"blue-v6","vlan":0,"cleanGateway":false,"routes":[{"dst":"a","gw":"b"}]},
                   {"interface":"net1","ipv4":"","ipv6":null}]},
                  "ownerControllerType":"VirtualMachineInstance","ownerControllerName":"vm-0"}}""";
        EndpointDocument read = DocumentReader.strict().read(text).endpoints().get(0);
        assertEquals("shop vm-0 u worker1", String.join(" ", read.namespace(), read.name(), read.uid(), read.node()));
        assertTrue(read.isStateful());
        assertEquals("vm-0", read.ownerName());
        assertEquals(
                List.of(
                        new EndpointDocument.Entry("eth0", Family.IPV4, "10.6.1.1/16", "blue-v4"),
                        new EndpointDocument.Entry("eth0", Family.IPV6, "fd00::1/64", "blue-v6")),
                read.entries());
        assertFalse(new EndpointDocument("a", "b", "", "", "VirtualMachine", "", List.of()).isStateful());
        assertEquals(
                new PoolSnapshot.Held(Address.parse("10.6.1.1"), Owner.stateful("shop", "vm-0", "u"), "eth0", 0),
                Takeover.builder()
                        .endpoints(List.of(read))
                        .read(List.of(blue("{" + record("10.6.1.1", "vm-0", "u") + "}")))
                        .snapshot()
                        .pools()
                        .get(0)
                        .held()
                        .get(0));
    }
}
