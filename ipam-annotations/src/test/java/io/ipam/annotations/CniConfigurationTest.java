package io.ipam.annotations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Family;
import io.ipam.problem.Problem;
import io.ipam.resolution.InterfaceRequest;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.ReadingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CniConfigurationTest {
    private static InterfaceRequest read(String text, ReadingMode mode) {
        return Examples.read(Examples.CNI, text, mode).interfaces().get(0);
    }

    private static InterfaceRequest v4(String... names) {
        return InterfaceRequest.of("eth0").withCniPools(PoolNames.of(Family.IPV4, names));
    }

    private static void both(InterfaceRequest expected, String text) {
        for (ReadingMode mode : ReadingMode.values()) {
            assertEquals(expected, read(text, mode), text);
        }
    }

    private static List<String> problems(String text, ReadingMode mode) {
        InvalidAnnotationException refused = assertThrows(InvalidAnnotationException.class, () -> read(text, mode));
        assertEquals("eth0", refused.key());
        return refused.problems().stream().map(Problem::where).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "{\"ipam\":null}",
                "{\"ipam\":{}}",
                "{\"ipam\":{\"default_ipv4_ippool\":[],\"default_ipv6_ippool\":null,\"clean_gateway\":null,\"type\":null}}",
                "{\"plugins\":null}",
                "{\"plugins\":[]}",
                "{\"plugins\":[null,{},{\"type\":\"bridge\"}]}",
                "{\"anything\":[{\"deep\":[1,2,{\"a\":null}]}]}"
            })
    void read_configurationWithoutPools_selectsNothing(String text) {
        both(InterfaceRequest.of("eth0"), text);
    }

    @Test
    void read_pluginObject_selectsItsPools() {
        both(
                v4("a", "b"),
                "{\"ipam\":{\"x\":1,\"default_ipv4_ippool\":[\"a\",\"b\"],\"routes\":[{\"dst\":\"0.0.0.0/0\"}]}}");
        both(InterfaceRequest.of("eth0").withCleanGateway(true), "{\"ipam\":{\"clean_gateway\":true}}");
    }

    @Test
    void read_matchMasterSubnet_isRequiredOfPools() {
        both(
                v4("a").withMatchMasterSubnet(true),
                "{\"ipam\":{\"default_ipv4_ippool\":[\"a\"],\"match_master_subnet\":true}}");
        both(InterfaceRequest.of("eth0"), "{\"ipam\":{\"match_master_subnet\":null}}");
        String text = "{\"ipam\":{\"match_master_subnet\":\"true\"}}";
        for (ReadingMode mode : ReadingMode.values()) {
            assertEquals(List.of("ipam.match_master_subnet"), problems(text, mode));
        }
        assertTrue(AnnotationReader.strict().namesThisIpam("{\"ipam\":{\"match_master_subnet\":true}}"));
        assertFalse(AnnotationReader.strict().namesThisIpam("{\"ipam\":{\"match_master_subnet\":false}}"));
    }

    @Test
    void read_listOfPlugins_selectsPoolsOfOne() {
        both(v4("a"), "{\"plugins\":[{\"type\":\"x\"},{\"ipam\":{\"default_ipv4_ippool\":[\"a\"]}}]}");
        both(
                v4("b"),
                "{\"plugins\":[{\"ipam\":{\"type\":\"host-local\"}},"
                        + "{\"ipam\":{\"default_ipv4_ippool\":[\"b\"],\"type\":\"spiderpool\"}}]}");
        both(
                v4("c"),
                "{\"plugins\":[{\"ipam\":{\"type\":\"spiderpool\"}}],\"ipam\":{\"default_ipv4_ippool\":[\"c\"]}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"calico\",\"ipam\":{\"type\":\"calico-ipam\"}}",
                "{\"plugins\":[{\"type\":\"calico\",\"ipam\":{\"type\":\"calico-ipam\",\"assign_ipv4\":\"true\"}}]}",
                "{\"plugins\":[{\"type\":\"tuning\"},{\"ipam\":{\"type\":\"host-local\",\"ranges\":[[]]}},{\"ipam\":{}}]}",
                "{\"ipam\":{\"type\":\"Spiderpool\",\"default_ipv4_ippool\":[\"a\"]}}"
            })
    void read_typeOfAnotherIpam_omitsTheInterface(String text) {
        for (ReadingMode mode : ReadingMode.values()) {
            AnnotationReader reader = AnnotationReader.of(mode);
            assertFalse(reader.namesThisIpam(text), text);
            Map<String, String> configurations = new LinkedHashMap<>(Map.of("eth0", text));
            assertEquals(
                    List.of(), reader.read(Map.of(), Map.of(), configurations).interfaces());
            configurations.put("net1", "{\"ipam\":{\"type\":\"spiderpool\"}}");
            assertEquals(
                    List.of(InterfaceRequest.of("net1")),
                    reader.read(Map.of(), Map.of(), configurations).interfaces());
        }
    }

    @Test
    void namesThisIpam_otherConfigurations_returnsWhetherItIsNamed() {
        AnnotationReader reader = AnnotationReader.strict();
        for (String text : List.of(
                "{\"ipam\":{\"type\":\"spiderpool\"}}",
                "{\"plugins\":[{},{\"ipam\":{\"type\":\"spiderpool\"}}]}",
                "{\"plugins\":[{\"ipam\":{\"type\":\"static\"}},{\"ipam\":{\"type\":\"spiderpool\"}}]}",
                "{\"ipam\":{\"default_ipv4_ippool\":[\"a\"]}}",
                "{\"ipam\":{\"clean_gateway\":true}}",
                "{\"ipam\":7}",
                "{")) {
            assertTrue(reader.namesThisIpam(text), text);
        }
        for (String text : List.of("null", "{}", "{\"ipam\":{}}", "{\"type\":\"bridge\"}", "{\"plugins\":[]}")) {
            assertFalse(reader.namesThisIpam(text), text);
        }
    }

    @Test
    void read_caseVariants_foldOnlyInCompatibleMode() {
        String text = "{\"IPAM\":{\"Default_IPv4_IPPool\":[\"a\"],\"CLEAN_GATEWAY\":true}}";
        assertEquals(v4("a").withCleanGateway(true), read(text, ReadingMode.COMPATIBLE));
        assertEquals(
                List.of("IPAM", "IPAM.Default_IPv4_IPPool", "IPAM.CLEAN_GATEWAY"), problems(text, ReadingMode.STRICT));
    }

    @Test
    void read_invalidConfiguration_reportsPaths() {
        String text =
                "{\"plugins\":[{\"ipam\":{\"default_ipv4_ippool\":\"a\",\"clean_gateway\":1,\"type\":2}},5,{\"ipam\":[]}]}";
        for (ReadingMode mode : ReadingMode.values()) {
            assertEquals(
                    List.of(
                            "plugins[0].ipam.default_ipv4_ippool",
                            "plugins[0].ipam.clean_gateway",
                            "plugins[0].ipam.type",
                            "plugins[1]",
                            "plugins[2].ipam"),
                    problems(text, mode));
            assertEquals(List.of(""), problems("[]", mode));
            assertEquals(List.of(""), problems("", mode));
        }
        assertEquals(
                List.of("ipam.default_ipv4_ippool[0]"),
                problems("{\"ipam\":{\"default_ipv4_ippool\":[\"\"]}}", ReadingMode.STRICT));
    }
}
