package io.ipam.resolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ipam.address.Address;
import io.ipam.address.Family;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Requests and settings are values: equal if and only if all their parts are equal. */
class RequestValuesTest {
    /** Values that differ from one another in one part each. */
    private static void assertApart(Supplier<List<?>> values) {
        List<?> first = values.get();
        List<?> second = values.get();
        assertEquals(first, second);
        assertEquals(
                first.stream().map(Object::hashCode).toList(),
                second.stream().map(Object::hashCode).toList());
        assertEquals(first.size(), new HashSet<Object>(first).size());
        assertEquals(
                first.size(), new HashSet<>(first.stream().map(Object::hashCode).toList()).size());
        first.forEach(value -> assertNotEquals(value, "another type"));
    }

    private static List<?> requests() {
        InterfaceRequest plain = InterfaceRequest.of("net1");
        return List.of(
                plain,
                InterfaceRequest.of("net2"),
                plain.withAttachment("shop/blue"),
                plain.withCniPools(PoolNames.of(Family.IPV4, "a")),
                plain.withCleanGateway(true),
                plain.withMac("0a:1b:2c:3d:4e:5f"),
                plain.withMatchMasterSubnet(true),
                plain.withMasterAddresses(List.of(Address.parse("10.1.0.1"))));
    }

    private static List<?> settings() {
        ResolverSettings plain = ResolverSettings.defaults();
        return List.of(
                plain,
                plain.withEnabledFamilies(Set.of(Family.IPV6)),
                plain.withSystemNamespace("ipam-system"),
                plain.withClusterNetwork("shop/blue"),
                plain.withMaxInterfaces(3),
                plain.withMaxPatternLength(3),
                plain.withMaxPatternSteps(3),
                plain.withMaxProblems(3));
    }

    private static List<?> selections() {
        PoolSelections plain = PoolSelections.none();
        return List.of(
                plain,
                plain.withInterfaces(List.of(InterfaceRequest.of("net1"))),
                plain.withPod(PoolNames.of(Family.IPV4, "a")),
                plain.withNamespaceDefaults(PoolNames.of(Family.IPV4, "a")),
                plain.withGiven(List.of(new PoolSelections.GivenAddress("eth0", Address.parse("10.1.0.1")))),
                plain.withClaim("claim"),
                plain.withMode(ReadingMode.COMPATIBLE),
                plain.withPartial(true));
    }

    @Test
    void equals_onePartDiffers_isFalse() {
        assertApart(RequestValuesTest::requests);
        assertApart(RequestValuesTest::settings);
        assertApart(RequestValuesTest::selections);
    }

    @Test
    void withMac_anyAddress_isReturned() {
        InterfaceRequest request = InterfaceRequest.of("net1").withMac("0a:1b:2c:3d:4e:5f");
        assertEquals(Optional.of("0a:1b:2c:3d:4e:5f"), request.mac());
        assertEquals(Optional.empty(), InterfaceRequest.of("net1").mac());
    }

    @Test
    void limits_one_isTheSmallest() {
        ResolverSettings settings =
                ResolverSettings.defaults().withMaxPatternSteps(1).withMaxProblems(1);
        assertEquals(1, settings.maxPatternSteps());
        assertEquals(1, settings.maxProblems());
        assertThrows(IllegalArgumentException.class, () -> settings.withMaxPatternSteps(0));
        assertThrows(IllegalArgumentException.class, () -> settings.withMaxProblems(0));
    }

    @Test
    void withLabels_anySource_changesNoEquality() {
        Map<Source, Source.Label> labels =
                Map.of(Source.POD, PoolSelections.none().label(Source.NAMESPACE));
        PoolSelections labelled = PoolSelections.none().withLabels(labels);
        assertEquals(labels.get(Source.POD), labelled.labels().get(Source.POD));
        assertEquals(PoolSelections.none(), labelled);
    }

    @Test
    void toString_requestAndSettings_namesTheirParts() {
        InterfaceRequest request = InterfaceRequest.of("net1").withAttachment("shop/blue");
        assertEquals("net1 at shop/blue", request.toString());
        assertEquals(
                "PoolSelections[[net1 at shop/blue], ",
                PoolSelections.none()
                        .withInterfaces(List.of(request))
                        .toString()
                        .substring(0, 36));
        assertEquals("ResolverSettings[", ResolverSettings.defaults().toString().substring(0, 17));
    }
}
