package io.ipam.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuickstartTest {
    private static final Path PINNED = Path.of("src/test/resources/quickstart-output.txt");

    /** {@code -Dipam.update=true} writes the file again. */
    @Test
    void run_shippedManifests_outputIsPinned() throws IOException {
        String output = QuickstartRun.shippedOutput();
        if (Boolean.getBoolean("ipam.update")) {
            Files.writeString(PINNED, output);
        }
        assertEquals(Files.readString(PINNED), output);
    }

    @Test
    void main_ownJvm_printsTheSame() throws Exception {
        QuickstartRun run = QuickstartRun.of();
        assertEquals("", run.err());
        assertEquals(0, run.exitCode());
        assertEquals(QuickstartRun.shippedOutput(), run.out().replace("\r\n", "\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "decided by pod annotation ipam.spidernet.io/ippool\n",
                "decided by pod annotation ipam.spidernet.io/ippools\n",
                "decided by namespace annotation",
                "decided by CNI configuration\n",
                "decided by cluster default pools\n",
                "demo-v4-ippool1 was full when it was checked",
                "pool backup-ipv4-ippool ",
                "passed over for eth0 IPv4: zone-a-v4 requires topology.kubernetes.io/zone in (zone-a) (nodeAffinity)",
                "passed over for eth0 IPv4: shop-cart-v4 requires app in (cart) (podAffinity)",
                "REFUSED, no candidate\n",
                "test-pod-ippool serves nodes [master, worker1], not worker2\n",
                "closed-v4 is disabled\n",
                "leaving-v4 is being deleted\n",
                "no-such-pool does not exist\n",
                "REFUSED, exhausted\n",
                "    eth0 IPv4: no free address in tiny-v4 (2 held, 0 cooling, 1 reserved of 3)\n",
                "10.80.0.0/16 via 10.7.0.253",
            })
    void run_shippedManifests_showsEverySituation(String text) throws IOException {
        assertTrue(QuickstartRun.shippedOutput().contains(text), text);
    }

    @Test
    void run_shippedManifests_tableHasRowsOfTheDocument() throws IOException {
        List<String> table = QuickstartRun.shippedOutput()
                .lines()
                .map(line -> line.strip().replaceAll(" +", " "))
                .dropWhile(line -> !line.startsWith("NAME "))
                .toList();
        assertEquals(
                "NAME VERSION SUBNET ALLOCATED-IP-COUNT TOTAL-IP-COUNT DEFAULT DISABLE NODENAME MULTUSNAME APP-NAMESPACE",
                table.get(0));
        assertTrue(
                table.contains("auto4-demo-deploy-subnet-eth0-fcca4 4 172.100.0.0/16 1 2 false false kube-system"),
                table::toString);
        assertTrue(
                table.contains("test-pod-ippool 4 10.6.0.0/16 0 10 false false [\"master\",\"worker1\"]"
                        + " [\"kube-system/macvlan-vlan0\"]"),
                table::toString);
    }

    @Test
    void run_addressesHeldInStatus_areNotAllocated() throws IOException {
        String output = QuickstartRun.shippedOutput();
        assertTrue(output.contains(" 10.6.5.2/16 "));
        assertTrue(!output.contains(" 10.6.5.1/16 "));
    }

    @Test
    void run_shippedManifests_noAddressTwice() throws IOException {
        List<String> addresses = QuickstartRun.shippedOutput()
                .lines()
                .filter(line -> line.contains("  gateway "))
                .map(line -> line.strip().replaceAll("^(eth0|net1) +", "").split(" ")[0])
                .toList();
        assertEquals(addresses.stream().distinct().toList(), addresses);
        assertTrue(addresses.size() > 30);
    }

    @Test
    void run_podWithoutPools_refusalIsExplained() {
        assertLines(
                "{kind: Pod, metadata: {name: p, annotations: {ipam.spidernet.io/ippool: '{\"ipv4\":[\"x-*\"]}'}}}",
                "    note: ",
                "x-*");
        assertLines("{kind: Pod, metadata: {name: p}}", "  decided by no source", "");
    }

    @Test
    void run_unmatchedRoute_isReportedOnce() {
        String output = output("""
                apiVersion: spiderpool.spidernet.io/v2beta1
                kind: SpiderIPPool
                metadata: {name: mine}
                spec: {subnet: 10.1.0.0/16, ips: [10.1.0.5], default: true}
                ---
                {kind: Pod, metadata: {name: p, annotations: {ipam.spidernet.io/routes: '[{"dst":"10.9.0.0/16","gw":"10.2.0.1"}]'}}}
                """);
        assertEquals(
                1, output.lines().filter(line -> line.contains("10.9.0.0/16")).count(), output);
    }

    private static String output(String manifest) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Quickstart.run(ManifestReader.read("f.yaml", manifest), new PrintStream(out, true, UTF_8));
        return out.toString(UTF_8);
    }

    private static void assertLines(String manifest, String start, String part) {
        String output = output(manifest);
        assertTrue(output.lines().anyMatch(line -> line.startsWith(start) && line.contains(part)), output);
    }

    @Test
    void run_directoryOfTheUser_isRead(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("all.yaml"), """
                apiVersion: spiderpool.spidernet.io/v2beta1
                kind: SpiderIPPool
                metadata: {name: mine}
                spec: {subnet: 10.1.0.0/16, ips: [10.1.0.5], default: true}
                ---
                {apiVersion: v1, kind: Service, metadata: {name: s}}
                ---
                {apiVersion: v1, kind: Pod, metadata: {name: p}}
                """);
        QuickstartRun run = QuickstartRun.of(directory.toString());
        assertEquals("", run.err());
        assertEquals(0, run.exitCode());
        assertEquals(
                """
                not read: Service 1

                default/p
                  decided by cluster default pools
                  eth0  10.1.0.5/16  gateway none  pool mine  routes none

                1 of 1 pods have addresses.
                """,
                run.out().lines().takeWhile(line -> !line.startsWith("NAME")).collect(Collectors.joining("\n")));
    }

    @Test
    void run_repeated_printsTheSame() throws IOException {
        assertEquals(QuickstartRun.shippedOutput(), QuickstartRun.shippedOutput());
    }
}
