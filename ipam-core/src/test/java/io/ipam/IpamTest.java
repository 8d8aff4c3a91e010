package io.ipam;

import static io.ipam.fixture.Owners.CART;
import static io.ipam.fixture.Pools.pool;
import static io.ipam.fixture.Pools.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.Allocation;
import io.ipam.allocation.RefusalReason;
import io.ipam.allocation.ReleaseResult;
import io.ipam.engine.EngineFixture;
import io.ipam.engine.decision.Change;
import io.ipam.engine.decision.HeldRecord;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.engine.decision.Step;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.InterfaceRequest;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Workload;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IpamTest {
    static final PoolCatalog CATALOG = PoolCatalog.of(
            Pool.builder("blue-v4", "10.6.0.0/16")
                    .ips("10.6.1.0-10.6.1.3")
                    .excludeIps("10.6.1.1")
                    .gateway("10.6.0.1")
                    .build(),
            pool("blue-v6", "2001:db8:6::/64", "2001:db8:6::100-2001:db8:6::1ff"),
            pool("red-v4", "10.7.0.0/16", "10.7.1.0-10.7.1.9"));

    static final PoolSelections BLUE = PoolSelections.none()
            .withPod(new PoolNames(Map.of(Family.IPV4, List.of("blue-v4", "red-v4"), Family.IPV6, List.of("blue-v6"))));

    @Test
    void verify_generationNeverAssigned_reportsIt() {
        EngineFixture engine = new EngineFixture(0, v4("a", 1, 1));
        IpamState state = new IpamState(engine.engine(), InstantSource.system());
        assertEquals(List.of(), state.verify());
        Address address = Address.parse("10.1.0.1");
        engine.resultOf(CART, (in, out) -> {
            PoolBinding pool = in.binding("a");
            out.add(new Change.Grant(new HeldRecord(pool, address, CART, "eth0", 9)));
            return in.pool(pool) == null ? new Step.Widen<>(List.of(pool)) : new Step.Done<>(true);
        });
        assertEquals(List.of("GENERATIONS-GIVEN: 9 is not in 1 to 0"), state.verify());
    }

    @Test
    void release_everythingHeld_freesIt() {
        Ipam ipam = Ipam.of(CATALOG);
        Workload pod = Workload.of(CART);
        List<Allocation> first = ipam.allocate(pod, BLUE).orElseThrow();
        assertEquals(
                "[eth0 10.6.1.0/16 gw 10.6.0.1 from blue-v4, eth0 2001:db8:6::100/64 from blue-v6]", first.toString());
        assertEquals(first, ipam.allocate(pod, BLUE).orElseThrow());
        assertEquals(List.of(), ipam.state().verify());
        assertEquals(1, ipam.usage("blue-v4").orElseThrow().held());
        List<ReleaseResult> results = ipam.release(pod.owner());
        assertEquals(2, results.size());
        assertTrue(results.stream().allMatch(ReleaseResult::isReleased));
        assertEquals(List.of(new ReleaseResult.NotAllocated()), ipam.release(pod.owner()));
        assertEquals(0, ipam.usage("blue-v4").orElseThrow().held());
        assertEquals(List.of(), ipam.state().verify());
    }

    @Test
    void allocate_firstPoolFull_usesTheNextOrRefusesWhole() {
        Ipam ipam = Ipam.of(CATALOG);
        PoolSelections two = BLUE.withInterfaces(List.of(InterfaceRequest.of("eth0"), InterfaceRequest.of("net1")));
        for (int i = 0; i < 6; i++) {
            assertTrue(ipam.allocate(Workload.of(Owner.stateless("shop", "p" + i, "u" + i)), two)
                    .isAllocated());
        }
        AllocationResult.Refused refused =
                (AllocationResult.Refused) ipam.allocate(Workload.of(Owner.stateless("shop", "p", "u")), two);
        assertEquals(RefusalReason.EXHAUSTED, refused.reason());
        assertEquals(12, ipam.usage("blue-v6").orElseThrow().held());
        assertEquals(List.of(), ipam.state().verify());
        assertEquals(
                new ReleaseResult.NotAllocated(),
                ipam.release(Owner.stateless("shop", "p", "u"), Address.parse("10.99.1.0")));
    }
}
