package io.ipam.examples;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** SpiderEndpoint and SpiderMultusConfig objects among the manifests. */
class SpiderDocumentsTest {
    private static final String POOL = """
            apiVersion: spiderpool.spidernet.io/v2beta1
            kind: SpiderIPPool
            metadata: {name: p}
            spec: {subnet: 10.1.0.0/24, ips: [10.1.0.10-10.1.0.19]}
            """;

    private static String config(String spec) {
        return """
                ---
                apiVersion: spiderpool.spidernet.io/v2beta1
                kind: SpiderMultusConfig
                metadata: {name: n0, namespace: kube-system}
                spec: %s
                ---
                {apiVersion: v1, kind: Pod, metadata: {name: a, annotations: {v1.multus-cni.io/default-network: kube-system/n0}}}
                """.formatted(spec);
    }

    @Test
    void run_multusConfig_isTheNetworkOfThePod() {
        Outcome outcome = Outcome.of(POOL + config("{cniType: macvlan, macvlan: {ippools: {ipv4: [p]}}}"));
        assertTrue(outcome.out().contains("eth0  10.1.0.10/24"), outcome::out);
    }

    @Test
    void run_masterSubnetIsToMatch_isRefusedWithTheReason() {
        Outcome outcome = Outcome.of(
                POOL + config("{cniType: macvlan, macvlan: {ippools: {ipv4: [p], matchMasterSubnet: true}}}"));
        assertTrue(outcome.out().contains("the pools must have the subnet of the master interface"), outcome::out);
    }

    @Test
    void run_brokenCustomConfiguration_isAMistakeOfItsField() {
        assertStarts("f.yaml: SpiderMultusConfig n0: spec.customCNI, ", "{cniType: custom, customCNI: '{'}");
        assertStarts(
                "f.yaml: SpiderMultusConfig n0: spec.macvlan.ippools.ipv5: ",
                "{cniType: macvlan, macvlan: {ippools: {ipv5: [p]}}}");
    }

    private static void assertStarts(String start, String spec) {
        String message = assertThrows(BrokenManifestException.class, () -> Outcome.of(POOL + config(spec)))
                .getMessage();
        assertTrue(message.startsWith(start), message);
    }

    @Test
    void run_endpoint_statesInterfaceAndHolder() {
        Outcome outcome = Outcome.of(POOL + """
                status: {allocatedIPs: '{"10.1.0.15":{"pod":"default/a","podUid":"u"}}'}
                ---
                apiVersion: spiderpool.spidernet.io/v2beta1
                kind: SpiderEndpoint
                metadata: {name: a, namespace: default}
                status:
                  current: {uid: u, node: w, ips: [{interface: eth0, ipv4: 10.1.0.15/24, ipv4Pool: p}, {interface: net1, ipv4: 10.1.0.16/24, ipv4Pool: p}]}
                  ownerControllerType: Deployment
                ---
                {apiVersion: v1, kind: Pod, metadata: {name: a, uid: u, annotations: {ipam.spidernet.io/ippool: '{"ipv4":["p"]}'}}}
                """);
        assertTrue(outcome.out().contains("eth0  10.1.0.15/24"), outcome::out);
        assertTrue(outcome.out().contains("must be noted in the status of pool p"), outcome::out);
    }
}
