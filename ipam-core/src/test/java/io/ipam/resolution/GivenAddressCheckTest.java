package io.ipam.resolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Addresses that a caller asks for, against the demands of the request. */
class GivenAddressCheckTest {

    private static List<String> problems(String... given) {
        List<GivenAddress> addresses = Arrays.stream(given)
                .map(text -> text.split(" "))
                .map(parts -> new GivenAddress(parts[0], Address.parse(parts[1])))
                .toList();
        PoolSelections selections = Requests.pod("a")
                .withInterfaces(Requests.interfaces("eth0", "net1"))
                .withGiven(addresses);
        Resolution resolution = Requests.resolve(selections, Requests.v4("a", 1));
        assertEquals(resolution.problems().isEmpty(), resolution.servable());
        return resolution.problems().stream()
                .map(problem -> problem.type() + " " + problem.where() + " " + problem.offending())
                .toList();
    }

    @Test
    void fitting() {
        assertTrue(problems("eth0 10.1.0.1", "net1 10.1.0.2").isEmpty());
    }

    @Test
    void anInterfaceThatIsNotRequested() {
        assertEquals(List.of("INVALID given[0] net7 10.1.0.1"), problems("net7 10.1.0.1"));
    }

    @Test
    void aFamilyThatIsNotWanted() {
        assertEquals(List.of("INVALID given[1] net1 2001:db8::1"), problems("eth0 10.1.0.1", "net1 2001:db8::1"));
    }

    @Test
    void twiceForOneDemandOrOneAddressTwice() {
        assertEquals(List.of("DUPLICATE given[1] 10.1.0.2"), problems("eth0 10.1.0.1", "eth0 10.1.0.2"));
        assertEquals(List.of("DUPLICATE given[1] 10.1.0.1"), problems("eth0 10.1.0.1", "net1 10.1.0.1"));
    }
}
