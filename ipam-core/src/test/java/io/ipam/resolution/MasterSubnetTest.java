package io.ipam.resolution;

import static io.ipam.fixture.Owners.CART;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.resolution.Requests.candidates;
import static io.ipam.resolution.Requests.holding;
import static io.ipam.resolution.Requests.holds;
import static io.ipam.resolution.Requests.pod;
import static io.ipam.resolution.Requests.rejected;
import static io.ipam.resolution.Requests.resolve;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolAffinity;
import io.ipam.pool.PoolCatalog;
import io.ipam.subnet.PoolPlan;
import io.ipam.subnet.PoolSize;
import io.ipam.subnet.SubnetAnswer;
import io.ipam.subnet.SubnetSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Pools whose subnet must have an address of the master interface. */
class MasterSubnetTest {
    private static InterfaceRequest matching(String name, String... master) {
        return InterfaceRequest.of(name)
                .withMatchMasterSubnet(true)
                .withMasterAddresses(
                        List.of(master).stream().map(Address::parse).toList());
    }

    private static PoolSelections on(PoolSelections selections, InterfaceRequest... interfaces) {
        return selections.withInterfaces(List.of(interfaces));
    }

    @Test
    void resolve_poolOfAnotherSubnet_isRejectedWithTheReason() {
        Resolution resolution = resolve(
                on(pod("a", "b"), matching("eth0", "10.2.0.200", "fd00::1"), InterfaceRequest.of("net1")),
                v4("a", 1),
                v4("b", 2));
        assertEquals(List.of("b"), candidates(resolution.demands().get(0)));
        assertEquals(List.of("a", "b"), candidates(resolution.demands().get(1)));
        Rejection rejection = resolution.demands().get(0).rejections().get(0);
        assertEquals(
                "a has the subnet 10.1.0.0/24, which contains no address of the master interface [10.2.0.200, fd00::1]",
                rejection.pool() + " " + rejection.reason());
        assertEquals("name another pool", rejection.remedy());
    }

    @Test
    void resolve_noPoolOfTheSubnet_namesOneThatIs() {
        Resolution resolution = resolve(on(pod("a"), matching("eth0", "10.2.0.200")), v4("a", 1), v4("b", 2));
        assertFalse(resolution.servable());
        assertEquals(
                List.of("b"),
                resolution.remedies().stream().map(Remedy::pool).limit(1).toList());
    }

    /** Spiderpool does not check these two. */
    @Test
    void resolve_poolWithMatchingNetworkOrOfAnApplication_isCheckedToo() {
        PoolAffinity listed = new PoolAffinity(
                Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of(), List.of("shop/blue"));
        PoolSelections selections =
                on(pod("a", "b"), matching("eth0", "10.2.0.200").withAttachment("shop/blue"));
        Resolution resolution = resolve(selections, v4("a", 1, listed), v4("b", 2, listed));
        assertEquals(List.of("a"), rejected(resolution.demands().get(0)));

        PoolPlan plan = new PoolPlan("s", v4("auto4-cart", 7));
        ResolverSettings settings =
                ResolverSettings.defaults().withSubnetPlanner((demand, catalog) -> new SubnetAnswer.ToCreate(plan));
        SubnetSelection subnet = new SubnetSelection(
                List.of(new SubnetSelection.Item("eth0", Map.of(Family.IPV4, List.of("s")))),
                false,
                PoolSize.flexible(1),
                true);
        PoolSelections carved = PoolSelections.none().withSubnet(subnet);
        for (boolean fits : List.of(true, false)) {
            Resolution planned = PoolResolver.of(settings)
                    .resolve(
                            Requests.cart(),
                            on(carved, matching("eth0", fits ? "10.7.0.200" : "10.8.0.200")),
                            PoolCatalog.EMPTY,
                            UsageView.none());
            assertEquals(fits, planned.demands().get(0) instanceof DemandResolution.PoolToCreate);
            assertEquals(
                    fits ? List.of() : List.of("auto4-cart"),
                    rejected(planned.demands().get(0)));
        }
    }

