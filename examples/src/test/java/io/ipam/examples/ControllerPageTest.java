package io.ipam.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code in docs/controller.md is compiled as it is there, and run from top to bottom. */
class ControllerPageTest {
    private static final Path PAGE = Path.of("../docs/controller.md");
    private static final List<String> IMPORTS = List.of(
            "io.ipam.*",
            "io.ipam.address.*",
            "io.ipam.allocation.*",
            "io.ipam.annotations.*",
            "io.ipam.documents.*",
            "io.ipam.owner.*",
            "io.ipam.pool.*",
            "io.ipam.resolution.*",
            "io.ipam.store.InMemoryStore",
            "io.ipam.store.StateStore",
            "io.ipam.subnet.*",
            "java.io.PrintStream",
            "java.time.Duration",
            "java.util.*",
            "java.util.concurrent.CopyOnWriteArrayList",
            "java.util.concurrent.locks.LockSupport",
            "java.util.function.Supplier");

    /** The parts of the code that the page leaves to the reader. */
    private static final String GIVEN = """
            List<String> cluster = List.of(\"""
                {"apiVersion": "spiderpool.spidernet.io/v2beta1", "kind": "SpiderIPPool", "metadata": {"name": "blue-v4"},
                 "spec": {"subnet": "10.6.0.0/16", "ips": ["10.6.1.1-10.6.1.9"], "gateway": "10.6.0.1"},
                 "status": {"allocatedIPs": "{\\\\"10.6.1.1\\\\":{\\\\"pod\\\\":\\\\"shop/db-0\\\\",\\\\"podUid\\\\":\\\\"d0\\\\"},\\\\"10.6.1.9\\\\":{}}"}}
                \""", \"""
                {"apiVersion": "spiderpool.spidernet.io/v2beta1", "kind": "SpiderIPPool", "metadata": {"name": "faulty-v4"},
                 "spec": {"subnet": "10.7.0.0/16", "ips": ["10.7.1.1-"]}}
                \""", \"""
                {"apiVersion": "spiderpool.spidernet.io/v2beta1", "kind": "SpiderSubnet", "metadata": {"name": "shop-v4"},
                 "spec": {"subnet": "10.8.0.0/16", "ips": ["10.8.1.1-10.8.1.9"], "later": true}}
                \""", \"""
                {"apiVersion": "spiderpool.spidernet.io/v2beta1", "kind": "SpiderEndpoint",
                 "metadata": {"name": "db-0", "namespace": "shop"},
                 "status": {"ownerControllerType": "StatefulSet", "ownerControllerName": "db", "current": {"uid": "d0",
                  "node": "worker1", "ips": [{"interface": "eth0", "ipv4": "10.6.1.1/16", "ipv4Pool": "blue-v4"}]}}}
                \""");
            InMemoryStore store = new InMemoryStore();
            Supplier<StateStore> sessions = store::session;
            Map<String, Map<String, String>> annotations = Map.of("shop/db-0",
                Map.of("ipam.spidernet.io/assigned-eth0", "{\\"ipv4\\":\\"10.6.1.1/16\\"}"));
            String macvlanConfiguration = "{\\"type\\":\\"macvlan\\",\\"ipam\\":{\\"default_ipv4_ippool\\":[\\"blue-v4\\"]}}";
            Map<String, String> podAnnotations = Map.of();
            Map<String, String> namespaceAnnotations = Map.of();
            List<Owner> livePods = List.of(Owner.stateful("shop", "db-0", "d0"));
            List<String> log = new ArrayList<>();
            List<String> events = new CopyOnWriteArrayList<>();
            """;

    private static final String CHECKED = """
            long limit = System.nanoTime() + 60_000_000_000L;
            while (events.stream().filter(event -> event.startsWith("Released")).count() < 3 && System.nanoTime() < limit) {
                LockSupport.parkNanos(1_000_000);
            }
            System.out.println(result.isAllocated() + " " + update.isUpdated());
            System.out.println(ipam.state().verify().isEmpty() && restarted.state().verify().isEmpty());
            System.out.println(restarted.state().export().pools().equals(state.pools())
                && restarted.state().strays().equals(state.strays()));
            log.forEach(System.out::println);
            events.forEach(System.out::println);
            ipam.close();
            """;

