package io.ipam.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pods with interfaces of other IPAMs: only the interfaces of this IPAM request addresses. */
class OverlayTest {
    private static final String POOLS = """
            apiVersion: spiderpool.spidernet.io/v2beta1
            kind: SpiderIPPool
            metadata: {name: p}
            spec: {subnet: 10.1.0.0/24, ips: [10.1.0.10-10.1.0.19], default: true}
            ---
            """;
    private static final String OTHER = "{\"type\":\"calico\",\"ipam\":{\"type\":\"calico-ipam\"}}";
    private static final String NONE = "{\"type\":\"bridge\"}";
    private static final String EMPTY = "{\"plugins\":[{\"type\":\"macvlan\",\"ipam\":{}}]}";
    private static final String OURS = "{\"type\":\"macvlan\",\"ipam\":{\"type\":\"spiderpool\"}}";

    private static String network(String name, String config) {
        return """
                apiVersion: k8s.cni.cncf.io/v1
                kind: NetworkAttachmentDefinition
                metadata: {name: %s, namespace: kube-system}
                spec: {config: '%s'}
                ---
                """.formatted(name, config);
    }

    /** A pod whose eth0 joins the first of these networks, and net1, net2, ... the others. */
    private static Outcome run(String annotation, String... configs) {
        StringBuilder text = new StringBuilder(POOLS);
        StringBuilder networks = new StringBuilder();
        for (int i = 0; i < configs.length; i++) {
            text.append(network("n" + i, configs[i]));
            networks.append(i < 1 ? "" : i < 2 ? "kube-system/n" + i : ", kube-system/n" + i);
        }
        String joined = configs.length == 1 ? "" : ", k8s.v1.cni.cncf.io/networks: '" + networks + "'";
        text.append("{apiVersion: v1, kind: Pod, metadata: {name: a, annotations: {v1.multus-cni.io/default-network:"
                + " kube-system/n0" + joined + annotation + "}}}");
        return Outcome.of(text.toString());
    }

    private static List<String> interfaces(Outcome outcome) {
        return outcome.out()
                .lines()
                .filter(line -> line.contains("  gateway "))
                .map(line -> line.strip().split(" ")[0])
                .toList();
    }

    private static final String WHOLE = ", ipam.spidernet.io/ippool: '{\"ipv4\":[\"p\"]}'";
    private static final String ITEMS = ", ipam.spidernet.io/ippools: '[%s]'";
    private static final String NET1 = "{\"interface\":\"net1\",\"ipv4\":[\"p\"]}";
    private static final String NET2 = "{\"interface\":\"net2\",\"ipv4\":[\"p\"]}";

    @ParameterizedTest
    @CsvSource({"true, eth0 net1", "false, eth0 net1"})
    void networksOfThisIpam_onAllInterfaces_requestAddresses(boolean byAnnotation, String expected) {
        assertEquals(List.of(expected.split(" ")), interfaces(run(byAnnotation ? WHOLE : "", OURS, OURS)));
    }

    @Test
    void networkOfAnotherIpam_onAnInterface_requestsNoAddress() {
        for (String annotation : List.of("", WHOLE, ITEMS.formatted(NET1))) {
            assertEquals(List.of("net1"), interfaces(run(annotation, OTHER, OURS)), annotation);
        }
        assertEquals(List.of("eth0", "net2"), interfaces(run(WHOLE, OURS, OTHER, OURS)));
    }

    @Test
    void networkWithoutIpam_interfaceSelected_requestsAddress() {
        for (String none : List.of(NONE, EMPTY)) {
            assertEquals(List.of("eth0"), interfaces(run("", OURS, none)), none);
            assertEquals(List.of("eth0"), interfaces(run(WHOLE, OURS, none)), none);
            assertEquals(List.of("net2"), interfaces(run("", none, none, OURS)), none);
            assertEquals(List.of("net2"), interfaces(run(ITEMS.formatted(NET2), none, none, OURS)), none);
            assertEquals(
                    List.of("net1", "net2"),
                    interfaces(run(ITEMS.formatted(NET1 + "," + NET2), OTHER, none, OURS)),
                    none);
            assertEquals(List.of("eth0"), interfaces(run(WHOLE, none)), none);
            String positional = ITEMS.formatted("{\"ipv4\":[\"p\"]},{\"ipv4\":[\"p\"]}");
            assertEquals(List.of("eth0", "net1"), interfaces(run(positional, OURS, none, none)), none);
        }
    }

    @Test
    void pod_withoutInterfaceOfThisIpam_isListedOnly() {
        for (String annotation : List.of("", WHOLE)) {
            Outcome outcome = run(annotation, OTHER, OTHER);
            assertEquals(Map.of(), outcome.addresses());
            assertEquals(
                    List.of("no address: Pod default/a (no interface of this IPAM)"), outcome.lines("no address: "));
            assertTrue(outcome.out().contains("\n0 of 0 pods have addresses."), outcome::toString);
        }
    }

    @Test
    void itemForInterface_ofAnotherIpam_isRefused() {
        String eth0 = "{\"interface\":\"eth0\",\"ipv4\":[\"p\"]}";
        Outcome outcome = run(ITEMS.formatted(eth0 + "," + NET1), OTHER, OURS);
        assertTrue(outcome.out().contains("[0].interface: \"eth0\": the interface of an item must be requested"));
        assertTrue(run(ITEMS.formatted(eth0), OTHER).out().contains("REFUSED, invalid request"));
    }

    @Test
    void brokenConfiguration_ofNetwork_isReportedThere() {
        BrokenManifestException e = org.junit.jupiter.api.Assertions.assertThrows(
                BrokenManifestException.class, () -> run("", OTHER, "{\"ipam\":7}"));
        assertTrue(
                e.getMessage()
                        .startsWith("f.yaml: NetworkAttachmentDefinition n1: spec.config.ipam, column 9: \"7\": "),
                e::getMessage);
    }
}
