package io.ipam.engine.decision;

import static io.ipam.fixture.Owners.CART;
import static io.ipam.fixture.Pools.numbered;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ipam.address.Family;
import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.Holding;
import io.ipam.engine.EngineFixture;
import io.ipam.fixture.PlainRequest;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.ReservedRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An address that one demand of a request uses is not offered to the others, for any reason. */
class GrantPlanTest {
    private static final Owner OTHER = Owner.stateless("shop", "cart-1", "v");
    private static final Owner THIRD = Owner.stateless("shop", "cart-2", "w");
    private static final int MANY = 90;

    /** Pool i has the address 10.1.i.1; {@code p0} has two more. */
    private final EngineFixture fixture = new EngineFixture(
            1000,
            IntStream.rangeClosed(0, MANY)
                    .mapToObj(i -> numbered("p" + i, 256 + i, i == 0 ? 3 : 1))
                    .toArray(Pool[]::new));

    /** The number of pools in the view of each attempt at the last request. */
    private final List<Integer> viewed = new ArrayList<>();

    private List<Pool> pools(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> fixture.catalog().pool("p" + i).orElseThrow())
                .toList();
    }

    private static PlainRequest.Demand demand(String interfaceName, List<Pool> candidates) {
        return PlainRequest.demand(interfaceName, candidates);
    }

    private static PlainRequest.Demand given(String interfaceName, String address, List<Pool> candidates) {
        return PlainRequest.given(interfaceName, address, candidates);
    }

    private GrantOutcome decide(Owner owner, List<Holding> released, PlainRequest.Demand... demands) {
        PlainRequest request = new PlainRequest(owner, fixture.catalog(), List.of(demands), released, List.of());
        viewed.clear();
        return fixture.resultOf(owner, new Transition<>() {
            @Override
            public List<PoolBinding> firstPools(DecisionView in) {
                return List.of(in.binding(demands[0].pools().get(0).name()));
            }

            @Override
            public Step<GrantOutcome> decide(DecisionView in, List<Change> out) {
                viewed.add(in.poolCount());
                return new GrantPlan(request, AllocationOrder.LOWEST, 0, in, new HeldRecords(in.held())).decide(out);
            }
        });
    }

    /** The grants, or the reason of the refusal. */
    private String grant(Owner owner, List<Holding> released, PlainRequest.Demand... demands) {
        GrantOutcome outcome = decide(owner, released, demands);
        assertEquals(List.of(), fixture.verify());
        if (outcome instanceof GrantOutcome.Granted granted) {
            List<GrantOutcome.Grant> grants = granted.grants();
            return String.join(
                    ", ",
                    IntStream.range(0, grants.size())
                            .mapToObj(i -> demands[i].interfaceName() + " "
                                    + grants.get(i).address())
                            .toList());
        }
        return outcome instanceof GrantOutcome.Conflict conflict ? conflict.reason() : "exhausted";
    }

    private void release(Owner owner) {
        fixture.release(owner);
    }

    @Test
    void decide_freeAddressGiven_offersItToNoOtherDemand() {
        List<Pool> a = pools(0, 1);
        assertEquals("exhausted", grant(CART, List.of(), oneGivenOfFour(a)));
        assertEquals(
                "eth0 10.1.0.2, net1 10.1.0.1, net2 10.1.0.3",
                grant(CART, List.of(), demand("eth0", a), given("net1", "10.1.0.1", a), demand("net2", a)));
        assertEquals("exhausted", grant(OTHER, List.of(), demand("eth0", a)));
    }

    private PlainRequest.Demand[] oneGivenOfFour(List<Pool> a) {
        return new PlainRequest.Demand[] {
            demand("eth0", a), given("net1", "10.1.0.1", a), demand("net2", a), demand("net3", a)
        };
    }

    @Test
    void decide_coolingAddressGiven_offersItToNoOtherDemand() {
        List<Pool> a = pools(0, 1);
        for (Owner holder : List.of(CART, OTHER, THIRD)) {
            grant(holder, List.of(), demand("eth0", a));
        }
        for (Owner holder : List.of(CART, OTHER, THIRD)) {
            fixture.millis++;
            release(holder);
        }
        assertEquals("exhausted", grant(CART, List.of(), oneGivenOfFour(a)));
        assertEquals(
                "eth0 10.1.0.2, net1 10.1.0.1, net2 10.1.0.3",
                grant(CART, List.of(), demand("eth0", a), given("net1", "10.1.0.1", a), demand("net2", a)));
    }

    @Test
    void decide_addressReleasedByTheRequest_canBeGiven() {
        List<Pool> b = pools(1, 2);
        assertEquals("eth0 10.1.1.1", grant(CART, List.of(), demand("eth0", b)));
        List<Holding> held = fixture.heldBy(CART);
        assertEquals("exhausted", grant(CART, held, given("net1", "10.1.1.1", b), demand("net2", b)));
        assertEquals("net1 10.1.1.1", grant(CART, held, given("net1", "10.1.1.1", b)));
        assertEquals("it is held by " + CART, grant(OTHER, List.of(), given("net1", "10.1.1.1", b)));
    }

    /**
     * Cooling addresses are first, in order of release; then the addresses that the request itself
     * releases.
     */
    @Test
    void decide_noneFree_usesCoolingAddressesBeforeReleasedOnes() {
        List<Pool> a = pools(0, 1);
        grant(OTHER, List.of(), demand("eth0", a));
        grant(CART, List.of(), demand("eth0", a), demand("net1", a));
        release(OTHER);
        List<Holding> held = fixture.heldBy(CART).stream()
                .sorted(Comparator.comparing(Holding::address))
                .toList();
        assertEquals(
                "net2 10.1.0.1, net3 10.1.0.2, net4 10.1.0.3",
                grant(CART, held, demand("net2", a), demand("net3", a), demand("net4", a)));
    }

    /** The first cools down, the owner holds the second, and another owner holds the third. */
    @Test
    void decide_coolingAddressGiven_othersGetReleasedOnes() {
        List<Pool> a = pools(0, 1);
        grant(CART, List.of(), demand("eth0", a));
        release(CART);
        grant(CART, List.of(), given("net1", "10.1.0.2", a));
        grant(OTHER, List.of(), given("eth0", "10.1.0.3", a));
        assertEquals(
                "net2 10.1.0.1, net3 10.1.0.2",
                grant(CART, fixture.heldBy(CART), given("net2", "10.1.0.1", a), demand("net3", a)));
        release(CART);
        release(OTHER);
        assertEquals(
                "it was held by " + CART + " and cools down until 1970-01-01T00:00:01Z",
                grant(OTHER, List.of(), given("net2", "10.1.0.1", a)));
    }

    /** The first cools down; the owner holds the others and requests the second again. */
    @Test
    void decide_releasedAddressGiven_othersGetTheRest() {
        List<Pool> a = pools(0, 1);
        grant(OTHER, List.of(), demand("eth0", a));
        grant(CART, List.of(), demand("eth0", a), demand("net1", a));
        release(OTHER);
        assertEquals(
                "net2 10.1.0.2, net3 10.1.0.1, net4 10.1.0.3",
                grant(CART, fixture.heldBy(CART), given("net2", "10.1.0.2", a), demand("net3", a), demand("net4", a)));
    }

    @Test
    void decide_manyCandidates_usesTheFirstFree() {
        List<Pool> many = pools(1, 40);
        assertEquals(
                "eth0 10.1.1.1, net1 10.1.2.1", grant(CART, List.of(), demand("eth0", many), demand("net1", many)));
        assertEquals(
                "eth0 10.1.3.1, net1 10.1.20.1, net2 10.1.4.1",
                grant(OTHER, List.of(), demand("eth0", many), demand("net1", pools(20, 40)), demand("net2", many)));
    }

    @Test
    void decide_addressReserved_isRefused() {
        ReservedRange reserved = ReservedRange.parse("r", Family.IPV4, List.of("10.1.1.1"));
        PoolCatalog before = fixture.catalog();
        fixture.engine().update(before, before.withReserved(reserved), 0);
        assertEquals("it is reserved", grant(CART, List.of(), given("eth0", "10.1.1.1", pools(1, 2))));
        assertEquals("exhausted", grant(CART, List.of(), demand("eth0", pools(1, 2))));
    }

    /**
     * One more pool per eight without a match. Pools that no demand names, and pools after the
     * serving one, are not viewed.
     */
    @Test
    void decide_candidatesFull_widensByMoreAndMorePools() {
        List<Pool> many = pools(1, MANY);
        for (int i = 1; i < 60; i++) {
            Owner holder = Owner.stateless("shop", "holder-" + i, "h" + i);
            grant(holder, List.of(), demand("eth0", pools(i, i + 1)));
        }
        assertEquals("eth0 10.1.60.1", grant(CART, List.of(), demand("eth0", many)));
        List<Integer> expected = new ArrayList<>(List.of(1));
        for (int last = 1; last < 60; ) {
            last += 1 + last / 8;
            expected.add(last);
        }
        assertEquals(expected, viewed);
        assertEquals("exhausted", grant(OTHER, List.of(), demand("eth0", pools(1, 61))));
        assertEquals(60, viewed.get(viewed.size() - 1));
    }

    @Test
    void decide_releasedAddressGiven_offersItToNoOtherDemand() {
        List<Pool> a = pools(0, 1);
        grant(CART, List.of(), demand("eth0", a), demand("net1", a), demand("net2", a));
        List<Holding> released = fixture.heldBy(CART).stream()
                .sorted(Comparator.comparing(Holding::address))
                .toList();
        assertEquals(
                "eth0 10.1.0.1, net1 10.1.0.2", grant(CART, released, given("eth0", "10.1.0.1", a), demand("net1", a)));
    }
}
