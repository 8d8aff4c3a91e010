package io.ipam.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ipam.address.Family;
import io.ipam.annotations.AnnotationReader;
import io.ipam.problem.Problem;
import io.ipam.resolution.InterfaceRequest;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.ReadingMode;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SpiderMultusConfig documents and the resulting CNI configurations. */
class MultusConfigDocumentTest {
    private static String document(String metadata, String spec) {
        return "{\"apiVersion\":\"spiderpool.spidernet.io/v2beta1\",\"kind\":\"SpiderMultusConfig\",\"metadata\":"
                + metadata + ",\"spec\":" + spec + "}";
    }

    private static MultusConfigDocument read(String spec) {
        return DocumentReader.strict()
                .read(document("{\"name\":\"macvlan-vlan0\",\"namespace\":\"kube-system\"}", spec))
                .multusConfigs()
                .get(0);
    }

    @Test
    void cniConfiguration_ofAPlugin_hasItsPools() {
        MultusConfigDocument read = read("""
                {"cniType":"macvlan","enableCoordinator":true,"coordinator":{"mode":"auto"},
                 "macvlan":{"master":["ens192"],"vlanID":0,"bond":null,
                  "ippools":{"ipv4":["blue-v4","*-v4"],"ipv6":["blue-v6"],"matchMasterSubnet":true}}}""");
        assertEquals("kube-system/macvlan-vlan0", read.attachment());
        assertEquals(
                "{\"ipam\":{\"default_ipv4_ippool\":[\"blue-v4\",\"*-v4\"],\"default_ipv6_ippool\":[\"blue-v6\"],"
                        + "\"match_master_subnet\":true,\"type\":\"spiderpool\"},\"type\":\"macvlan\"}",
                read.cniConfiguration());
        assertEquals(
                List.of(InterfaceRequest.of("net1")
                        .withCniPools(
                                PoolNames.of(Family.IPV4, "blue-v4", "*-v4").with(Family.IPV6, List.of("blue-v6")))
                        .withMatchMasterSubnet(true)),
                AnnotationReader.strict()
                        .read(Map.of(), Map.of(), Map.of("net1", read.cniConfiguration()))
                        .interfaces());
    }

    @Test
    void cniConfiguration_withoutIpamOrCustom_isTheTextForMultus() {
        assertEquals(
                "{\"type\":\"ib-sriov\"}",
                read("{\"cniType\":\"ib-sriov\",\"disableIPAM\":true,\"ibsriov\":{\"ippools\":{\"ipv4\":[\"a\"]}}}")
                        .cniConfiguration());
        assertEquals(
                "{\"ipam\": {}}",
                read("{\"cniType\":\"custom\",\"customCNI\":\"{\\\"ipam\\\": {}}\"}")
                        .cniConfiguration());
        MultusConfigDocument named = DocumentReader.strict()
                .read(document(
                        "{\"name\":\"a\",\"namespace\":\"b\",\"annotations\":{\"multus.spidernet.io/cr-name\":\"c\"}}",
                        "{\"cniType\":\"ovs\"}"))
                .multusConfigs()
                .get(0);
        assertEquals("b/c", named.attachment());
        assertEquals("{\"ipam\":{\"type\":\"spiderpool\"},\"type\":\"ovs\"}", named.cniConfiguration());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"name":"a"}                   | {"cniType":"ovs"}                                   | metadata.namespace   | metadata.namespace
            {"namespace":"a"}              | {"cniType":"ovs"}                                   | metadata.name        | metadata.name
            {"name":"a","namespace":"b"}   | null                                                | spec                 | spec
            {"name":"a","namespace":"b"}   | {}                                                  | spec.cniType         | spec.cniType
            {"name":"a","namespace":"b"}   | {"cniType":"macvtap"}                               | spec.cniType         | -
            {"name":"a","namespace":"b"}   | {"cniType":"ovs","ovs":{"ippools":{"ipv5":[]}}}     | spec.ovs.ippools.ipv5 | -
            {"name":"a","namespace":"b"}   | {"cniType":"ovs","custom":{}}                       | spec.custom          | -
            {"name":"a","namespace":"b"}   | {"cniType":"ovs","ovs":{"ippools":{"ipv4":"a"}}}    | spec.ovs.ippools.ipv4 | spec.ovs.ippools.ipv4
            {"name":"a","namespace":"b"}   | {"cniType":"custom"}                                | spec.customCNI       | spec.customCNI
            {"name":"a","namespace":"b"}   | {"cniType":5,"disableIPAM":"no"}                    | spec.cniType         | spec.cniType
            """)
    void read_brokenDocument_isRefusedWithThePath(String metadata, String spec, String strict, String compatible) {
        for (ReadingMode mode : ReadingMode.values()) {
            String expected = mode == ReadingMode.STRICT ? strict : compatible;
            DocumentReader reader = DocumentReader.of(mode);
            if (expected.equals("-")) {
                assertEquals(
                        1, reader.read(document(metadata, spec)).multusConfigs().size());
            } else {
                InvalidDocumentException refused =
                        assertThrows(InvalidDocumentException.class, () -> reader.read(document(metadata, spec)));
                assertEquals(
                        expected,
                        refused.problems().stream().map(Problem::where).toList().get(0));
            }
        }
    }

    @Provide
    Arbitrary<MultusConfigDocument> documents() {
        Arbitrary<String> name = Arbitraries.of("a", "macvlan-vlan0", "\u6c60");
        Arbitrary<PoolNames> pools = Combinators.combine(
                        name.list().ofMaxSize(2), name.list().ofMaxSize(2))
                .as((v4, v6) -> PoolNames.of(Family.IPV4, v4).with(Family.IPV6, v6));
        return Combinators.combine(
                        name,
                        name,
                        name,
                        Arbitraries.of(MultusConfigDocument.PLUGINS),
                        pools,
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of("", "{}", "{\"ipam\":{}}"))
                .as((namespace, own, network, type, names, match, disabled, custom) -> custom.isEmpty()
                        ? new MultusConfigDocument(namespace, own, network, type, names, match, disabled, "")
                        : new MultusConfigDocument(
                                namespace, own, network, "custom", PoolNames.none(), false, disabled, custom));
    }

    @Property(tries = 300)
    void read_writtenDocument_isEqual(@ForAll("documents") MultusConfigDocument document) {
        Documents read = DocumentReader.strict().read(new Documents(List.of(document)).toJson());
        assertEquals(List.of(document), read.multusConfigs());
        assertEquals(document.toJson(), read.items().get(0).toJson());
    }
}
