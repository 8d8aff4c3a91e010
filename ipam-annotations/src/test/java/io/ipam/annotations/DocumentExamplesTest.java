package io.ipam.annotations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ipam.address.Family;
import io.ipam.resolution.InterfaceRequest;
import io.ipam.resolution.PodSelection;
import io.ipam.resolution.PodSelection.Item;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.ReadingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every example of the user's document, verbatim, in both modes. */
class DocumentExamplesTest {
    private static PoolNames dual(String v4, String v6) {
        return PoolNames.of(Family.IPV4, v4).with(Family.IPV6, List.of(v6));
    }

    private static PodSelection pod(String key, String text, ReadingMode mode) {
        return AnnotationReader.of(mode).read(Map.of(key, text), Map.of()).pod().orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void read_exampleOfOneFamily_matchesDocument(ReadingMode mode) {
        assertEquals(
                new PodSelection.AllInterfaces(PoolNames.of(Family.IPV4, "custom-ipv4-ippool")),
                pod(AnnotationKeys.POOLS, "{\"ipv4\": [\"custom-ipv4-ippool\"]}", mode));
    }

    @ParameterizedTest
    @EnumSource
    void read_exampleOfBothFamilies_matchesDocument(ReadingMode mode) {
        String text = """
                {
                "ipv4": ["custom-ipv4-ippool"],"ipv6": ["custom-ipv6-ippool"]
                }""";
        assertEquals(
                new PodSelection.AllInterfaces(dual("custom-ipv4-ippool", "custom-ipv6-ippool")),
                pod(AnnotationKeys.POOLS, text, mode));
    }

    @ParameterizedTest
    @EnumSource
    void read_exampleOfFallbackPools_matchesDocument(ReadingMode mode) {
        String text = """
                {
                "ipv4": ["demo-v4-ippool1", "backup-ipv4-ippool"],
                "ipv6": ["demo-v6-ippool1", "backup-ipv6-ippool"]
                }""";
        assertEquals(
                new PodSelection.AllInterfaces(PoolNames.of(Family.IPV4, "demo-v4-ippool1", "backup-ipv4-ippool")
                        .with(Family.IPV6, List.of("demo-v6-ippool1", "backup-ipv6-ippool"))),
                pod(AnnotationKeys.POOLS, text, mode));
    }

    @ParameterizedTest
    @EnumSource
    void read_exampleOfInterfacesByPosition_matchesDocument(ReadingMode mode) {
        String text = """
                [{
                "ipv4": ["demo-v4-ippool1"],
                "ipv6": ["demo-v6-ippool1"],
                },{
                "ipv4": ["demo-v4-ippool2"],
                "ipv6": ["demo-v6-ippool2"],
                "cleangateway": true
                }]""";
        assertEquals(
                new PodSelection.PerInterface(List.of(
                        new Item(Optional.empty(), dual("demo-v4-ippool1", "demo-v6-ippool1"), false),
                        new Item(Optional.empty(), dual("demo-v4-ippool2", "demo-v6-ippool2"), true))),
                pod(AnnotationKeys.INTERFACE_POOLS, text, mode));
    }

    @ParameterizedTest
    @EnumSource
    void read_exampleOfInterfacesByName_matchesDocument(ReadingMode mode) {
        String text = """
                [{
                "interface": "eth0",
                "ipv4": ["demo-v4-ippool1"],
                "ipv6": ["demo-v6-ippool1"],
                "cleangateway": true
                },{
                "interface": "net1",
                "ipv4": ["demo-v4-ippool2"],
                "ipv6": ["demo-v6-ippool2"],
                "cleangateway": false
                }]""";
        assertEquals(
                new PodSelection.PerInterface(List.of(
                        new Item(Optional.of("eth0"), dual("demo-v4-ippool1", "demo-v6-ippool1"), true),
                        new Item(Optional.of("net1"), dual("demo-v4-ippool2", "demo-v6-ippool2"), false))),
                pod(AnnotationKeys.INTERFACE_POOLS, text, mode));
    }

    @ParameterizedTest
    @EnumSource
    void read_exampleOfNamespaceDefaults_matchesDocument(ReadingMode mode) {
        PoolSelections selections = AnnotationReader.of(mode)
                .read(
                        Map.of(),
                        Map.of(
                                AnnotationKeys.DEFAULT_IPV4_POOLS, "[\"ns-v4-ippool1\",\"ns-v4-ippool2\"]",
                                AnnotationKeys.DEFAULT_IPV6_POOLS, "[\"ns-v6-ippool1\",\"ns-v6-ippool2\"]"));
        assertEquals(
                PoolNames.of(Family.IPV4, "ns-v4-ippool1", "ns-v4-ippool2")
                        .with(Family.IPV6, List.of("ns-v6-ippool1", "ns-v6-ippool2")),
                selections.namespaceDefaults());
    }

    @ParameterizedTest
    @EnumSource
    void read_exampleOfCniConfiguration_matchesDocument(ReadingMode mode) {
        String text = """
                {
                "name": "macvlan-vlan0",
                "type": "macvlan",
                "master": "eth0",
                "ipam": {
                "type": "spiderpool",
                "default_ipv4_ippool":["default-v4-ippool","backup-ipv4-ippool"],
                "default_ipv6_ippool":["default-v6-ippool","backup-ipv6-ippool"]
                }
                }""";
        PoolSelections selections = AnnotationReader.of(mode).read(Map.of(), Map.of(), Map.of("eth0", text));
        assertEquals(
                List.of(InterfaceRequest.of("eth0")
                        .withCniPools(PoolNames.of(Family.IPV4, "default-v4-ippool", "backup-ipv4-ippool")
                                .with(Family.IPV6, List.of("default-v6-ippool", "backup-ipv6-ippool")))),
                selections.interfaces());
    }
}
