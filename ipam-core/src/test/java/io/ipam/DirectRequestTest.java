package io.ipam;

import static io.ipam.fixture.IpamFixture.text;
import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Pools.v6;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.RefusalReason;
import io.ipam.fixture.IpamFixture;
import io.ipam.owner.Owner;
import io.ipam.resolution.PoolNames;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Requests of callers that have no annotations. */
class DirectRequestTest {
    private static final PoolNames A = PoolNames.of(Family.IPV4, "a");

    private final IpamFixture fixture = new IpamFixture(v4("a", 1, 4), v4("b", 2, 4), v6("c", 3, 4));

    private static AllocationResult.Refused refused(AllocationResult result) {
        return assertInstanceOf(AllocationResult.Refused.class, result);
    }

    @Test
    void allocate_poolsOfBothFamilies_returnsAnAddressOfEach() {
        PoolNames both = new PoolNames(Map.of(Family.IPV4, List.of("a"), Family.IPV6, List.of("c")));
        assertEquals(
                "uplink 10.1.0.1, uplink 2001:db8:3::1",
                text(fixture.ipam.allocate(pod("1"), "uplink", both).orElseThrow()));
    }

    @Test
    void allocate_givenAddress_isGranted() {
        Address given = Address.parse("10.1.0.3");
        assertEquals(
                "eth0 10.1.0.3",
                text(fixture.ipam.allocate(pod("1"), "eth0", A, given).orElseThrow()));
        AllocationResult.Refused other = refused(fixture.ipam.allocate(pod("2"), "eth0", A, given));
        assertEquals(RefusalReason.CONFLICT, other.reason());
        AllocationResult.Refused elsewhere =
                refused(fixture.ipam.allocate(pod("2"), "eth0", A, Address.parse("10.9.0.3")));
        assertEquals(RefusalReason.CONFLICT, elsewhere.reason());
    }

    @Test
    void explain_requestWithoutAnnotations_namesNone() {
        List<AllocationResult> refusals = List.of(
                fixture.ipam.allocate(pod("1"), "eth0", PoolNames.of(Family.IPV4, "x", "aa")),
                fixture.ipam.allocate(pod("1"), "eth0", PoolNames.none()),
                fixture.ipam.allocate(pod("1"), "eth0", PoolNames.of(Family.IPV4, "[z-a]")),
                fixture.ipam.allocate(pod("1"), "eth0", A, Address.parse("10.9.0.3")));
        for (AllocationResult refusal : refusals) {
            String text = refused(refusal).explain() + refused(refusal).message();
            assertFalse(text.contains("annotation") || text.contains("pod selection"), text);
        }
        assertEquals(
                "eth0 IPv4, from the request: 1 candidate",
                fixture.ipam
                        .allocate(pod("1"), "eth0", A)
                        .resolution()
                        .explain()
                        .lines()
                        .skip(1)
                        .findFirst()
                        .orElseThrow());
    }

    @Test
    void allocate_hostileArguments_areRefused() {
        assertThrows(IllegalArgumentException.class, () -> fixture.ipam.allocate(pod("1"), "", A));
        String huge = "a*".repeat(500_000);
        assertEquals(
                RefusalReason.INVALID_REQUEST,
                refused(fixture.ipam.allocate(pod("1"), "eth0", PoolNames.of(Family.IPV4, huge)))
                        .reason());
        assertEquals(
                "eth0\u0000 10.1.0.1",
                text(fixture.ipam.allocate(pod("1"), "eth0\u0000", A).orElseThrow()));
    }

    /** An owner keeps its address. A new one gets the lowest free address, or the given one. */
    @Property(tries = 300)
    void allocate_anyRequests_agreesWithAMap(@ForAll @Size(max = 25) List<@IntRange(max = 53) Integer> requests) {
        Ipam ipam = Ipam.of(fixture.ipam.catalog());
        Map<String, Owner> model = new TreeMap<>();
        for (int request : requests) {
            Owner owner = pod("" + request % 6);
            int given = request / 6 % 5; // 0 for any address
            String own = model.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(owner))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(null);
            if (request >= 45) {
                ipam.release(owner);
                model.values().remove(owner);
                continue;
            }
            AllocationResult result = given == 0
                    ? ipam.allocate(owner, "eth0", A)
                    : ipam.allocate(owner, "eth0", A, Address.parse("10.1.0." + given));
            String wanted = "10.1.0." + given;
            if (own == null) {
                own = List.of("10.1.0.1", "10.1.0.2", "10.1.0.3", "10.1.0.4").stream()
                        .filter(address -> !model.containsKey(address) && (given == 0 || address.equals(wanted)))
                        .findFirst()
                        .orElse(null);
            } else if (given != 0 && !own.equals(wanted)) {
                own = null;
            }
            assertEquals(own != null, result.isAllocated(), result::toString);
            if (own != null) {
                assertEquals("eth0 " + own, text(result.orElseThrow()));
                model.put(own, owner);
            }
        }
    }
}
