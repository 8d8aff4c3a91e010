package io.ipam.resolution;

import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Pools.v6;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.address.Family;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Given addresses against the demands of the request. */
class GivenAddressCheckTest {

    private static List<String> problems(String... given) {
        List<PoolSelections.GivenAddress> addresses = Arrays.stream(given)
                .map(text -> text.split(" "))
                .map(parts -> new PoolSelections.GivenAddress(parts[0], Address.parse(parts[1])))
                .toList();
        return problems(Requests.pod("a").withGiven(addresses));
    }

    private static List<String> problems(PoolSelections selections) {
        Resolution resolution = Requests.resolve(
                selections.withInterfaces(Requests.interfaces("eth0", "net1")), v4("a", 1), v6("b", 1));
        assertEquals(resolution.problems().isEmpty(), resolution.servable());
        return resolution.problems().stream()
                .map(problem -> problem.type() + " " + problem.where() + " " + problem.offending())
                .toList();
    }

    @Test
    void given_fittingAddress_hasNoProblem() {
        assertTrue(problems("eth0 10.1.0.1", "net1 10.1.0.2").isEmpty());
    }

    @Test
    void given_interfaceNotRequested_isAProblem() {
        assertEquals(List.of("INVALID given[0] net7 10.1.0.1"), problems("net7 10.1.0.1"));
    }

    @Test
    void given_familyNotRequested_isAProblem() {
        assertEquals(List.of("INVALID given[1] net1 2001:db8::1"), problems("eth0 10.1.0.1", "net1 2001:db8::1"));
    }

    @Test
    void given_familyOfOtherInterface_isAProblem() {
        PoolSelections selections = PoolSelections.none()
                .withPod(new PodSelection.PerInterface(List.of(
                        PodSelection.Item.named("eth0", PoolNames.of(Family.IPV4, "a")),
                        PodSelection.Item.named("net1", PoolNames.of(Family.IPV6, "b")))));
        Address four = Address.parse("10.1.0.1");
        Address six = Address.parse("2001:db8:1::1");
        assertEquals(
                List.of(),
                problems(selections.withGiven(List.of(
                        new PoolSelections.GivenAddress("eth0", four), new PoolSelections.GivenAddress("net1", six)))));
        assertEquals(
                List.of("INVALID given[0] net1 10.1.0.1", "INVALID given[1] eth0 2001:db8:1::1"),
                problems(selections.withGiven(List.of(
                        new PoolSelections.GivenAddress("net1", four), new PoolSelections.GivenAddress("eth0", six)))));
    }

    @Test
    void given_repeatedDemandOrAddress_isAProblem() {
        assertEquals(List.of("DUPLICATE given[1] 10.1.0.2"), problems("eth0 10.1.0.1", "eth0 10.1.0.2"));
        assertEquals(List.of("DUPLICATE given[1] 10.1.0.1"), problems("eth0 10.1.0.1", "net1 10.1.0.1"));
    }

    @Test
    void resolve_prefixLengthOfAnotherSubnet_isANote() {
        PoolSelections selections = Requests.pod("a")
                .withInterfaces(Requests.interfaces("eth0", "net1", "net2"))
                .withGiven(List.of(
                        given("eth0", "10.1.0.1", 24), given("net1", "10.1.0.2", 25), given("net2", "10.9.0.2", 25)));
        Resolution resolution = Requests.resolve(selections, v4("a", 1));
        assertTrue(resolution.servable());
        assertEquals(
                List.of(
                        "net1: 10.1.0.2 is given with prefix length 25, but pool a has 24; the length of the pool is used"),
                resolution.notes().stream().map(Note::text).toList());
    }

    private static PoolSelections.GivenAddress given(String interfaceName, String address, int length) {
        return new PoolSelections.GivenAddress(interfaceName, Address.parse(address), OptionalInt.of(length));
    }
}