    @Test
    void resolve_masterAddressesNotStated_isRefusedInStrictModeAndNotedInCompatible() {
        PoolSelections selections = on(pod("a"), InterfaceRequest.of("eth0"), matching("net1"));
        Resolution strict = resolve(selections, v4("a", 1));
        assertEquals(
                List.of("interface net1: \"net1\": the pools must have the subnet of the master interface, so its"
                        + " addresses must be stated; state them with InterfaceRequest.withMasterAddresses"),
                strict.problems().stream().map(problem -> problem.message()).toList());
        Resolution compatible = resolve(selections.withMode(ReadingMode.COMPATIBLE), v4("a", 1));
        assertTrue(compatible.servable());
        assertEquals(
                List.of("net1: the addresses of the master interface are not stated, so the subnets of pools were not"
                        + " compared with them"),
                compatible.notes().stream().map(Note::text).toList());
    }

    @Test
    void resolve_heldAddress_isKeptWithoutTheCheck() {
        for (InterfaceRequest request : List.of(matching("eth0"), matching("eth0", "10.2.0.200"))) {
            Resolution resolution = Requests.RESOLVER.resolve(
                    Requests.cart(),
                    on(pod("a"), request),
                    PoolCatalog.of(v4("a", 1)),
                    holds(holding("eth0", "a", "10.1.0.1", CART.uid())));
            assertTrue(resolution.servable());
            assertEquals(List.of(), resolution.notes());
            assertTrue(resolution.demands().get(0) instanceof DemandResolution.Held);
        }
    }

    @Test
    void resolve_masterAddressesWithoutTheRequirement_areIgnored() {
        InterfaceRequest request = matching("eth0", "10.2.0.200").withMatchMasterSubnet(false);
        assertEquals(
                List.of("a"),
                candidates(resolve(on(pod("a"), request), v4("a", 1)).demands().get(0)));
    }

    /** The model compares each pool by itself, interface by interface. */
    @Property(tries = 300)
    void resolve_anyMasters_selectsTheSubnetsThatHaveOne(
            @ForAll @Size(max = 5) List<@IntRange(max = 6) Integer> pools,
            @ForAll @Size(min = 1, max = 4) List<@Size(max = 3) List<@IntRange(max = 6) Integer>> masters) {
        List<Integer> nets = pools.stream().distinct().toList();
        List<InterfaceRequest> requests = IntStream.range(0, masters.size())
                .mapToObj(i -> {
                    String[] addresses = masters.get(i).stream()
                            .map(net -> "10." + net + ".0.77")
                            .toArray(String[]::new);
                    InterfaceRequest request = matching("net" + i, addresses);
                    return i % 2 == 0 ? request : request.withAttachment("shop/blue");
                })
                .toList();
        PoolSelections selections = pod(nets.stream().map(net -> "p" + net).toArray(String[]::new))
                .withInterfaces(requests)
                .withMode(ReadingMode.COMPATIBLE);
        PoolAffinity listed = new PoolAffinity(
                Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of(), List.of("shop/blue"));
        Resolution resolution = resolve(
                selections,
                nets.stream()
                        .map(net -> net == 3 ? v4("p3", 3, listed) : v4("p" + net, net))
                        .toArray(Pool[]::new));
        for (int i = 0; i < resolution.demands().size(); i++) {
            List<String> expected = new ArrayList<>();
            List<String> dropped = new ArrayList<>();
            for (int net : nets) {
                boolean network = net != 3 || i % 2 == 1;
                boolean master = masters.get(i).isEmpty() || masters.get(i).contains(net);
                (network && master ? expected : dropped).add("p" + net);
            }
            expected.sort((x, y) -> Boolean.compare(y.equals("p3"), x.equals("p3")));
            assertEquals(expected, candidates(resolution.demands().get(i)));
            assertEquals(dropped, rejected(resolution.demands().get(i)));
        }
    }
}
