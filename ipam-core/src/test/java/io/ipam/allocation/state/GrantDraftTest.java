package io.ipam.allocation.state;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.Holding;
import io.ipam.allocation.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.ReservedRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What one demand of a request takes is not offered to the others, however it came to take it. */
class GrantDraftTest {
    private static final Owner OWNER = Owner.stateless("shop", "cart-0", "u");
    private static final Owner OTHER = Owner.stateless("shop", "cart-1", "v");
    private static final Owner THIRD = Owner.stateless("shop", "cart-2", "w");
    private static final int MANY = 90;

    /** Pools with one address each, of which {@code a} has three. */
    private final MemoryState state = new MemoryState(
            PoolCatalog.of(IntStream.rangeClosed(0, MANY)
                    .mapToObj(i -> pool(i, i == 0 ? 3 : 1))
                    .toArray(Pool[]::new)),
            new StateSettings(1000, null));

    /** How many pools each attempt at the last request has looked at. */
    private final List<Integer> lookedAt = new ArrayList<>();

    private long now;

    private static Pool pool(int net, int addresses) {
        return Pool.builder("p" + net, "10.1." + net + ".0/24")
                .ips("10.1." + net + ".1-10.1." + net + "." + addresses)
                .build();
    }

    private List<Definition> pools(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> requireNonNull(state.live().pool("p" + i)))
                .toList();
    }

    private Request.Demand demand(String interfaceName, @Nullable String given, List<Definition> candidates) {
        Address address = given == null ? null : Address.parse(given);
        return new Request.Demand(interfaceName, Family.IPV4, List.of(), candidates, address);
    }

    private GrantOutcome decide(Owner owner, List<Holding> released, Request.Demand... demands) {
        Request request = new Request(owner, state.live(), List.of(demands), released, List.of());
        lookedAt.clear();
        return state.transact(
                Footprint.of(owner, new Ledger[] {demands[0].candidates().get(0).ledger()}, 1),
                (in, out, millis, random) -> {
                    lookedAt.add(in.footprint().size());
                    return new GrantDraft(request, AllocationOrder.LOWEST, random, in, in.owned()).decide(out);
                },
                now,
                0);
    }

    /** What is granted, or why nothing is. */
    private String grant(Owner owner, List<Holding> released, Request.Demand... demands) {
        GrantOutcome outcome = decide(owner, released, demands);
        assertEquals(List.of(), state.verify());
        if (outcome instanceof GrantOutcome.Granted granted) {
            return String.join(
                    ", ",
                    granted.grants().stream()
                            .map(record -> record.interfaceName() + " " + record.address())
                            .toList());
        }
        return outcome instanceof GrantOutcome.Conflict conflict ? conflict.reason() : "exhausted";
    }

    private void release(Owner owner) {
        state.transact(Footprint.of(owner), ReleaseDecision.ofAll(owner, 0), now, 0);
    }

    @Test
    void aFreeAddressThatIsAskedFor() {
        List<Definition> a = pools(0, 1);
        assertEquals("exhausted", grant(OWNER, List.of(), oneGivenOfFour(a)));
        assertEquals(
                "eth0 10.1.0.2, net1 10.1.0.1, net2 10.1.0.3",
                grant(
                        OWNER,
                        List.of(),
                        demand("eth0", null, a),
                        demand("net1", "10.1.0.1", a),
                        demand("net2", null, a)));
        assertEquals("exhausted", grant(OTHER, List.of(), demand("eth0", null, a)));
    }

    private Request.Demand[] oneGivenOfFour(List<Definition> a) {
        return new Request.Demand[] {
            demand("eth0", null, a), demand("net1", "10.1.0.1", a), demand("net2", null, a), demand("net3", null, a)
        };
    }

    @Test
    void aCoolingAddressThatIsAskedFor() {
        List<Definition> a = pools(0, 1);
        for (Owner holder : List.of(OWNER, OTHER, THIRD)) {
            grant(holder, List.of(), demand("eth0", null, a));
        }
        for (Owner holder : List.of(OWNER, OTHER, THIRD)) {
            now++;
            release(holder);
        }
        assertEquals("exhausted", grant(OWNER, List.of(), oneGivenOfFour(a)));
        assertEquals(
                "eth0 10.1.0.2, net1 10.1.0.1, net2 10.1.0.3",
                grant(
                        OWNER,
                        List.of(),
                        demand("eth0", null, a),
                        demand("net1", "10.1.0.1", a),
                        demand("net2", null, a)));
    }

    @Test
    void anAddressThatTheRequestItselfReleases() {
        List<Definition> b = pools(1, 2);
        assertEquals("eth0 10.1.1.1", grant(OWNER, List.of(), demand("eth0", null, b)));
        List<Holding> held = state.heldBy(OWNER);
        assertEquals("exhausted", grant(OWNER, held, demand("net1", "10.1.1.1", b), demand("net2", null, b)));
        assertEquals("net1 10.1.1.1", grant(OWNER, held, demand("net1", "10.1.1.1", b)));
        assertEquals("it is held by " + OWNER, grant(OTHER, List.of(), demand("net1", "10.1.1.1", b)));
    }

    /** First what cools down, the one that was released first in front, then what the request itself releases. */
    @Test
    void addressesThatCoolDownOrAreReleased() {
        List<Definition> a = pools(0, 1);
        grant(OTHER, List.of(), demand("eth0", null, a));
        grant(OWNER, List.of(), demand("eth0", null, a), demand("net1", null, a));
        release(OTHER);
        List<Holding> held = state.heldBy(OWNER).stream()
                .sorted(Comparator.comparing(Holding::address))
                .toList();
        assertEquals(
                "net2 10.1.0.1, net3 10.1.0.2, net4 10.1.0.3",
                grant(OWNER, held, demand("net2", null, a), demand("net3", null, a), demand("net4", null, a)));
    }

    /** The first cools down, the second is held by the owner, the third by somebody else. */
    @Test
    void aCoolingAddressThatIsAskedForAndOneThatIsReleased() {
        List<Definition> a = pools(0, 1);
        grant(OWNER, List.of(), demand("eth0", null, a));
        release(OWNER);
        grant(OWNER, List.of(), demand("net1", "10.1.0.2", a));
        grant(OTHER, List.of(), demand("eth0", "10.1.0.3", a));
        assertEquals(
                "net2 10.1.0.1, net3 10.1.0.2",
                grant(OWNER, state.heldBy(OWNER), demand("net2", "10.1.0.1", a), demand("net3", null, a)));
        release(OWNER);
        release(OTHER);
        assertEquals(
                "it was held by " + OWNER + " and cools down until 1970-01-01T00:00:01Z",
                grant(OTHER, List.of(), demand("net2", "10.1.0.1", a)));
    }

    /** The first cools down, the others are held by the owner, who asks for the second again. */
    @Test
    void aReleasedAddressThatIsAskedForAndOthers() {
        List<Definition> a = pools(0, 1);
        grant(OTHER, List.of(), demand("eth0", null, a));
        grant(OWNER, List.of(), demand("eth0", null, a), demand("net1", null, a));
        release(OTHER);
        assertEquals(
                "net2 10.1.0.2, net3 10.1.0.1, net4 10.1.0.3",
                grant(
                        OWNER,
                        state.heldBy(OWNER),
                        demand("net2", "10.1.0.2", a),
                        demand("net3", null, a),
                        demand("net4", null, a)));
    }

    @Test
    void anAddressOfOneOfManyPools() {
        List<Definition> many = pools(1, 40);
        assertEquals(
                "eth0 10.1.1.1, net1 10.1.2.1",
                grant(OWNER, List.of(), demand("eth0", null, many), demand("net1", null, many)));
        assertEquals(
                "eth0 10.1.3.1, net1 10.1.20.1, net2 10.1.4.1",
                grant(
                        OTHER,
                        List.of(),
                        demand("eth0", null, many),
                        demand("net1", null, pools(20, 40)),
                        demand("net2", null, many)));
    }

    @Test
    void anAddressThatIsReserved() {
        ReservedRange reserved = ReservedRange.parse("r", Family.IPV4, List.of("10.1.1.1"));
        PoolCatalog before = state.live().catalog();
        state.update(before, before.withReserved(reserved), false, 0);
        assertEquals("it is reserved", grant(OWNER, List.of(), demand("eth0", "10.1.1.1", pools(1, 2))));
        assertEquals("exhausted", grant(OWNER, List.of(), demand("eth0", null, pools(1, 2))));
    }

    /** One more for each eight in vain; what nobody asks for is not looked at, nor what is behind the one that serves. */
    @Test
    void looksAtMoreAndMorePools() {
        List<Definition> many = pools(1, MANY);
        for (int i = 1; i < 60; i++) {
            Owner holder = Owner.stateless("shop", "holder-" + i, "h" + i);
            grant(holder, List.of(), demand("eth0", null, pools(i, i + 1)));
        }
        assertEquals("eth0 10.1.60.1", grant(OWNER, List.of(), demand("eth0", null, many)));
        List<Integer> expected = new ArrayList<>(List.of(1));
        for (int last = 1; last < 60; ) {
            last += 1 + last / 8;
            expected.add(last);
        }
        assertEquals(expected, lookedAt);
        assertEquals("exhausted", grant(OTHER, List.of(), demand("eth0", null, pools(1, 61))));
        assertEquals(60, lookedAt.get(lookedAt.size() - 1));
    }
}