    @Test
    void page_code_runsAndPrintsOutcomes(@TempDir Path classes) throws Exception {
        List<String> printed = Snippet.run(IMPORTS, GIVEN + code() + CHECKED, classes)
                .lines()
                .filter(line -> !line.isEmpty())
                .map(line -> line.replaceAll("(generation|elapsedNanos)=\\d+", "$1=N"))
                .toList();
        assertEquals(
                List.of(
                        "true true",
                        "true",
                        "true",
                        "invalid SpiderIPPool faulty-v4: spec.ips[0], column 10: \"10.7.1.1-\": an address is required",
                        "pools that fit: 1",
                        "blue-v4.status.allocatedIPs[\"10.6.1.9\"].pod: \"\": must name the pod as namespace/name;"
                                + " the address stays taken until IpamState.releaseStray",
                        "taken over: 1",
                        "shop/db-0 on worker1",
                        "10.6.1.1 of shop/db-0 (uid d0) for eth0",
                        "contradiction: blue-v4.status.allocatedIPs[\"10.6.1.9\"]: \"\": must be noted by a SpiderEndpoint;"
                                + " the record counts, and the address stays held"),
                printed.subList(0, 10));
        assertTrue(printed.contains("10.6.1.9 held by an unknown owner, noted in pool blue-v4"), printed::toString);
        assertTrue(printed.stream().anyMatch(line -> line.contains("\\\"10.6.1.9\\\":{}}")), printed::toString);
        int holder = printed.lastIndexOf("10.6.1.9 held by an unknown owner, noted in pool blue-v4");
        assertEquals(
                List.of(
                        "10.6.1.2 from blue-v4 held by shop/cart-0 (uid 7f3c) for eth0",
                        "pool of the address: blue-v4",
                        "pools of the subnet: 1",
                        "Released[pool=blue-v4, address=10.6.1.2, interfaceName=eth0, generation=N]"),
                printed.subList(holder + 1, holder + 5));
        assertEquals(
                List.of(
                        "Granted[owner=shop/cart-0 (uid 7f3c), interfaceName=eth0, pool=blue-v4, address=10.6.1.2,"
                                + " generation=N, renewed=false, position=0, elapsedNanos=N]",
                        "Released[owner=shop/cart-0 (uid 7f3c), interfaceName=eth0, pool=blue-v4, address=10.6.1.2,"
                                + " generation=N, position=0, elapsedNanos=N]"),
                printed.stream()
                        .filter(line -> line.contains("owner=shop/cart-0"))
                        .toList());
        String ofEvent = "interfaceName=eth0, pool=blue-v4, address=10.6.1.4, generation=N, ";
        assertEquals(
                List.of(
                        "HandedOver[holdings=[eth0 10.6.1.4 from blue-v4]]",
                        "[HeldByAnother[address=10.6.1.4, holder=shop/vm-0 (uid source-uid), generation=N]]",
                        "Released[pool=blue-v4, address=10.6.1.4, interfaceName=eth0, generation=N]",
                        "Granted[owner=shop/vm-0 (uid source-uid), " + ofEvent + "renewed=false, ",
                        "Granted[owner=shop/vm-0 (uid target-uid), " + ofEvent + "renewed=true, ",
                        "Granted[owner=shop/vm-0 (uid source-uid), " + ofEvent + "renewed=true, ",
                        "Released[owner=shop/vm-0 (uid source-uid), " + ofEvent),
                printed.stream()
                        .filter(line -> line.contains("10.6.1.4") && !line.startsWith("{"))
                        .map(line -> line.replaceAll("position=0.*", ""))
                        .toList());
        assertTrue(printed.contains("probe: 10.10.1.5"), printed::toString);
        assertTrue(printed.contains("free static: 4"), printed::toString);
        assertTrue(
                printed.stream()
                        .anyMatch(line -> line.contains("{\"ipam.io/static-ips\":\"[\\\"10.10.1.1-10.10.1.4\\\"]\"}")),
                printed::toString);
        assertTrue(printed.contains("lab-v4: at most 0 bytes"), printed::toString);
        assertTrue(
                printed.containsAll(List.of(
                        "one of two: true",
                        "draining: [10.9.1.9]",
                        "router: [uplink 10.6.1.8/16 gw 10.6.0.1 from blue-v4]",
                        "router: [uplink 10.6.1.3/16 gw 10.6.0.1 from blue-v4]",
                        "pools that fit: 1")),
                printed::toString);
        assertTrue(printed.contains("create pool auto4-cart-eth0-b7e2 with [10.8.1.1-10.8.1.3]"), printed::toString);
        assertTrue(
                printed.contains("every allocation has a live owner, or is younger than the observation"),
                printed::toString);
    }

    private static String code() throws IOException {
        return String.join("", ReadmeOutputTest.blocks(Files.readString(PAGE), "java"));
    }
}
