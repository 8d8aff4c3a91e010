package io.ipam;

import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Selections.of;
import static io.ipam.fixture.Selections.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.address.Prefix;
import io.ipam.allocation.Allocation;
import io.ipam.allocation.PoolUsage;
import io.ipam.allocation.RefusalReason;
import io.ipam.allocation.ReleaseResult;
import io.ipam.fixture.IpamFixture;
import io.ipam.pool.Pool;
import io.ipam.pool.Route;
import io.ipam.resolution.InterfaceRequest;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Workload;
import io.ipam.subnet.PoolPlan;
import io.ipam.subnet.PoolSize;
import io.ipam.subnet.SubnetAnswer;
import io.ipam.subnet.SubnetSelection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Parts of results other than addresses: routes, counts, holders, missing pools. */
class AnswersTest {
    private static final Route OWN = route("10.9.0.0/16", "10.1.0.253");
    private static final Pool A = v4("a", 1, 3).toBuilder()
            .gateway("10.1.0.254")
            .route("10.9.0.0/16", "10.1.0.253")
            .build();

    private final IpamFixture fixture = new IpamFixture(A, v4("b", 2, 3));

    private static Route route(String destination, String gateway) {
        return new Route(Prefix.parse(destination), Address.parse(gateway));
    }

    /**
     * Custom routes join those of the pool, on the first interface whose subnet has their gateway.
     */
    @Test
    void allocate_poolWithRoutes_returnsRoutes() {
        Route onA = route("10.7.0.0/16", "10.1.0.9");
        Route onB = route("10.8.0.0/16", "10.2.0.9");
        Route nowhere = route("10.6.0.0/16", "10.77.0.9");
        PoolSelections selections = of("a").withCustomRoutes(List.of(onB, onA, nowhere));
        AllocationResult.Allocated result = (AllocationResult.Allocated) fixture.ask(pod("1"), selections);
        Allocation allocation = result.allocations().get(0);
        assertEquals(List.of(OWN, onA), allocation.routes());
        assertEquals(List.of(onB, nowhere), result.unmatchedRoutes());
        assertTrue(allocation.defaultRoute());
        assertEquals(A.gateway(), allocation.gateway());
        assertEquals(24, allocation.prefixLength());
        Allocation plain = fixture.ask(pod("2"), of("a")).orElseThrow().get(0);
        assertEquals(List.of(OWN), plain.routes());
    }

    @Test
    void defaultRoute_noGatewayOrClean_isAbsent() {
        PoolSelections clean =
                of("a").withInterfaces(List.of(InterfaceRequest.of("eth0").withCleanGateway(true)));
        Allocation cleaned = fixture.ask(pod("1"), clean).orElseThrow().get(0);
        assertFalse(cleaned.defaultRoute());
        assertEquals(A.gateway(), cleaned.gateway());
        assertFalse(fixture.ask(pod("2"), of("b")).orElseThrow().get(0).defaultRoute());
    }

    @Test
    void usage_allPools_isOrderedByName() {
        fixture.get(pod("1"), of("b"));
        assertEquals(
                List.of("a", "b"),
                fixture.ipam.usage().stream().map(PoolUsage::pool).toList());
        assertEquals(
                List.of(0L, 1L),
                fixture.ipam.usage().stream().map(PoolUsage::held).toList());
        assertEquals(Optional.empty(), fixture.ipam.usage("c"));
        assertSame(fixture.settings, fixture.ipam.settings());
    }

    @Test
    void resolve_fullPool_isANote() {
        fixture.get(pod("1"), on(of("b"), "eth0", "net1", "net2"));
        String explained = fixture.ipam.resolve(Workload.of(pod("2")), of("b")).explain();
        assertTrue(explained.contains("b was full when it was checked: 3 of 3 held"), explained);
        assertTrue(
                fixture.ipam.resolve(Workload.of(pod("1")), of("b")).explain().contains("held already"));
    }

    @Test
    void release_otherGeneration_freesNothing() {
        Allocation held = fixture.ask(pod("1"), of("b")).orElseThrow().get(0);
        ReleaseResult late = fixture.ipam.release(pod("1"), held.address(), held.generation() + 1);
        assertEquals(new ReleaseResult.HeldByAnother(held.address(), pod("1"), held.generation()), late);
        assertTrue(fixture.ipam
                .release(pod("1"), held.address(), held.generation())
                .isReleased());
        assertFalse(fixture.ipam.release(pod("1"), held.address()).isReleased());
    }

    @Test
    void allocate_plannedPoolMissing_namesIt() {
        PoolPlan plan = new PoolPlan("s", v4("auto4-cart", 7, 3));
        fixture.with(fixture.settings.withSubnetPlanner((demand, catalog) -> new SubnetAnswer.ToCreate(plan)));
        SubnetSelection subnet = new SubnetSelection(
                List.of(new SubnetSelection.Item("eth0", Map.of(Family.IPV4, List.of("s")))),
                false,
                PoolSize.flexible(1),
                true);
        AllocationResult.Refused refused =
                fixture.refused(pod("1"), PoolSelections.none().withSubnet(subnet));
        assertEquals(RefusalReason.POOL_MISSING, refused.reason());
        assertEquals("eth0 IPv4: create pool auto4-cart and retry", refused.message());
        assertFalse(refused.isAllocated());
    }

    @Test
    void allocate_noListener_succeeds() {
        fixture.get(pod("1"), of("b"));
        assertEquals(0, fixture.ipam.listenerFailures());
    }
}
