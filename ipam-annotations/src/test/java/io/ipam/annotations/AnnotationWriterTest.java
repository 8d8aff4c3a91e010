package io.ipam.annotations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.address.Prefix;
import io.ipam.pool.Route;
import io.ipam.resolution.InterfaceRequest;
import io.ipam.resolution.PodSelection;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.ReadingMode;
import io.ipam.subnet.PoolSize;
import io.ipam.subnet.SubnetSelection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;

class AnnotationWriterTest {
    private static PoolSelections read(AnnotationTexts texts, ReadingMode mode) {
        return AnnotationReader.of(mode).withClaims().read(texts.pod(), texts.namespace(), texts.cni());
    }

    @Property
    @Domain(SelectionDomain.class)
    void write_anySelections_isReadBack(@ForAll PoolSelections selections) {
        AnnotationTexts texts = AnnotationWriter.write(selections);
        assertEquals(selections, read(texts, selections.mode()));
        assertEquals(texts, AnnotationWriter.write(read(texts, selections.mode())));
    }

    @Property
    @Domain(SelectionDomain.class)
    void write_strictSelections_compatibleReadsEqual(@ForAll PoolSelections selections) {
        if (selections.mode() == ReadingMode.STRICT) {
            assertEquals(
                    selections.withMode(ReadingMode.COMPATIBLE),
                    read(AnnotationWriter.write(selections), ReadingMode.COMPATIBLE));
        }
    }

    @Test
    void write_examples_areCanonical() {
        for (Examples.Example example : Examples.VALID) {
            PoolSelections selections = example.read(ReadingMode.STRICT);
            assertEquals(selections, read(AnnotationWriter.write(selections), ReadingMode.STRICT), example.text());
        }
    }

    @Test
    void write_defaults_areOmitted() {
        PoolSelections selections = PoolSelections.none()
                .withInterfaces(List.of(
                        InterfaceRequest.of("eth0").withAttachment("kube-system/macvlan"),
                        InterfaceRequest.of("net1").withAttachment("b").withCleanGateway(true)))
                .withPod(new PodSelection.PerInterface(List.of(
                        PodSelection.Item.named(
                                "eth0", PoolNames.of(Family.IPV6, "b").with(Family.IPV4, List.of("a"))),
                        new PodSelection.Item(java.util.Optional.of("net1"), PoolNames.of(Family.IPV4, "<&>"), true))))
                .withNamespaceDefaults(PoolNames.of(Family.IPV6, "n"))
                .withSubnet(new SubnetSelection(
                        List.of(new SubnetSelection.Item("eth0", Map.of(Family.IPV4, List.of("s")))),
                        true,
                        PoolSize.flexible(2),
                        true))
                .withCustomRoutes(List.of(new Route(Prefix.parse("fd70::/64"), Address.parse("fd71::1"))));
        AnnotationTexts texts = AnnotationWriter.write(selections);
        assertEquals(
                Map.of(
                        AnnotationKeys.SUBNETS, "[{\"interface\":\"eth0\",\"ipv4\":[\"s\"]}]",
                        AnnotationKeys.POOL_SIZE, "+2",
                        AnnotationKeys.RECLAIM, "true",
                        AnnotationKeys.INTERFACE_POOLS,
                                "[{\"interface\":\"eth0\",\"ipv4\":[\"a\"],\"ipv6\":[\"b\"]},"
                                        + "{\"interface\":\"net1\",\"ipv4\":[\"\\u003c\\u0026\\u003e\"],\"cleangateway\":true}]",
                        AnnotationKeys.ROUTES, "[{\"dst\":\"fd70::/64\",\"gw\":\"fd71::1\"}]",
                        AnnotationKeys.DEFAULT_NETWORK, "kube-system/macvlan",
                        AnnotationKeys.NETWORKS, "b@net1"),
                texts.pod());
        assertEquals(Map.of(AnnotationKeys.DEFAULT_IPV6_POOLS, "[\"n\"]"), texts.namespace());
        assertEquals(
                "{eth0={\"ipam\":{}}, net1={\"ipam\":{\"clean_gateway\":true}}}",
                texts.cni().toString());
    }

    @Test
    void write_selectionsWithoutText_throws() {
        PoolSelections none = PoolSelections.none();
        refused(none.withPod(PoolNames.none()));
        refused(none.withPod(PoolNames.of(Family.IPV4, "")));
        refused(none.withPod(PoolNames.of(Family.IPV4, "\uD800")));
        refused(none.withPod(new PodSelection.PerInterface(List.of())));
        refused(none.withInterfaces(List.of(InterfaceRequest.of("eth0").withAttachment("a,b"))));
        refused(none.withInterfaces(List.of(InterfaceRequest.of("net1").withAttachment("Not a name"))));
        refused(none.withSubnet(new SubnetSelection(List.of(), false, PoolSize.fixed(1), true)));
    }

    private static void refused(PoolSelections selections) {
        assertThrows(IllegalArgumentException.class, () -> AnnotationWriter.write(selections), selections::toString);
    }

    @Test
    void write_requestsOfNetworks_areJson() {
        PoolSelections selections = PoolSelections.none()
                .withInterfaces(List.of(
                        InterfaceRequest.of("eth0").withAttachment("a"),
                        InterfaceRequest.of("net1").withAttachment("b/c").withMac("c2:b0:57:49:47:f1")))
                .withGiven(List.of(
                        new PoolSelections.GivenAddress("net1", Address.parse("fd00::9"), OptionalInt.of(64)),
                        new PoolSelections.GivenAddress("eth0", Address.parse("10.0.0.1"))))
                .withClaim("vm-0");
        assertEquals(
                Map.of(
                        AnnotationKeys.DEFAULT_NETWORK,
                        "[{\"name\":\"a\",\"ips\":[\"10.0.0.1\"],\"ipam-claim-reference\":\"vm-0\"}]",
                        AnnotationKeys.NETWORKS,
                        "[{\"name\":\"c\",\"namespace\":\"b\",\"interface\":\"net1\",\"ips\":[\"fd00::9/64\"],"
                                + "\"mac\":\"c2:b0:57:49:47:f1\",\"ipam-claim-reference\":\"vm-0\"}]"),
                AnnotationWriter.write(selections).pod());
        refused(selections.withInterfaces(List.of(InterfaceRequest.of("eth0"))));
        refused(PoolSelections.none()
                .withInterfaces(List.of(InterfaceRequest.of("eth0").withMac("c2:b0:57:49:47:f1"))));
    }

    @Test
    void write_masterAddresses_areOmitted() {
        InterfaceRequest request = InterfaceRequest.of("eth0").withMatchMasterSubnet(true);
        PoolSelections selections = PoolSelections.none()
                .withInterfaces(List.of(request.withMasterAddresses(List.of(Address.parse("10.1.0.200")))));
        AnnotationTexts texts = AnnotationWriter.write(selections);
        assertEquals(Map.of("eth0", "{\"ipam\":{\"match_master_subnet\":true}}"), texts.cni());
        assertEquals(List.of(request), read(texts, ReadingMode.STRICT).interfaces());
    }

    @Test
    void write_givenAddressWithoutNetwork_isOmitted() {
        PoolSelections selections = PoolSelections.none()
                .withGiven(List.of(new PoolSelections.GivenAddress("eth0", Address.parse("10.0.0.1"))));
        assertEquals(PoolSelections.none(), read(AnnotationWriter.write(selections), ReadingMode.STRICT));
    }
}
