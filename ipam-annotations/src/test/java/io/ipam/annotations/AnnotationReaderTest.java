package io.ipam.annotations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnnotationReaderTest {
    private static final AnnotationReader READER = AnnotationReader.strict();
    private static final Map<String, String> NONE = Map.of();

    private static Map<String, String> ordered(String... keysAndTexts) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (int index = 0; index < keysAndTexts.length; index += 2) {
            texts.put(keysAndTexts[index], keysAndTexts[index + 1]);
        }
        return texts;
    }

    @Test
    void read_noAnnotations_selectsOneInterfaceWithoutSource() {
        assertEquals(PoolSelections.none(), READER.read(NONE, NONE));
        assertEquals(PoolSelections.none(), READER.read(Map.of("other/ippool", "x"), Map.of("ippool", "x")));
        assertEquals(
                PoolSelections.none().withMode(ReadingMode.COMPATIBLE),
                AnnotationReader.compatible().read(NONE, NONE));
        assertSame(READER, AnnotationReader.of(ReadingMode.STRICT));
        assertEquals(ReadingMode.STRICT, READER.mode());
    }

    @Test
    void read_allAnnotations_returnsEverySource() {
        PoolSelections selections = READER.read(
                ordered(
                        AnnotationKeys.SUBNET, "{\"ipv4\":[\"s4\"]}",
                        AnnotationKeys.POOL_SIZE, "5",
                        AnnotationKeys.RECLAIM, "false",
                        AnnotationKeys.POOLS, "{\"ipv6\":[\"b\"],\"ipv4\":[\"a\"]}",
                        AnnotationKeys.ROUTES, "[{\"dst\":\"10.70.0.5/16\",\"gw\":\"10.71.0.1\"}]"),
                Map.of(AnnotationKeys.DEFAULT_IPV4_POOLS, "[\"n4\"]", AnnotationKeys.DEFAULT_IPV6_POOLS, "[\"n6\"]"),
                Map.of("eth0", "{\"ipam\":{\"default_ipv4_ippool\":[\"c4\"],\"clean_gateway\":true}}"));
        assertEquals(
                PoolSelections.none()
                        .withSubnet(new SubnetSelection(
                                List.of(new SubnetSelection.Item("eth0", Map.of(Family.IPV4, List.of("s4")))),
                                false,
                                PoolSize.fixed(5),
                                false))
                        .withPod(PoolNames.of(Family.IPV4, "a").with(Family.IPV6, List.of("b")))
                        .withCustomRoutes(List.of(new Route(Prefix.parse("10.70.0.0/16"), Address.parse("10.71.0.1"))))
                        .withNamespaceDefaults(PoolNames.of(Family.IPV4, "n4").with(Family.IPV6, List.of("n6")))
                        .withInterfaces(List.of(InterfaceRequest.of("eth0")
                                .withCniPools(PoolNames.of(Family.IPV4, "c4"))
                                .withCleanGateway(true))),
                selections);
    }

    @Test
    void read_bothForms_prefersSeveralInterfaces() {
        PoolSelections selections = READER.read(
                Map.of(
                        AnnotationKeys.SUBNETS, "[{\"interface\":\"net1\",\"ipv4\":[\"s\"]}]",
                        AnnotationKeys.SUBNET, "not looked at",
                        AnnotationKeys.INTERFACE_POOLS, "[{\"ipv4\":[\"a\"]}]",
                        AnnotationKeys.POOLS, "not looked at"),
                NONE);
        assertEquals("net1", selections.subnet().orElseThrow().items().get(0).interfaceName());
        assertEquals(
                Optional.of(new PodSelection.PerInterface(
                        List.of(PodSelection.Item.positional(PoolNames.of(Family.IPV4, "a"))))),
                selections.pod());
    }

    @Test
    void read_sizeAbsent_usesDefault() {
        Map<String, String> pod = Map.of(AnnotationKeys.SUBNET, "{\"ipv4\":[\"s\"]}");
        assertEquals(
                PoolSize.flexible(1),
                READER.read(pod, NONE).subnet().orElseThrow().size());
        assertEquals(
                PoolSize.flexible(0),
                READER.withSpareAddresses(0)
                        .read(pod, NONE)
                        .subnet()
                        .orElseThrow()
                        .size());
        assertThrows(IllegalArgumentException.class, () -> READER.withSpareAddresses(-1));
    }

    @Test
    void read_sizeWithoutSubnet_isIgnored() {
        assertEquals(
                PoolSelections.none(),
                READER.read(Map.of(AnnotationKeys.POOL_SIZE, "bad", AnnotationKeys.RECLAIM, "bad"), NONE));
    }

    @Test
    void read_invalidSourceAfterDecidingOne_isNotRefused() {
        Map<String, String> namespace = Map.of(AnnotationKeys.DEFAULT_IPV4_POOLS, "bad");
        PoolSelections byPod = READER.read(Map.of(AnnotationKeys.POOLS, "{\"ipv4\":[\"a\"]}"), namespace);
        assertEquals(PoolNames.none(), byPod.namespaceDefaults());
        PoolSelections bySubnet = READER.read(
                Map.of(AnnotationKeys.SUBNET, "{\"ipv4\":[\"s\"]}", AnnotationKeys.POOLS, "bad"), namespace);
        assertEquals(Optional.empty(), bySubnet.pod());
        assertThrows(InvalidAnnotationException.class, () -> READER.read(NONE, namespace));
    }

    @Test
    void read_severalInvalidAnnotations_reportsEach() {
        InvalidAnnotationException refused = assertThrows(
                InvalidAnnotationException.class,
                () -> READER.read(
                        Map.of(AnnotationKeys.POOLS, "[]", AnnotationKeys.ROUTES, "[{}]"),
                        NONE,
                        ordered("eth0", "{\"ipam\":5}", "net1", "")));
        assertEquals(AnnotationKeys.POOLS, refused.key());
        assertEquals("annotation ipam.spidernet.io/ippool", refused.subject());
        assertEquals(
                List.of(
                        "annotation " + AnnotationKeys.ROUTES,
                        "CNI configuration of eth0",
                        "CNI configuration of net1"),
                List.of(refused.getSuppressed()).stream()
                        .map(other -> ((InvalidAnnotationException) other).subject())
                        .toList());
    }

    @Test
    void read_noConfigurations_interfacesAreEth0AndNetworks() {
        PoolSelections selections = READER.read(
                Map.of(
                        AnnotationKeys.DEFAULT_NETWORK, "macvlan",
                        AnnotationKeys.NETWORKS, "kube-system/a,b@blue,c"),
                NONE);
        assertEquals(
                List.of(
                        InterfaceRequest.of("eth0").withAttachment("macvlan"),
                        InterfaceRequest.of("net1").withAttachment("kube-system/a"),
                        InterfaceRequest.of("blue").withAttachment("b"),
                        InterfaceRequest.of("net3").withAttachment("c")),
                selections.interfaces());
    }

    @Test
    void read_configurations_determineInterfaces() {
        PoolSelections selections = READER.read(
                Map.of(AnnotationKeys.NETWORKS, "a,b"), NONE, ordered("net2", "{}", "net9", "null", "eth0", "{}"));
        assertEquals(
                List.of(
                        InterfaceRequest.of("net2").withAttachment("b"),
                        InterfaceRequest.of("net9"),
                        InterfaceRequest.of("eth0")),
                selections.interfaces());
    }

    @Test
    void read_mapsChangedLater_selectionsStay() {
        Map<String, String> pod = new HashMap<>(Map.of(AnnotationKeys.POOLS, "{\"ipv4\":[\"a\"]}"));
        PoolSelections selections = READER.read(pod, NONE);
        pod.clear();
        assertEquals(READER.read(Map.of(AnnotationKeys.POOLS, "{\"ipv4\":[\"a\"]}"), NONE), selections);
    }

    @Test
    void read_manyThreads_returnsEqualSelections() {
        List<PoolSelections> alone = Examples.VALID.stream()
                .map(example -> example.read(ReadingMode.STRICT))
                .toList();
        IntStream.range(0, 20_000)
                .parallel()
                .map(number -> number % alone.size())
                .forEach(index ->
                        assertEquals(alone.get(index), Examples.VALID.get(index).read(ReadingMode.STRICT)));
    }

    @Test
    void read_nullMap_throwsNullPointerException() {
        assertThrows(NullPointerException.class, () -> READER.read(null, NONE));
        assertThrows(NullPointerException.class, () -> READER.read(NONE, null));
        assertThrows(NullPointerException.class, () -> READER.read(NONE, NONE, null));
    }
}
